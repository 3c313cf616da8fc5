// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
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
        assumeTrue(name(attack).matches(System.getProperty("attack", ".*")), "not asked for");
        String outcome = attack.outcome(directory);

        say(name(attack), attack.what(), attack.expected(), outcome);
        assertThat(outcome).as(attack.what()).isEqualTo(attack.expected());
    }

    private static String name(Attack attack) {
        return attack.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The line of a row. */
    static void say(String name, String what, String expected, String outcome) {
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
