// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.testkit.contracts.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program of somebody else's, started for a test and stopped after it. Keeps the end of what it printed for the failure text. */
public final class PeerProcess implements AutoCloseable {
    private static final int KEPT_LINES = 400;

    private final String name;
    private final Process process;
    private final Thread reader;
    private final Deque<String> output = new ArrayDeque<>();
    private final StringBuilder unfinished = new StringBuilder();

    private PeerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = new Thread(this::read, "peer-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    public static PeerProcess start(Path directory, String... command) {
        return start(directory, List.of(command));
    }

    public static PeerProcess start(Path directory, List<String> command) {
        return start(directory, Map.of(), command);
    }

    /** @param environment changes what the program finds in it */
    public static PeerProcess start(Path directory, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            return new PeerProcess(command.get(0), process);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    command.get(0) + " is needed here and could not be started; .ci/peers installs it", e);
        }
    }

    /** Runs a program to its end. */
    public static String run(Path directory, Duration limit, String... command) {
        try (PeerProcess peer = start(directory, command)) {
            int status = peer.await(limit);
            if (status != 0) {
                throw new AssertionError(command[0] + " ended with " + status + "\n" + peer.output());
            }
            return peer.output();
        }
    }

    /** Waits for the program's own end. */
    public int await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + limit.toSeconds() + " s\n" + output());
            }
            reader.join(2000);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(name + ": interrupted", e);
        }
    }

    private void awaitReader() {
        try {
            reader.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(name + ": interrupted", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Whether the program ends by itself in that time. */
    public boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(name + ": interrupted", e);
        }
    }

    /** What the program has used of the CPU so far; zero where the system does not tell. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public void awaitOutput(String text, Duration limit) {
        awaitOutput(Pattern.compile(text, Pattern.LITERAL), limit);
    }

    /** Waits for a line in which this is found. */
    public void awaitOutput(Pattern text, Duration limit) {
        Await.until(
                () -> name + " prints \"" + text + "\"; it printed\n" + output(),
                () -> {
                    if (!process.isAlive()) {
                        // What it printed at last may not have been read yet.
                        awaitReader();
                    }
                    if (text.matcher(output()).find()) {
                        return true;
                    }
                    if (!reader.isAlive()) {
                        assertAlive();
                    }
                    return false;
                },
                limit);
    }

    /** Waits until something accepts TCP connections. */
    public void awaitListening(int port, Duration limit) {
        awaitListening("127.0.0.1", port, limit);
    }

    /** As {@link #awaitListening(int, Duration)}, at another address of this machine. */
    void awaitListening(String address, int port, Duration limit) {
        Await.until(
                name + " listens",
                () -> {
                    assertAlive();
                    return accepts(address, port);
                },
                limit);
    }

    /** Waits until nothing accepts TCP connections any more. */
    public static void awaitSilent(int port, Duration limit) {
        Await.until("nobody listens on port " + port, () -> !accepts("127.0.0.1", port), limit);
    }

    private static boolean accepts(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Types a line at its prompt. */
    public void type(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " listens no more\n" + output(), e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String output() {
        synchronized (output) {
            return String.join("\n", output) + (unfinished.isEmpty() ? "" : "\n" + unfinished);
        }
    }

    private void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended with " + process.exitValue() + "\n" + output());
        }
    }

    /** As a supervisor would: first asks, then insists. Children go too. */
    @Override
    public void close() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            family.forEach(ProcessHandle::destroyForcibly);
            reader.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By characters: a prompt waits in the middle of a line. */
    private void read() {
        try (Reader characters =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int c = characters.read(); c >= 0; c = characters.read()) {
                synchronized (output) {
                    if (c == '\n') {
                        keep(unfinished.toString());
                        unfinished.setLength(0);
                    } else {
                        unfinished.append((char) c);
                    }
                }
            }
        } catch (IOException e) {
            synchronized (output) {
                keep("(reading stopped: " + e.getMessage() + ")");
            }
        }
    }

    private void keep(String line) {
        output.add(line);
        if (output.size() > KEPT_LINES) {
            output.remove();
        }
    }
}
