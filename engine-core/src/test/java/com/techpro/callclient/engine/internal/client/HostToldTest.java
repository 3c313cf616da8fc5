// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.HostCallbackException;
import com.techpro.callclient.stack.log.HostWarnings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the developer of a host learns of the host's own mistakes, with and without a log. */
class HostToldTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private boolean logged;
    private final HostWarnings warnings =
            new HostWarnings(() -> logged, () -> new PrintStream(screen, true, StandardCharsets.UTF_8));

    private String said() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private static HostCallbackException thrown() {
        return new HostCallbackException(new IllegalStateException("the host's words"));
    }

    @Test
    void without_a_log_listener_exceptions_go_to_stderr_once_per_kind_and_are_counted() {
        FailureReports reports = new FailureReports(null, warnings);
        for (int i = 0; i < 3; i++) {
            reports.uncaughtException(Thread.currentThread(), thrown());
        }
        reports.uncaughtException(Thread.currentThread(), new HostCallbackException(new ArithmeticException("other")));

        assertThat(said())
                .containsOnlyOnce("the host's words")
                .containsOnlyOnce("ArithmeticException: other")
                .contains("HostToldTest.thrown", "CallClientConfig.Builder.failures(...)", "silences this");
        assertThat(reports.callbackFailures()).isEqualTo(4);
    }

    @Test
    void a_host_that_always_throws_something_new_does_not_fill_the_screen() {
        for (int i = 0; i < 1000; i++) {
            warnings.tell("kind " + i, "text " + i, null);
        }
        assertThat(said().lines().count()).isEqualTo(32);
    }

    @Test
    void with_a_log_or_a_handler_nothing_is_on_standard_error() {
        List<Throwable> handled = new ArrayList<>();
        FailureReports reports = new FailureReports((thread, failure) -> handled.add(failure), warnings);
        reports.uncaughtException(Thread.currentThread(), thrown());
        assertThat(handled).hasSize(1);
        assertThat(reports.callbackFailures()).isOne();

        logged = true;
        new FailureReports(null, warnings).uncaughtException(Thread.currentThread(), thrown());

        assertThat(said()).isEmpty();
    }
}
