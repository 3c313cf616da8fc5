// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.contacts;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a vCard file into its entries, so that one that never ends, or is far too long, costs itself alone: read as one stream it would take
 * the next ones with it.
 */
final class VCardEntries {
    private static final String BEGIN = "BEGIN:VCARD";
    private static final String END = "END:VCARD";
    /** A photograph is some hundred thousand characters. */
    private static final int LONGEST = 8 << 20;

    private final BufferedReader lines;
    private boolean any;
    private boolean other;

    VCardEntries(BufferedReader lines) {
        this.lines = lines;
    }

    /** Whether this is some other kind of file, once {@link #next} has given null. */
    boolean isForeign() {
        return other && !any;
    }

    /** From its first line to its last; null if there is none left. */
    @Nullable
    String next() throws IOException {
        StringBuilder entry = new StringBuilder();
        int depth = 0;
        boolean agent = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String word = line.trim().toUpperCase(Locale.ROOT);
            if (word.equals(BEGIN)) {
                any = true;
                // In vCard 2.1 another card may be the value of a property; any other begins anew, and the last one
                // never ended.
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
