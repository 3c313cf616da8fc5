// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks for many marks in a heap dump at once. */
final class HeapDump {
    private record Mark(String name, byte[] form) {}

    private final List<List<Mark>> byFirstByte = new ArrayList<>();
    private final BitSet beginnings = new BitSet(1 << 16);
    private int longest;

    HeapDump() {
        for (int i = 0; i < 256; i++) {
            byFirstByte.add(new ArrayList<>());
        }
    }

    /** @param whose in front of the mark's name */
    HeapDump lookFor(String whose, Canary canary) {
        canary.forms().forEach(form -> add(whose + " " + canary.name(), form));
        return this;
    }

    /** A key: as it is, and as text. Four bytes less at its end: text in base64 may be followed by anything. */
    HeapDump lookForKey(String name, byte[] key) {
        add(name, key);
        String text = Base64.getEncoder().encodeToString(key).substring(0, key.length / 3 * 4 - 4);
        add(name + " in SDP", text.getBytes(StandardCharsets.ISO_8859_1));
        add(name + " in SDP", text.getBytes(StandardCharsets.UTF_16LE));
        return this;
    }

    /** These bytes, and nothing like them. */
    HeapDump lookForBytes(String name, byte[] form) {
        add(name, form);
        return this;
    }

    private void add(String name, byte[] form) {
        byFirstByte.get(form[0] & 0xff).add(new Mark(name, form));
        beginnings.set((form[0] & 0xff) << 8 | form[1] & 0xff);
        longest = Math.max(longest, form.length);
    }

    /** The names of what is in the file. */
    Set<String> search(Path dump) throws IOException {
        Set<String> found = new TreeSet<>();
        byte[] piece = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(dump)) {
            int kept = 0;
            for (int read = in.readNBytes(piece, 0, piece.length); read > 0; ) {
                int length = kept + read;
                search(piece, length, found);
                kept = Math.min(longest, length);
                System.arraycopy(piece, length - kept, piece, 0, kept);
                read = in.readNBytes(piece, kept, piece.length - kept);
            }
        }
        return found;
    }

    private void search(byte[] piece, int length, Set<String> found) {
        for (int at = 0; at < length - 1; at++) {
            if (beginnings.get((piece[at] & 0xff) << 8 | piece[at + 1] & 0xff)) {
                for (Mark mark : byFirstByte.get(piece[at] & 0xff)) {
                    byte[] form = mark.form();
                    int end = at + form.length;
                    if (end <= length && Arrays.equals(piece, at, end, form, 0, form.length)) {
                        found.add(mark.name());
                    }
                }
            }
        }
    }
}
