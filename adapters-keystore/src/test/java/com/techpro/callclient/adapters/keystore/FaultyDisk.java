// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.testkit.contracts.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The real disk, whose writing steps can be full, or be the last thing that the program did. */
class FaultyDisk implements DiskOperations, FullDisk {
    /** The program ends here; nothing after it runs but what the test does. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    final List<String> trace = new ArrayList<>();
    int stepsUntilFault = Integer.MAX_VALUE;
    boolean crashes;

    private boolean crashed;
    private boolean wasFull;

    @Override
    public void fullAfter(int steps) {
        stepsUntilFault = steps;
        wasFull = false;
    }

    @Override
    public boolean wasFull() {
        return wasFull;
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        try {
            step("create", file);
        } catch (IOException | Crash e) {
            Files.write(
                    file,
                    Arrays.copyOf(content, content.length / 2),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            throw e;
        }
        REAL.create(file, content);
    }

    @Override
    public void sync(Path file) throws IOException {
        step("sync", file);
        REAL.sync(file);
    }

    @Override
    public void replace(Path file, Path target) throws IOException {
        step("replace", target);
        REAL.replace(file, target);
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        if (crashed) {
            throw new Crash();
        }
        if (Files.exists(file)) {
            trace.add("delete " + file.getFileName());
        }
        REAL.deleteIfExists(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step("sync-directory", directory);
        REAL.syncDirectory(directory);
    }

    @Override
    public byte[] read(Path file, int length) throws IOException {
        return REAL.read(file, length);
    }

    private void step(String what, Path file) throws IOException {
        if (crashed) {
            throw new Crash();
        }
        if (stepsUntilFault-- <= 0) {
            if (crashes) {
                crashed = true;
                throw new Crash();
            }
            wasFull = true;
            throw new IOException("No space left on device");
        }
        trace.add(what + " " + file.getFileName());
    }
}
