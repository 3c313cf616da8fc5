// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import com.techpro.callclient.ports.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The users of a foreign PBX, from a file or the environment. Never from arguments, which every
 * user of a machine can read in the list of processes. A line (or, in the environment, a part
 * between semicolons) has an extension, its password, and an optional authentication name,
 * separated by blanks. Lines that begin with {@code #} are comments.
 */
public final class Credentials {
    /** The environment variable. */
    public static final String VARIABLE = "CALLCLIENT_USERS";

    private static final int MOST_USERS = 100_000;

    private Credentials() {}

    /**
     * @throws IOException if the file cannot be read or is malformed; the message quotes nothing of
     *     it
     */
    public static List<User> read(Path file) throws IOException {
        return parse(Files.readAllLines(file), "line ");
    }

    /** @throws IOException as {@link #read} */
    public static List<User> parse(String environment) throws IOException {
        return parse(List.of(environment.split(";", -1)), "entry ");
    }

    private static List<User> parse(List<String> lines, String where) throws IOException {
        List<User> users = new ArrayList<>();
        Set<String> extensions = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+", -1);
            if (words.length < 2 || words.length > 3) {
                throw new IOException(where + (i + 1) + " is not: extension password [authentication-name]");
            }
            if (users.size() == MOST_USERS) {
                throw new IOException("there are more than " + MOST_USERS + " users");
            }
            if (!extensions.add(words[0])) {
                throw new IOException(where + (i + 1) + " has the extension of one before it; give each user its own");
            }
            users.add(new User(words[0], Secret.of(words[1]), words.length == 3 ? words[2] : words[0]));
        }
        if (users.size() < 2) {
            throw new IOException("a call needs two users, and there are " + users.size());
        }
        return users;
    }

    /** One user; prints without personal data. */
    public record User(String extension, Secret password, String authUser) {
        @Override
        public String toString() {
            return "User[redacted]";
        }
    }
}
