// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.Gate.Verdict;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run in which one of two users is refused, so that nobody can call: that is what its report says, and not in ten ways. */
class SoakRunRefusedTest {
    @Test
    void a_refused_user_turns_no_other_gate_red() throws IOException {
        SoakSettings settings = new SoakSettings(
                2,
                0,
                VaultKind.PASSPHRASE,
                1,
                Duration.ofSeconds(1),
                SipTransport.TLS,
                null,
                2_543,
                Impairment.NONE,
                SpeechClip.builtIn(),
                MediaMix.PLAIN,
                Set.of());

        SoakReport report = new SoakRun(settings, Refusing::new, progress -> {})
                .callsAtOnce(3)
                .execute();

        assertThat(report.gates())
                .as(ReportTable.of(report))
                .filteredOn(gate -> gate.verdict() == Verdict.RED)
                .extracting(Gate::id)
                .containsExactly("registrations", "registrations-lost");
        assertThat(report.gates())
                .filteredOn(gate -> gate.note().startsWith("see "))
                .extracting(Gate::id)
                .contains("calls-without-fault", "speech-heard", "silence-on-hold", "dtmf-received", "codecs-and-keys");
    }

    /** The second user's password is wrong. */
    private static final class Refusing implements SoakPhoneSystem {
        private final EmbeddedPbx pbx =
                EmbeddedPbx.builder().extensions("1001", "1002").start();

        @Override
        public int size() {
            return 2;
        }

        @Override
        public SipAccount account(int index) {
            SipAccount right = pbx.account(number(index)).build();
            return index == 0
                    ? right
                    : SipAccount.builder("1002", right.domain(), Secret.of("guess"))
                            .outboundProxy(right.outboundProxy())
                            .tlsTrust(right.tlsTrust())
                            .build();
        }

        @Override
        public String number(int index) {
            return index == 0 ? "1001" : "1002";
        }

        @Override
        public OnHold onHold(int caller) {
            return OnHold.SILENCE;
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public void close() {
            pbx.close();
        }
    }
}
