// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.contacts;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Splits a vCard file into entries, so that a malformed or oversized entry affects only itself.
 * Reading it as one stream would lose the following ones too.
 */
final class VCardEntries {
    private static final String BEGIN = "BEGIN:VCARD";
    private static final String END = "END:VCARD";
    /** A photograph has several hundred thousand characters. */
    private static final int LONGEST = 8 << 20;

    private final BufferedReader lines;
    private boolean any;
    private boolean other;

    VCardEntries(BufferedReader lines) {
        this.lines = lines;
    }

    /** Whether this is another kind of file, once {@link #next} has returned null. */
    boolean isForeign() {
        return other && !any;
    }

    /** Returns the lines of the next entry; null at the end. */
    @Nullable
    String next() throws IOException {
        StringBuilder entry = new StringBuilder();
        int depth = 0;
        boolean agent = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String word = line.trim().toUpperCase(Locale.ROOT);
            if (word.equals(BEGIN)) {
                any = true;
                // In vCard 2.1 another card may be the value of a property. Any other BEGIN starts
                // a new entry, and the last one was never closed.
                depth = depth > 0 && agent ? depth + 1 : 1;
                if (depth == 1) {
                    entry.setLength(0);
                }
            } else if (depth == 0) {
                other |= !word.isEmpty();
                continue;
            }
            agent = word.startsWith("AGENT") && word.endsWith(":");
            if (entry.length() <= LONGEST) {
                entry.append(line).append("\r\n");
            }
            if (word.equals(END) && --depth == 0) {
                if (entry.length() <= LONGEST) {
                    return entry.toString();
                }
                entry.setLength(0);
            }
        }
        return null;
    }
}
