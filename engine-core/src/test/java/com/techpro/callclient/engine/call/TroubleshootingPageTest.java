// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.engine.failure.Failure.Waited;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} has every code that a failure can have, with what the user is told. */
class TroubleshootingPageTest {
    /** A heading with the code, and the advice as a quotation of one or more lines below it. */
    private static final Pattern ENTRY =
            Pattern.compile("^### `([a-zN-]+)`\\n\\n((?:> .+\\n)+)\\n(?=\\S)", Pattern.MULTILINE);

    private static List<Failure> failures() {
        List<Failure> all = new ArrayList<>(List.of(
                new Failure.Dns(),
                new Failure.SwitchedOff(),
                new Failure.DestinationRefused(),
                new Failure.Unreachable(),
                new Failure.CaptivePortal(TlsProblem.UNTRUSTED),
                new Failure.Forbidden(),
                new Failure.Busy(),
                new Failure.Declined(),
                new Failure.Unavailable(),
                new Failure.SessionIntervalTooSmall(),
                new Failure.NotFound(),
                new Failure.Redirected(302),
                new Failure.TooManyCalls(),
                new Failure.AudioUnavailable("gone"),
                new Failure.MicrophoneDenied(),
                new Failure.MessageTooLarge(),
                new Failure.ServerError(503, null),
                new Failure.Rejected(488),
                new Failure.ProtocolViolation("no Via")));
        for (TlsProblem problem : TlsProblem.values()) {
            all.add(new Failure.TlsFailed(problem));
        }
        for (AuthenticationProblem problem : AuthenticationProblem.values()) {
            all.add(new Failure.AuthenticationFailed(problem));
        }
        for (MediaProblem problem : MediaProblem.values()) {
            all.add(new Failure.MediaRefused(problem));
        }
        for (Waited waited : Waited.values()) {
            all.add(new Failure.TimedOut(waited));
        }
        return all;
    }

    @Test
    void the_page_has_each_failure_code_with_its_advice() throws IOException {
        Map<String, String> page = new TreeMap<>();
        Matcher entry = ENTRY.matcher(Files.readString(Path.of("../docs/troubleshooting.md")));
        while (entry.find()) {
            String quoted = entry.group(2).replaceAll("(?m)^> ", "");
            page.put(entry.group(1), quoted.replaceAll("\\s+", " ").trim());
        }
        Map<String, String> engine = new TreeMap<>();
        for (Failure failure : failures()) {
            engine.put(withoutStatus(failure.code()), withoutStatus(failure.advice()));
        }
        assertThat(page).isEqualTo(engine);
    }

    private static String withoutStatus(String text) {
        return text.replaceAll("[0-9]{3}", "N");
    }

    @Test
    void no_kind_of_failure_is_left_out() {
        assertThat(failures().stream()
                        .map(failure -> failure.getClass().getSimpleName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Failure.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
    }
}
