// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a user's line in the users' file. JMeter's CSV Data Set reads the values but does not tell
 * their line. Keeps names and no passwords. Thread-safe.
 */
final class UsersFile {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);

    private static final String USER = Parameter.USER.key();

    private static @Nullable UsersFile latest;

    private final Path file;
    private final FileTime written;
    /** By user; the empty user means the first line without one. */
    private final Map<String, Line> lines;

    /**
     * A line of the file.
     *
     * @param file its name
     * @param number of the line, from 1
     * @param missing the columns that are empty in this line
     */
    record Line(String file, int number, List<String> missing) {
        /** Returns file and line as a compiler prints them. */
        String place() {
            return file + ':' + number;
        }
    }

    private UsersFile(Path file, FileTime written, Map<String, Line> lines) {
        this.file = file;
        this.written = written;
        this.lines = lines;
    }

    /**
     * Returns the line of a user, or the first line without one.
     *
     * @param user empty to look for a line without a user
     * @return null if the file cannot be read, has no column for users, or does not have this one
     */
    static @Nullable Line find(Path file, String user) {
        UsersFile read = read(file);
        return read == null ? null : read.lines.get(user);
    }

    private static synchronized @Nullable UsersFile read(Path file) {
        try {
            FileTime written = Files.getLastModifiedTime(file);
            UsersFile known = latest;
            if (known == null || !known.file.equals(file) || !known.written.equals(written)) {
                known = parse(file, written);
                latest = known;
            }
            return known;
        } catch (IOException e) {
            return null;
        }
    }

    private static UsersFile parse(Path file, FileTime written) throws IOException {
        String[] rows = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\\r?\\n", -1);
        List<String> columns = cells(rows[0]);
        String name = Objects.toString(file.getFileName(), "");
        Map<String, Line> lines = new HashMap<>();
        // Nothing follows the last line break.
        int last = rows[rows.length - 1].isEmpty() ? rows.length - 1 : rows.length;
        for (int row = 1; row < last; row++) {
            if (rows[row].isEmpty()) {
                LOG.warn("{}:{}: this line is empty, and the thread that reads it ends", name, row + 1);
                continue;
            }
            if (columns.contains(USER)) {
                add(lines, columns, cells(rows[row]), name, row + 1);
            }
        }
        return new UsersFile(file, written, lines);
    }

    private static void add(
            Map<String, Line> lines, List<String> columns, List<String> cells, String file, int number) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (i >= cells.size() || cells.get(i).isEmpty()) {
                missing.add(columns.get(i));
            }
        }
        String user = missing.contains(USER) ? "" : cells.get(columns.indexOf(USER));
        lines.putIfAbsent(user, new Line(file, number, List.copyOf(missing)));
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.split(",", -1)).map(String::strip).toList();
    }
}
