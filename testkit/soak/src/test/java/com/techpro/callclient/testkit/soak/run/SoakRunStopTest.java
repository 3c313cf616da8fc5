// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.settings.AppLogin;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that is ended early waits for nothing that it can do without, and blames nobody for what it did not come to. */
class SoakRunStopTest {
    @Test
    @Timeout(90)
    void gates_of_app_users_are_not_judged_when_the_run_ends_early() throws IOException {
        SoakSettings settings = settings();
        Ending ending = new Ending(new EmbeddedPhoneSystem(settings));
        SoakRun run = new SoakRun(settings, () -> ending, progress -> {}).callsAtOnce(1);
        ending.run = run;

        SoakReport report = run.execute();

        assertThat(report.gates())
                .filteredOn(gate -> gate.id().startsWith("app-users-"))
                .hasSize(11)
                .extracting(Gate::verdict)
                .containsOnly(Gate.Verdict.NOT_JUDGED);
        assertThat(report.gates())
                .as(ReportTable.of(report))
                .extracting(Gate::verdict)
                .doesNotContain(Gate.Verdict.RED);
        assertThat(report.interrupted()).isTrue();
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static SoakSettings settings() throws IOException {
        return new SoakSettings(
                2,
                2,
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
    }

    /** The embedded one, which ends the run when the first user logs in. */
    private static final class Ending implements SoakPhoneSystem {
        private final EmbeddedPhoneSystem phones;
        private SoakRun run;

        private Ending(EmbeddedPhoneSystem phones) {
            this.phones = phones;
        }

        @Override
        public int size() {
            return phones.size();
        }

        @Override
        public AppLogin login(int index) {
            AppLogin login = phones.login(index);
            return new AppLogin(new EndingLogin(login.system()), login.login(), login.registered(), login.messages());
        }

        @Override
        public SipAccount account(int index) {
            return phones.account(index);
        }

        @Override
        public String number(int index) {
            return phones.number(index);
        }

        @Override
        public OnHold onHold(int caller) {
            return phones.onHold(caller);
        }

        @Override
        public int registered() {
            return phones.registered();
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public void close() {
            phones.close();
        }

        private final class EndingLogin implements com.techpro.callclient.ports.phonesystem.PhoneSystem {
            private final com.techpro.callclient.ports.phonesystem.PhoneSystem system;

            private EndingLogin(com.techpro.callclient.ports.phonesystem.PhoneSystem system) {
                this.system = system;
            }

            @Override
            public String kind() {
                return system.kind();
            }

            @Override
            public LoginOutcome logIn(Login login, LoginContext context) {
                run.stop();
                return system.logIn(login, context);
            }
        }
    }
}
