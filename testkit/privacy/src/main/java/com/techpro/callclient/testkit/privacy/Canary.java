// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Unique personal data or a secret: finding it anywhere proves that it leaked there. */
public final class Canary {
    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private final String name;
    private final boolean secret;
    private final String value;
    private final List<byte[]> forms = new ArrayList<>();

    private Canary(String name, boolean secret, String value) {
        this.name = name;
        this.secret = secret;
        this.value = value;
        for (Charset charset : CHARSETS) {
            forms.add(value.getBytes(charset));
        }
        byte[] plain = value.getBytes(StandardCharsets.UTF_8);
        forms.add(hex(plain).getBytes(StandardCharsets.US_ASCII));
        forms.add(hex(plain).toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        for (int shift = 0; shift < 3; shift++) {
            forms.add(base64(plain, shift));
        }
    }

    static Canary secret(String name, String value) {
        return new Canary(name, true, value);
    }

    static Canary personal(String name, String value) {
        return new Canary(name, false, value);
    }

    /** Returns its meaning, such as {@code password}. */
    public String name() {
        return name;
    }

    /** Whether it authenticates the user, rather than only being personal. */
    public boolean isSecret() {
        return secret;
    }

    public String value() {
        return value;
    }

    /**
     * Whether it is anywhere in the bytes: as text of either width, in hexadecimal, or inside
     * base64.
     */
    public boolean isIn(byte[] bytes) {
        return forms.stream().anyMatch(form -> indexOf(bytes, bytes.length, form) >= 0);
    }

    public boolean isIn(String text) {
        return isIn(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the search forms: the text in several widths, its hexadecimal digits, and the fixed
     * part of its base64.
     */
    List<byte[]> forms() {
        return Collections.unmodifiableList(forms);
    }

    private static int indexOf(byte[] bytes, int length, byte[] wanted) {
        for (int i = 0; i <= length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the part of its base64 that does not depend on its surroundings, for this offset in a
     * group of three.
     */
    private static byte[] base64(byte[] plain, int shift) {
        byte[] padded = new byte[shift + plain.length];
        System.arraycopy(plain, 0, padded, shift, plain.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(padded);
        int whole = padded.length / 3 * 4;
        return encoded.substring(shift == 0 ? 0 : 4, whole).getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 * bytes.length);
        for (byte b : bytes) {
            text.append(String.format("%02x", b));
        }
        return text.toString();
    }

    /** Prints its meaning and not its value, because it appears in reports. */
    @Override
    public String toString() {
        return name;
    }
}
