// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.driver.EmailLogins;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.settings.Credentials;
import com.techpro.callclient.testkit.soak.settings.ForeignPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users register with a phone system that answers none of them. */
@Timeout(60)
class RegistrationPaceTest {
    private static final int USERS = 60;

    /** How many were registering, each time that the run was asked whether it had ended. */
    private final List<Integer> registering = new ArrayList<>();

    @Test
    void no_more_than_50_users_wait_for_an_answer() throws IOException {
        SoakSettings settings = settings();
        RunStatistics statistics = new RunStatistics(settings.choices());
        try (DatagramSocket mute = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RunEnvironment stage = RunEnvironment.open();
                SoakClient client = stage.connect(settings, statistics);
                EmailLogins logins = client.logins()) {
            HostPort there = new HostPort("127.0.0.1", mute.getLocalPort());
            SoakPhoneSystem phones = new ForeignPhoneSystem(there, users(), SipTransport.UDP, null, TlsTrust.PLATFORM);

            List<Extension> enrolled = new Provisioning(settings, phones, client, logins, statistics)
                    .enrol(new ArrayList<>(), () -> endsTheWait(client));

            assertThat(enrolled).hasSize(USERS);
            assertThat(registering)
                    .startsWith(IntStream.rangeClosed(1, 50).boxed().toArray(Integer[]::new));
            assertThat(registering.get(50))
                    .as("asked again before the next user")
                    .isEqualTo(50);
        }
    }

    /** Only a second look at the same number means that somebody waits. */
    private boolean endsTheWait(SoakClient client) {
        int now = client.registrations().count(RegistrationState.REGISTERING);
        boolean waits = !registering.isEmpty() && registering.get(registering.size() - 1) == now;
        registering.add(now);
        return waits;
    }

    private static List<Credentials.User> users() {
        return IntStream.range(1_000, 1_000 + USERS)
                .mapToObj(Integer::toString)
                .map(number -> new Credentials.User(number, Secret.of("of-nobody"), number))
                .toList();
    }

    private static SoakSettings settings() throws IOException {
        return new SoakSettings(
                USERS,
                0,
                VaultKind.PASSPHRASE,
                1,
                Duration.ofSeconds(1),
                SipTransport.UDP,
                null,
                2_543,
                Impairment.NONE,
                SpeechClip.builtIn(),
                MediaMix.PLAIN,
                Set.of());
    }
}
