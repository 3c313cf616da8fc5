// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * Warnings for the developer of the host app. Without an SLF4J back end they go to standard error,
 * once per kind; with one, only to the log. Callable from any thread.
 */
public final class HostWarnings {
    /** The limit for a host that keeps throwing new exceptions. */
    private static final int MOST_KINDS = 32;

    private final BooleanSupplier logged;
    private final Supplier<PrintStream> screen;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param logged whether the log has a back end
     * @param screen asked each time, as a host may replace it
     */
    public HostWarnings(BooleanSupplier logged, Supplier<PrintStream> screen) {
        this.logged = logged;
        this.screen = screen;
    }

    public static HostWarnings onStandardError() {
        return new HostWarnings(
                () -> !(LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory), () -> System.err);
    }

    /**
     * Prints the warning, unless the log has it or this kind was printed before.
     *
     * @param text what happened, and how to silence this
     * @param thrown the host's exception, printed with its trace; or null
     */
    public void tell(String kind, String text, @Nullable Throwable thrown) {
        if (logged.getAsBoolean() || told.size() >= MOST_KINDS || !told.add(kind)) {
            return;
        }
        StringWriter lines = new StringWriter();
        lines.append("CallClient: ").append(text).append(System.lineSeparator());
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(lines, true));
        }
        // In one call, so that the lines of two threads do not mix.
        screen.get().print(lines);
    }
}
