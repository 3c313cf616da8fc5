// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.machine.CallLoad;
import com.techpro.callclient.testkit.soak.machine.SpeechCost;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.ReportFiles;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine is asked for as many calls as it carries, and for none if a verdict takes more. */
class SoakRunLoadTest {
    private static final SpeechCost COST = new SpeechCost(40, 5, 5, 40);

    @Test
    void on_a_machine_that_carries_too_little_nothing_is_red_and_the_first_line_says_so(@TempDir Path directory)
            throws IOException {
        CallLoad load = new CallLoad(20, 2, COST, 0.3, 2);
        SoakSettings settings = settings(4, 1, Duration.ofSeconds(5));

        SoakReport report =
                new SoakRun(settings, () -> new EmbeddedPhoneSystem(settings), progress -> {}, load).execute();

        assertThat(report.gates())
                .filteredOn(gate -> !gate.green())
                .extracting(Gate::id)
                .containsExactly("calls-carried");
        assertThat(report.calls().attempted()).isZero();
        assertThat(report.exitCode()).isEqualTo(SoakReport.NOT_JUDGED).isEqualTo(3);
        String said =
                "NOT JUDGED: this machine cannot carry the load: it carries 2 calls at once, and a verdict needs 3:"
                        + " a second of a call takes 90.0 ms here to make, encrypt, send and judge, and 0.3 of 2 processors are free.";
        assertThat(ReportTable.of(report)).startsWith(said).contains("\n" + said);
        ReportFiles.write(report, null, directory);
        assertThat(directory.resolve("report.html")).content().contains("<b>NOT JUDGED</b>this machine");
        assertThat(directory.resolve("report.json")).content().contains("\"notCarried\": \"it carries 2 calls");
        assertThat(directory.resolve("report-junit.xml"))
                .content()
                .contains("failures=\"0\"", "name=\"calls-carried\"", "<skipped message=\"calls at once that");
    }

    @ParameterizedTest
    @CsvSource({"50, 2, 20", "50, 100, 25", "4, 0.5, 2", "2, 0.5, 1", "2000, 80, 800", "2, 0.01, 1"})
    void as_many_calls_go_on_at_once_as_begin_in_ten_seconds_if_there_are_users(int users, double rate, int calls)
            throws IOException {
        assertThat(settings(users, rate, Duration.ofSeconds(1)).callsAtOnce()).isEqualTo(calls);
    }

    @Test
    void nothing_else_changes_with_the_rate() throws IOException {
        SoakSettings settings = settings(4, 1, Duration.ofSeconds(5));
        assertThat(settings.atRate(0.5)).isEqualTo(settings(4, 0.5, Duration.ofSeconds(5), settings.speech()));
        assertThat(settings.atRate(1)).isEqualTo(settings);
    }

    private static SoakSettings settings(int users, double rate, Duration duration) throws IOException {
        return settings(users, rate, duration, SpeechClip.builtIn());
    }

    private static SoakSettings settings(int users, double rate, Duration duration, SpeechClip speech) {
        return new SoakSettings(
                users,
                0,
                VaultKind.PASSPHRASE,
                rate,
                duration,
                SipTransport.TLS,
                null,
                2_543,
                Impairment.NONE,
                speech,
                MediaMix.PLAIN,
                Set.of());
    }
}
