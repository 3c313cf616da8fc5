// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.ports.time.Scheduler;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Executes the phone's input line by line, each after the previous one has finished, until it says
 * quit or ends.
 */
record Conversation(Phone phone, Scheduler scheduler) {
    /** Blocks until the phone has logged out. */
    void run(BufferedReader input) {
        boolean more = true;
        while (more) {
            String line = next(input);
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            scheduler.execute(() -> phone.order(line, done::complete));
            more = done.join();
        }
    }

    /** The end of the input, and a broken input, mean quit. */
    private static String next(BufferedReader input) {
        try {
            String line = input.readLine();
            return line == null ? "quit" : line;
        } catch (IOException e) {
            return "quit";
        }
    }
}
