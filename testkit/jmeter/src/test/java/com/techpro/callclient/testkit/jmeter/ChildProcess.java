// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another program that writes its output to a file in its folder. Ends with the test. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private ChildProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static ChildProcess start(Path folder, String name, List<String> command) {
        try {
            Path output = folder.resolve(name + ".out");
            Process started = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new ChildProcess(started, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the output of a program that ends successfully. */
    static String run(Path folder, Duration limit, String... command) {
        try (ChildProcess child =
                start(folder, Path.of(command[0]).getFileName().toString(), Arrays.asList(command))) {
            child.awaitSuccess(limit);
            return child.printed();
        }
    }

    /** @return this many free ports in sequence */
    static int[] freePorts(int count) {
        ServerSocket[] sockets = new ServerSocket[count];
        int[] ports = new int[count];
        try {
            for (int i = 0; i < count; i++) {
                sockets[i] = new ServerSocket();
                sockets[i].bind(new InetSocketAddress("127.0.0.1", 0));
                ports[i] = sockets[i].getLocalPort();
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitListening(int port, Duration limit) {
        Await.until(
                () -> "it listens; it printed " + printed(),
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended: " + printed());
                    }
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
                        return true;
                    } catch (IOException e) {
                        return false;
                    }
                },
                limit);
    }

    void awaitSuccess(Duration limit) {
        awaitSuccess(limit, () -> {});
    }

    /** @param meanwhile runs at each check */
    void awaitSuccess(Duration limit, Runnable meanwhile) {
        Await.until(
                () -> "it ends; it printed " + printed(),
                () -> {
                    meanwhile.run();
                    return !process.isAlive();
                },
                limit);
        if (process.exitValue() != 0) {
            throw new AssertionError("it ended with " + process.exitValue() + ": " + printed());
        }
    }

    /**
     * The resources of a process.
     *
     * @param most resident, in MB
     */
    record Usage(Duration cpu, int threads, long most) {}

    /** Returns the usage so far; empty once it has ended. */
    Optional<Usage> usage() {
        try {
            String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
            return process.info()
                    .totalCpuDuration()
                    .map(cpu -> new Usage(cpu, (int) figure(status, "Threads"), figure(status, "VmHWM") / 1024));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static long figure(String status, String name) {
        Matcher found =
                Pattern.compile("^" + name + ":\\s+(\\d+)", Pattern.MULTILINE).matcher(status);
        if (!found.find()) {
            throw new IllegalStateException(name + " is not told");
        }
        return Long.parseLong(found.group(1));
    }

    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!Await.holdsWithin(() -> !process.isAlive(), Duration.ofSeconds(5))) {
            process.destroyForcibly();
        }
    }
}
