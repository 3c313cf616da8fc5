// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the matrix, with a line for each cell. */
@Tag("attack")
class TlsMatrixTest {
    @TempDir
    Path directory;

    @Test
    void each_of_81_TLS_servers_has_the_outcome_of_the_matrix() throws Exception {
        assumeTrue("tls-matrix".matches(System.getProperty("attack", ".*")), "not asked for");
        TlsMatrix matrix = new TlsMatrix(directory);
        SoftAssertions.assertSoftly(all -> {
            for (TlsMatrix.Case row : TlsMatrix.cases()) {
                String outcome = matrix.outcome(row);
                AttackTest.say("tls-matrix", row.toString(), row.expected(), outcome);
                all.assertThat(outcome).as(row.toString()).isEqualTo(row.expected());
            }
        });
        assertThat(TlsMatrix.cases()).hasSize(81);
    }
}
