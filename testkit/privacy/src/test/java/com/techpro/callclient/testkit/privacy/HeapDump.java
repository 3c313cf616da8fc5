// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks for many marks in a heap dump at once. */
final class HeapDump {
    /** Types in a dump's record of an array. */
    private static final byte ARRAY_OF_CHARACTERS = 5;

    private static final byte ARRAY_OF_BYTES = 8;

    /** @param before what is in front of it, mostly zeros, for which nothing is to be looked for */
    private record Mark(String name, byte[] before, byte[] form) {}

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
        add(name, new byte[0], form);
    }

    private void add(String name, byte[] before, byte[] form) {
        byFirstByte.get(form[0] & 0xff).add(new Mark(name, before, form));
        beginnings.set((form[0] & 0xff) << 8 | form[1] & 0xff);
        longest = Math.max(longest, before.length + form.length);
    }

    /**
     * An array of just these characters, or of their octets in UTF-8, and not where they are part
     * of something longer.
     */
    HeapDump lookForArrays(String name, char[] characters) {
        byte[] utf16 = new String(characters).getBytes(StandardCharsets.UTF_16BE);
        byte[] utf8 = new String(characters).getBytes(StandardCharsets.UTF_8);
        add(name, arrayOf(characters.length, ARRAY_OF_CHARACTERS), utf16);
        add(name, arrayOf(utf8.length, ARRAY_OF_BYTES), utf8);
        return this;
    }

    /** What a dump has in front of an array's elements. */
    private static byte[] arrayOf(int length, byte type) {
        return ByteBuffer.allocate(Integer.BYTES + 1).putInt(length).put(type).array();
    }

    /** The names of what is in the file. */
    Set<String> search(Path dump) throws IOException {
        return new TreeSet<>(places(dump).keySet());
    }

    /** Where each is that is in the file, in octets from its beginning. */
    Map<String, Set<Long>> places(Path dump) throws IOException {
        Map<String, Set<Long>> found = new TreeMap<>();
        long begins = 0;
        byte[] piece = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(dump)) {
            int kept = 0;
            for (int read = in.readNBytes(piece, 0, piece.length); read > 0; ) {
                int length = kept + read;
                search(piece, length, begins, found);
                kept = Math.min(longest, length);
                System.arraycopy(piece, length - kept, piece, 0, kept);
                begins += length - kept;
                read = in.readNBytes(piece, kept, piece.length - kept);
            }
        }
        return found;
    }

    private void search(byte[] piece, int length, long begins, Map<String, Set<Long>> found) {
        for (int at = 0; at < length - 1; at++) {
            if (beginnings.get((piece[at] & 0xff) << 8 | piece[at + 1] & 0xff)) {
                for (Mark mark : byFirstByte.get(piece[at] & 0xff)) {
                    byte[] form = mark.form();
                    if (at + form.length <= length && matches(piece, at, form) && isBehind(mark.before(), piece, at)) {
                        found.computeIfAbsent(mark.name(), name -> new TreeSet<>())
                                .add(begins + at);
                    }
                }
            }
        }
    }

    private static boolean isBehind(byte[] before, byte[] piece, int at) {
        return at >= before.length && matches(piece, at - before.length, before);
    }

    private static boolean matches(byte[] piece, int at, byte[] form) {
        return Arrays.equals(piece, at, at + form.length, form, 0, form.length);
    }
}
