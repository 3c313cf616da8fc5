// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Which processors a process may run on, by Linux's {@code taskset}. */
final class Processors {
    static final int ANY = -1;

    /** Counted before this process may use only one of them, after which the JVM counts one. */
    private static final int ALL = Runtime.getRuntime().availableProcessors();

    private Processors() {}

    /** Returns whether two processes can have one each. */
    static boolean separable() {
        return ALL > 1 && pin(ProcessHandle.current().pid(), ANY);
    }

    /**
     * Gives all threads of a process one processor, or all of them for {@link #ANY}.
     *
     * @return whether that worked
     */
    static boolean pin(long pid, int processor) {
        String which = processor == ANY ? "0-" + (ALL - 1) : Integer.toString(processor);
        try {
            Process process = new ProcessBuilder(
                            "taskset", "--all-tasks", "--cpu-list", "--pid", which, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
