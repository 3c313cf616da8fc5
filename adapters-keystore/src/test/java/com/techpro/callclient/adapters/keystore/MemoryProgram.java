// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.secret.Secret;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Uses a vault, and stands still while it is open and after it was closed. */
final class MemoryProgram {
    private MemoryProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        char[] typed = read();
        Secret passphrase = Secret.of(typed);
        Arrays.fill(typed, '\0');
        Vault vault = Vault.withPassphrase(directory.resolve("vault"), directory.resolve("generations"), passphrase);
        passphrase.wipe();
        byte[] value = read(new byte[64]);
        vault.write(Map.of("credential", value));
        byte[] back = vault.read("credential");
        if (!Arrays.equals(value, back)) {
            throw new AssertionError("not what was written");
        }
        Arrays.fill(value, (byte) 0);
        Arrays.fill(back, (byte) 0);
        wait("filled");
        wait("open");
        vault.close();
        wait("closed");
        System.out.println("done " + vault);
    }

    /** A line from standard input, without making a string of it. */
    private static char[] read() throws Exception {
        byte[] line = read(new byte[64]);
        char[] characters = new char[line.length];
        for (int i = 0; i < line.length; i++) {
            characters[i] = (char) line[i];
        }
        Arrays.fill(line, (byte) 0);
        return characters;
    }

    private static byte[] read(byte[] into) throws Exception {
        int length = 0;
        for (int each = System.in.read(); each >= 0 && each != '\n'; each = System.in.read()) {
            into[length++] = (byte) each;
        }
        return Arrays.copyOf(into, length);
    }

    /** Says so, and waits for a line: time for the test to look. The line is long, for the input's buffer saw the secrets too. */
    private static void wait(String state) throws Exception {
        System.out.println(state);
        for (int each = System.in.read(); each >= 0 && each != '\n'; ) {
            each = System.in.read();
        }
    }
}
