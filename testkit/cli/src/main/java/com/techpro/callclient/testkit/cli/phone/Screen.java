// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import java.io.PrintWriter;

/** The phone's output: lines of text, and in a real terminal a status line at the top. */
final class Screen {
    private static final String SAVE_CURSOR = "\u001B7";
    private static final String TOP_LINE_REVERSED = "\u001B[1;1H\u001B[7m";
    private static final String CLEAR_TO_END = "\u001B[K\u001B[0m";
    private static final String RESTORE_CURSOR = "\u001B8";
    /** Without a terminal the status is printed as a line, but less often. */
    private static final int PLAIN_EVERY = 10;

    private final PrintWriter out;
    private final boolean terminal;
    private int statuses;

    /** A terminal understands the usual escape sequences. */
    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void say(String text) {
        text.lines().map(Screen::withoutControls).forEach(out::println);
        out.flush();
    }

    /** Makes the terminal beep. */
    void ring() {
        if (terminal) {
            out.print('\u0007');
            out.flush();
        }
    }

    /** Shows the status; the next one replaces it. The user's half-typed line stays. */
    void status(String text) {
        if (terminal) {
            out.print(SAVE_CURSOR + TOP_LINE_REVERSED + withoutControls(text) + CLEAR_TO_END + RESTORE_CURSOR);
        } else if (statuses++ % PLAIN_EVERY == 0) {
            out.println(withoutControls(text));
        }
        out.flush();
    }

    /** Names come from the network: their escape sequences must not reach the terminal. */
    private static String withoutControls(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\u0080-\\u009F\\u202A-\\u202E\\u2066-\\u2069]", "?");
    }
}
