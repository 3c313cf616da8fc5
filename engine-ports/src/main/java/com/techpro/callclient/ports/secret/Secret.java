// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * A password or token.
 *
 * <ul>
 *   <li><b>SEC-1</b> It prints as {@code Secret[redacted]}, has identity equality, and cannot be
 *       serialised.
 *   <li><b>SEC-2</b> It can be read only inside {@link #use}, with a {@link SecretAccess}. The
 *       reader gets a copy of the characters, which is wiped when the reader returns or throws.
 *   <li><b>SEC-3</b> {@link #wipe} overwrites it. Reading it after that throws
 *       {@link IllegalStateException}. Wiping twice does nothing.
 *   <li><b>SEC-4</b> It copies its source; the caller may wipe that at once.
 *   <li><b>SEC-5</b> All methods may be called from any thread.
 * </ul>
 */
public final class Secret {
    /** The most octets of a {@code char} in UTF-8; a pair of surrogates has four. */
    private static final int MOST_UTF_8 = 3;

    private final char[] value;
    private boolean wiped;

    private Secret(char[] value) {
        this.value = value;
    }

    public static Secret of(char[] value) {
        return new Secret(Objects.requireNonNull(value, "value").clone());
    }

    /**
     * For secrets that are strings already, such as a setting or an environment variable. The
     * string itself cannot be wiped.
     */
    public static Secret of(CharSequence value) {
        Objects.requireNonNull(value, "value");
        char[] copy = new char[value.length()];
        CharBuffer.wrap(value).get(copy);
        return new Secret(copy);
    }

    /** Returns another secret of the same characters: each holder wipes its own (SEC-3). */
    public Secret copy() {
        return new Secret(characters());
    }

    /** Calls the reader with a copy of the characters (SEC-2) and returns its result. */
    public <T> T use(SecretAccess access, Function<char[], T> reader) {
        Objects.requireNonNull(reader, "reader");
        char[] copy = characters(access);
        try {
            return reader.apply(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    /**
     * Calls the reader with a copy of the secret in UTF-8, under the same rules as {@link #use}.
     */
    public <T> T useUtf8(SecretAccess access, Function<byte[], T> reader) {
        Objects.requireNonNull(reader, "reader");
        return use(access, characters -> {
            // Allocated large enough: a buffer that had to grow would be discarded without being
            // wiped.
            ByteBuffer encoded = ByteBuffer.allocate(MOST_UTF_8 * characters.length);
            CoderResult unused = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .encode(CharBuffer.wrap(characters), encoded, true);
            byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
            Arrays.fill(encoded.array(), (byte) 0);
            try {
                return reader.apply(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        });
    }

    /** Overwrites the secret (SEC-3). */
    public void wipe() {
        synchronized (value) {
            Arrays.fill(value, '\0');
            wiped = true;
        }
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }

    private char[] characters(SecretAccess access) {
        Objects.requireNonNull(access, "access");
        return characters();
    }

    private char[] characters() {
        synchronized (value) {
            if (wiped) {
                throw new IllegalStateException("this secret was wiped");
            }
            return value.clone();
        }
    }
}
