// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.testkit.contracts.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** The phone command, controlled through a pipe, with its output. */
class TypedPhone implements AutoCloseable {
    private final StringWriter screen = new StringWriter();
    private final PipedWriter keyboard = new PipedWriter();
    private final CompletableFuture<Integer> exit;

    TypedPhone(List<String> arguments) throws IOException {
        PhoneCommand command = new PhoneCommand();
        new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(screen))
                .parseArgs(arguments.toArray(String[]::new));
        BufferedReader input = new BufferedReader(new PipedReader(keyboard));
        exit = CompletableFuture.supplyAsync(
                () -> command.run(input, new Screen(new PrintWriter(screen), false), null),
                task -> new Thread(task, "phone").start());
    }

    final void type(String line) throws IOException {
        keyboard.write(line + "\n");
        keyboard.flush();
    }

    final void shows(String text) {
        shows(text, 1);
    }

    final void shows(String text, int times) {
        try {
            Await.until(() -> screen.toString().split(Pattern.quote(text), -1).length > times, Duration.ofSeconds(20));
        } catch (AssertionError e) {
            throw new AssertionError("the phone does not show \"" + text + "\" but:\n" + screen, e);
        }
    }

    final int quit() throws Exception {
        type("quit");
        return ends();
    }

    /** Returns the exit code, once it has ended by itself. */
    final int ends() throws Exception {
        return exit.get(20, TimeUnit.SECONDS);
    }

    final String screen() {
        return screen.toString();
    }

    @Override
    public final void close() throws IOException {
        keyboard.close();
    }
}
