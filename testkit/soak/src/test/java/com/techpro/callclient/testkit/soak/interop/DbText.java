// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The files that Kamailio's db_text has for a data base, in {@code store}; what is in a table Debian's empty one tells. */
final class DbText {
    private static final Path TABLES = Path.of("/usr/share/kamailio/dbtext/kamailio");

    private final Path store;
    private final Map<String, String> first = new LinkedHashMap<>();

    DbText(Path directory) throws IOException {
        store = Files.createDirectories(directory.resolve("store"));
        add("version", table("version"));
    }

    static String table(String name) throws IOException {
        return Files.readString(TABLES.resolve(name));
    }

    static String row(String... values) {
        return Arrays.stream(values)
                .map(value -> value.replace("\\", "\\\\").replace(":", "\\:").replace("\n", "\\n"))
                .collect(Collectors.joining(":", "", "\n"));
    }

    DbText add(String name, String content) throws IOException {
        first.put(name, content);
        Files.writeString(store.resolve(name), content);
        return this;
    }

    /** As it was at first. */
    void restore() {
        try {
            for (Map.Entry<String, String> table : first.entrySet()) {
                Files.writeString(store.resolve(table.getKey()), table.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
