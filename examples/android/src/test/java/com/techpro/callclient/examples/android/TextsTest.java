// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.android.NotificationStyle;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.permission.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text that a screen asks for is in {@code strings.xml}, and no other. */
class TextsTest {
    private static final Pattern LITERAL = Pattern.compile("\"([a-z][a-z_]*[a-z])\"");
    private static final Pattern IN_MANIFEST = Pattern.compile("@string/([a-z_]+)");

    /** Literals that look like a text's name, and are something else. */
    private static final Set<String> OTHERS = Set.of("deprecation", "package", "phone", "string", "voicemail");

    /** What the screens put a name of these constants behind. */
    private static final Map<String, Enum<?>[]> BY_CONSTANT = Map.of(
            "call_state_", CallState.values(),
            "channel_", NotificationStyle.Channel.values(),
            "device_", AudioDevice.Direction.values(),
            "history_", CallOutcome.values(),
            "lamp_", LampState.values(),
            "message_", StoredMessage.State.values(),
            "playback_", PlaybackSnapshot.State.values(),
            "route_", AudioRoute.values());

    @Test
    void each_text_is_there_and_used() throws IOException {
        String sources = sources();
        Set<String> used = new TreeSet<>();
        find(LITERAL, sources, used);
        used.removeAll(OTHERS);
        find(IN_MANIFEST, Files.readString(Path.of("src/main/AndroidManifest.xml")), used);
        BY_CONSTANT.forEach((prefix, constants) -> {
            assertThat(sources).contains("\"" + prefix + "\"");
            for (Enum<?> constant : constants) {
                used.add(prefix + constant.name().toLowerCase(Locale.ROOT));
            }
        });
        for (Permission permission : Permission.values()) {
            used.add(permission.reasonKey());
        }
        used.add("lock.unlock.reason"); // what AppLock asks for a finger or face with

        List<String> there = Xml.all(Xml.of(Path.of("src/main/res/values/strings.xml")), "string")
                .map(text -> text.getAttribute("name"))
                .toList();
        assertThat(there).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(used);
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(Path.of("src/main/kotlin")))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static void find(Pattern pattern, String text, Set<String> found) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }
}
