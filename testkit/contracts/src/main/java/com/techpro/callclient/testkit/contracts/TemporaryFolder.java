// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is deleted with its contents on closing, and also when the program is ended before.
 */
public final class TemporaryFolder implements AutoCloseable {
    /** The name of shutdown threads: they exist because the JVM ends, and are no leak. */
    public static final String SHUTDOWN_THREAD = "callclient-shutdown";

    private final Path path;
    private final Thread atTheEnd;

    /** Creates it where the system keeps temporary files; its name begins with {@code name}. */
    public TemporaryFolder(String name) throws IOException {
        path = Files.createTempDirectory(name);
        atTheEnd = new Thread(this::deleteQuietly, SHUTDOWN_THREAD);
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // The program is ending: the hook runs, and both delete what they find.
        }
        delete();
    }

    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException e) {
            System.err.println("callclient: a temporary folder could not be deleted");
        }
    }
}
