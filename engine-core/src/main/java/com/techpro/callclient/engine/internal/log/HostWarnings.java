// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.log;

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
 * What the developer of the host app has to know, also where nobody configured logging: then it is on standard error, once a kind. Where there
 * is a back end of SLF4J, the log alone has it. From any thread.
 */
public final class HostWarnings {
    /** A host that throws something new each time does not fill the screen. */
    private static final int MOST_KINDS = 32;

    private final BooleanSupplier logged;
    private final Supplier<PrintStream> screen;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param logged whether the log goes anywhere
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
     * Says it, unless the log does, or this kind was told before.
     *
     * @param text what happened, and how to silence this
     * @param thrown the host's own, shown with its trace; or null
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
        // At once: two threads that have something to say do not mix their lines.
        screen.get().print(lines);
    }
}
