// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.ports.secret.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source of a secret: a file, the environment, or the keyboard. Never an argument, which other
 * users could see.
 */
enum PasswordSource {
    PASSWORD("password", PasswordSource.VARIABLE, "--password-file"),
    PASSPHRASE("passphrase", PasswordSource.PASSPHRASE_VARIABLE, "--passphrase-file");

    static final String VARIABLE = "CALLCLIENT_PASSWORD";
    static final String PASSPHRASE_VARIABLE = "CALLCLIENT_PASSPHRASE";
    private static final int MAX_BYTES = 4096;

    private final String what;
    private final String variable;
    private final String option;

    PasswordSource(String what, String variable, String option) {
        this.what = what;
        this.variable = variable;
        this.option = option;
    }

    /**
     * Reads the secret.
     *
     * @param file the user's file, or null
     * @param console null if nobody can be asked
     * @throws IOException if there is none; the message says what to do
     */
    Secret read(@Nullable Path file, Map<String, String> environment, @Nullable Console console) throws IOException {
        if (file != null) {
            return fromFile(file);
        }
        String value = environment.get(variable);
        if (value != null && !value.isEmpty()) {
            return Secret.of(value);
        }
        String prompt = Character.toUpperCase(what.charAt(0)) + what.substring(1) + ": ";
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        if (typed == null || typed.length == 0) {
            throw new IOException(
                    "There is no " + what + ". Set " + variable + ", or name a file with " + option + ".");
        }
        try {
            return Secret.of(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    /** @throws UnusableOptions if the user's file is not a file */
    void requireFile(@Nullable Path file) throws UnusableOptions {
        if (file != null && !Files.exists(file)) {
            throw new UnusableOptions(option + ": there is no file " + file, null);
        }
        if (file != null && Files.isDirectory(file)) {
            throw new UnusableOptions(option + ": " + file + " is not a file", null);
        }
    }

    /** Returns the first line of the file. */
    private Secret fromFile(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("The " + what + " file " + file + " is too long to hold a " + what + ".");
        }
        byte[] bytes = Files.readAllBytes(file);
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int end = 0;
        while (end < text.length() && text.get(end) != '\n' && text.get(end) != '\r') {
            end++;
        }
        Secret secret = Secret.of(text.subSequence(0, end));
        Arrays.fill(text.array(), '\0');
        if (end == 0) {
            throw new IOException("The " + what + " file " + file + " has no " + what + " in its first line.");
        }
        return secret;
    }
}
