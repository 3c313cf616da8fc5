// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.failure.HostCallbackException;
import com.techpro.callclient.engine.internal.privacy.Redactor;
import com.techpro.callclient.stack.log.HostWarnings;
import com.techpro.callclient.stack.log.Loggers;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Receives exceptions of the host's listeners, which it counts, and defects of the engine. It
 * passes them to the host's handler, or else to the log. Usable from any thread.
 */
final class FailureReports implements Thread.UncaughtExceptionHandler {
    private final Thread.@Nullable UncaughtExceptionHandler host;
    private final HostWarnings warnings;
    private final AtomicLong callbackFailures = new AtomicLong();

    /** @param host null to log them */
    FailureReports(Thread.@Nullable UncaughtExceptionHandler host, HostWarnings warnings) {
        this.host = host;
        this.warnings = warnings;
    }

    /** Returns how often the host's code threw. */
    long callbackFailures() {
        return callbackFailures.get();
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (failure instanceof HostCallbackException) {
            callbackFailures.incrementAndGet();
        }
        if (host != null) {
            host.uncaughtException(thread, failure);
        } else if (failure instanceof HostCallbackException && failure.getCause() != null) {
            hostThrew(failure.getCause());
        } else {
            Loggers.CLIENT.error("a task of the engine failed", Redactor.withoutMessages(failure));
        }
    }

    /** Logs an exception of the host, with its message. */
    private void hostThrew(Throwable thrown) {
        Loggers.CLIENT.error("a listener or callback of the host app threw", thrown);
        warnings.tell(
                kind(thrown),
                "a listener or callback of this app threw, and the engine went on. It is told here once a kind, since nobody"
                        + " configured logging: give SLF4J a back end, or handle it in CallClientConfig.Builder.failures(...),"
                        + " which silences this.",
                thrown);
    }

    /** Identifies an exception by its class and where it was thrown. */
    private static String kind(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName() + (trace.length == 0 ? "" : " " + trace[0]);
    }
}
