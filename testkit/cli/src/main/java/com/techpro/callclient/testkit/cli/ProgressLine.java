// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.soak.run.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows a soak's progress: on a terminal in one line that changes every second, in a log as
 * occasional lines.
 */
final class ProgressLine {
    private static final int LOG_EVERY = 5;
    private static final int WIDTH = 100;

    private final PrintWriter out;
    private final boolean terminal;
    private long shown;

    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(Progress progress) {
        String text = text(progress);
        if (terminal) {
            out.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
        } else if (shown % LOG_EVERY == 0) {
            out.println(text);
        }
        shown++;
        out.flush();
    }

    void end() {
        if (terminal && shown > 0) {
            out.println();
        }
    }

    private static String text(Progress progress) {
        var sample = progress.sample();
        Duration warmUpLeft = progress.warmUpLeft();
        if (warmUpLeft != null) {
            return String.format(
                    Locale.ROOT,
                    "%4.0f s  registered %d/%d  warming up with calls that do not count, %s",
                    sample.second(),
                    progress.registered(),
                    progress.users(),
                    warmUpLeft.isZero()
                            ? "until the last of them end"
                            : "for " + warmUpLeft.toSeconds() + " s at most");
        }
        return String.format(
                Locale.ROOT,
                "%4.0f s  registered %d/%d  calls %d now, %d done, %d bad  speech %d/%d verified  cpu %.0f %%  heap %.0f MB%s",
                sample.second(),
                progress.registered(),
                progress.users(),
                sample.activeCalls(),
                sample.finishedCalls(),
                sample.failedCalls(),
                progress.verified(),
                progress.directions(),
                sample.cpuPercent(),
                sample.heapMb(),
                progress.dialling() ? "" : "  (no new calls)");
    }
}
