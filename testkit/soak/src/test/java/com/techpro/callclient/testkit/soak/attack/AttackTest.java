// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the table, with a line for each row. */
@Tag("attack")
class AttackTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void each_attack_has_the_outcome_of_the_table(Attack attack) throws Exception {
        String outcome = attack.outcome(directory);

        say(attack.name().toLowerCase(Locale.ROOT).replace('_', '-'), attack.what(), attack.expected(), outcome);
        assertThat(outcome).as(attack.what()).isEqualTo(attack.expected());
    }

    @Test
    void each_of_81_TLS_servers_has_the_outcome_of_the_matrix() throws Exception {
        TlsMatrix matrix = new TlsMatrix(directory);
        SoftAssertions.assertSoftly(all -> {
            for (TlsMatrix.Case row : TlsMatrix.cases()) {
                String outcome = matrix.outcome(row);
                say("tls-matrix", row.toString(), row.expected(), outcome);
                all.assertThat(outcome).as(row.toString()).isEqualTo(row.expected());
            }
        });
        assertThat(TlsMatrix.cases()).hasSize(81);
    }

    private static void say(String name, String what, String expected, String outcome) {
        boolean right = outcome.equals(expected);
        System.out.printf(
                Locale.ROOT,
                "%-5s %-36s %-60s %s%n",
                right ? "ok" : "WRONG",
                name,
                what,
                right ? outcome : outcome + ", not " + expected);
    }
}
