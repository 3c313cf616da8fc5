// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class PreconditionTest {
    private final String before = System.getProperty(Precondition.PROPERTY, "false");
    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true));
    }

    @AfterEach
    void restore() {
        System.setOut(console);
        System.setProperty(Precondition.PROPERTY, before);
    }

    @Test
    void a_missing_precondition_skips_the_test_and_is_printed() {
        System.setProperty(Precondition.PROPERTY, "false");
        assertThatThrownBy(() -> Precondition.require(false, "IPv6")).isInstanceOf(TestAbortedException.class);
        assertThat(printed.toString()).startsWith("skipped: PreconditionTest.").contains("no IPv6");
    }

    @Test
    void where_nothing_may_be_skipped_it_fails_the_test() {
        System.setProperty(Precondition.PROPERTY, "true");
        assertThatThrownBy(() -> Precondition.require(false, "IPv6"))
                .isInstanceOf(AssertionError.class)
                .isNotInstanceOf(TestAbortedException.class)
                .hasMessageContaining("PreconditionTest")
                .hasMessageContaining("no IPv6");
    }

    @Test
    void a_met_precondition_changes_nothing() {
        assertThatCode(() -> Precondition.require(true, "IPv6")).doesNotThrowAnyException();
        assertThat(printed.size()).isZero();
    }
}
