// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;

/** Encodings that hide bytes from a person but do not encrypt them. */
final class Disguises {
    /** This many bytes do not occur by chance. */
    private static final int PIECE = 18;

    private final Map<String, List<String>> forms = new LinkedHashMap<>();

    private Disguises(byte[] secret) {
        for (int start = 0; start + PIECE <= secret.length; start += PIECE) {
            byte[] piece = Arrays.copyOfRange(secret, start, start + PIECE);
            add("in clear", text(piece));
            add("as UTF-16", new String(text(piece).getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
            add("backwards", new StringBuilder(text(piece)).reverse().toString());
            add("in hexadecimal digits", HexFormat.of().formatHex(piece));
            add("in hexadecimal digits", HexFormat.of().withUpperCase().formatHex(piece));
            // The position of the groups of three bytes is unknown.
            for (int shift = 0; shift < 3; shift++) {
                byte[] groups = Arrays.copyOfRange(piece, shift, shift + PIECE - 3);
                add("in Base64", Base64.getEncoder().encodeToString(groups));
                add("in Base64", Base64.getUrlEncoder().encodeToString(groups));
            }
            add("under one byte of XOR", text(differences(piece)));
        }
    }

    static Disguises of(byte[] secret) {
        return new Disguises(secret);
    }

    /** Returns the names of the encodings in which a piece occurs. */
    Set<String> foundIn(byte[] bytes) {
        String clear = text(bytes);
        String lines = clear.replaceAll("[\\r\\n]", "");
        String differences = text(differences(bytes));
        Set<String> found = new HashSet<>();
        forms.forEach((form, pieces) -> {
            for (String piece : pieces) {
                if (form.endsWith("XOR")
                        ? differences.contains(piece)
                        : clear.contains(piece) || lines.contains(piece)) {
                    found.add(form);
                }
            }
        });
        return found;
    }

    /** Returns the compressed size; encrypted bytes do not compress. */
    static int compressedSize(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[8_192];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(buffer);
            }
            return size;
        } finally {
            deflater.end();
        }
    }

    /**
     * Returns how many eight-byte sequences of the later bytes occur neither in the earlier ones
     * nor before in the later ones.
     */
    static int newBytes(byte[] earlier, byte[] later) {
        Set<Long> known = new HashSet<>(eights(earlier));
        int fresh = 0;
        for (long eight : eights(later)) {
            fresh += known.add(eight) ? 1 : 0;
        }
        return fresh;
    }

    private static List<Long> eights(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        List<Long> eights = new ArrayList<>();
        for (int i = 0; i + Long.BYTES <= bytes.length; i++) {
            eights.add(buffer.getLong(i));
        }
        return eights;
    }

    private void add(String form, String piece) {
        forms.computeIfAbsent(form, name -> new ArrayList<>()).add(piece);
    }

    /** Returns what XOR of all bytes with the same byte leaves unchanged. */
    private static byte[] differences(byte[] bytes) {
        byte[] differences = new byte[Math.max(0, bytes.length - 1)];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = (byte) (bytes[i] ^ bytes[i + 1]);
        }
        return differences;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
