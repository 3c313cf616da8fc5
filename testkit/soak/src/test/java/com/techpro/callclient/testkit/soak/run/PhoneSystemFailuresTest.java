// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.ReportFiles;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A soak reports what fails in its own PBX as it reports all else, and repeats the PBX by its seed. */
class PhoneSystemFailuresTest {
    private static final String GATE = "failures inside the phone system";
    private static final long SEED = Seeds.of(2_543);

    private final AtomicBoolean breaking = new AtomicBoolean();
    private final SoakRun run;

    PhoneSystemFailuresTest() throws IOException {
        run = new SoakRun(settings(SEED), this::phoneSystem, progress -> stop()).callsAtOnce(1);
    }

    @Test
    void an_exception_inside_the_pbx_is_a_red_gate_and_tells_no_message(@TempDir Path directory) throws IOException {
        breaking.set(true);

        SoakReport report = run.execute();

        assertThat(report.green()).isFalse();
        assertThat(gate(report)).satisfies(gate -> {
            assertThat(gate.verdict()).isEqualTo(Gate.Verdict.RED);
            assertThat(gate.measured()).isEqualTo("1");
            assertThat(gate.note()).startsWith("java.lang.IllegalStateException at " + Breaking.class.getName());
        });
        assertThat(ReportTable.of(report))
                .contains("RED  " + GATE, Breaking.class.getName(), "To repeat this run: --seed " + SEED)
                .doesNotContain("password of");
        ReportFiles.write(report, null, directory);
        for (String file : List.of("report.json", "report.html")) {
            assertThat(directory.resolve(file)).content().contains(GATE).doesNotContain("password of");
        }
    }

    @Test
    void a_pbx_that_did_not_fail_holds_it() throws IOException {
        SoakReport report = run.execute();
        assertThat(gate(report).verdict()).isEqualTo(Gate.Verdict.HOLDS);
        // What users do besides has gates of its own.
        assertThat(report.gates()).extracting(Gate::title).anyMatch(name -> name.startsWith("busy lamp"));
        assertThat(report.gates()).extracting(Gate::title).anyMatch(name -> name.startsWith("texts"));
        assertThat(report.gates()).extracting(Gate::title).anyMatch(name -> name.startsWith("pickup, done"));
        assertThat(report.gates())
                .filteredOn(gate -> !gate.note().equals("the run ended before this")
                        || !gate.limit().equals("-"))
                .allSatisfy(gate -> assertThat(GateCatalog.all())
                        .anySatisfy(known -> assertThat(known.id() + ": " + known.title())
                                .isEqualTo(gate.id() + ": " + gate.title())));
    }

    @Test
    void the_seed_of_a_soak_decides_the_random_choices_of_its_pbx() throws IOException {
        assertThat(passwordFor(SEED)).isEqualTo(passwordFor(SEED)).isNotEqualTo(passwordFor(SEED + 1));
    }

    private static String passwordFor(long seed) throws IOException {
        try (SoakPhoneSystem phones = new EmbeddedPhoneSystem(settings(seed))) {
            return phones.account(0).password().use(SecretAccess.forAuthenticators(), String::new);
        }
    }

    private static SoakSettings settings(long seed) throws IOException {
        return new SoakSettings(
                2,
                0,
                VaultKind.PASSPHRASE,
                1,
                Duration.ofSeconds(1),
                SipTransport.TLS,
                null,
                seed,
                Impairment.NONE,
                SpeechClip.builtIn(),
                MediaMix.PLAIN,
                CallFeature.all());
    }

    private static Gate gate(SoakReport report) {
        return report.gates().stream()
                .filter(gate -> gate.title().equals(GATE))
                .findFirst()
                .orElseThrow();
    }

    private SoakPhoneSystem phoneSystem() throws IOException {
        return new EmbeddedPhoneSystem(
                List.of(MediaChoice.PLAIN, MediaChoice.PLAIN), SipTransport.TLS, null, new Breaking(), null, 0);
    }

    private void stop() {
        run.stop();
    }

    /** Throws once on the PBX's loop, which then has nothing for whoever asked; the run ends, as nobody can call any more. */
    private final class Breaking extends Random {
        private static final long serialVersionUID = 1;

        private Breaking() {
            super(SEED);
        }

        @Override
        protected int next(int bits) {
            if (breaking != null && Thread.currentThread().getName().endsWith("-pbx") && breaking.getAndSet(false)) {
                stop();
                throw new IllegalStateException("the password of 1001");
            }
            return super.next(bits);
        }
    }
}
