// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.run.SoakRun;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.Credentials;
import com.techpro.callclient.testkit.soak.settings.Credentials.User;
import com.techpro.callclient.testkit.soak.settings.ForeignPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recipe of docs/peers.md for a soak at a Kamailio, as it is printed, but for the port and for how long it runs. */
@Tag("interop")
@Tag("day-2")
class KamailioRecipeTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String PORT = "5060";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** As {@code soak --pbx} does, which knows no more than an address and the users: here a proxy is found to show and to let through everything. */
    @Test
    @Timeout(300) // Warming up takes up to two minutes.
    void a_run_finds_the_capabilities_of_an_unknown_proxy_and_judges_all_of_them() throws IOException {
        int port = Ports.freeRun(1);
        String command = printed("kamailio").replace(PORT, Integer.toString(port));
        String soak = printed("soak");
        List<User> users = Credentials.parse(found("CALLCLIENT_USERS=\"([^\"]+)\"", soak));
        assertThat(soak)
                .contains("--pbx sip:127.0.0.1:" + PORT + " ", "--transport TCP ", "--users " + users.size() + " ")
                .contains("--features BLIND_TRANSFER ");
        SoakSettings settings = new SoakSettings(
                users.size(),
                0,
                VaultKind.PASSPHRASE,
                1,
                Duration.ofSeconds(4),
                SipTransport.TCP,
                null,
                4475,
                Impairment.NONE,
                SpeechClip.builtIn(),
                MediaMix.PLAIN,
                Set.of(CallFeature.BLIND_TRANSFER));

        try (PeerProcess kamailio = PeerProcess.start(ROOT, command.split(" "))) {
            kamailio.awaitListening(port, START_LIMIT);
            HostPort pbx = new HostPort("127.0.0.1", port);
            SoakReport report = new SoakRun(
                            settings,
                            () -> new ForeignPhoneSystem(pbx, users, SipTransport.TCP, null, TlsTrust.PLATFORM),
                            progress -> {})
                    .callsAtOnce(1)
                    .execute();

            assertThat(report.phoneSystemLacks()).as(ReportTable.of(report)).isEmpty();
            assertThat(report.registrations().registered()).isEqualTo(users.size());
            assertThat(report.calls().connected()).isPositive();
            assertThat(report.calls().failedByReason())
                    .as(ReportTable.of(report))
                    .doesNotContainKey("stuck-holding");
        }
    }

    private static String printed(String name) throws IOException {
        return found("<!-- run: " + name + " -->\\s*```sh\\n(.*?)```", Files.readString(ROOT.resolve("docs/peers.md")))
                .strip();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
