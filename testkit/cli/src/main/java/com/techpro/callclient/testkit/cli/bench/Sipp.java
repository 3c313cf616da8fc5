// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.contracts.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * SIPp at one address and port, so that the engine takes each of its processes for its phone
 * system.
 */
final class Sipp implements AutoCloseable {
    /** As large as the engine's; with SIPp's default a pause of some milliseconds loses packets. */
    static final String SOCKET_BUFFER = Integer.toString(1 << 20);

    private static final String ADDRESS = "127.0.0.1";
    /** From this port on they are tried until one is free for signalling and one for media. */
    private static final int FIRST_PORT = 15_060;

    private static final int LAST_PORT = 25_060;

    private final TemporaryFolder folder = folder();
    private final ServerSocket reservation = reservePort();
    private final int port = reservation.getLocalPort();
    private int runs;

    private static TemporaryFolder folder() {
        try {
            return new TemporaryFolder("callclient-sipp");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the program can be started. */
    static boolean installed() {
        try {
            Process process = new ProcessBuilder("sipp", "-v")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Listens on the TCP port of that number, which SIPp does not need: it takes its ports only when
     * it runs, and until then another would find them free.
     */
    private static ServerSocket reservePort() {
        for (int port = FIRST_PORT; port < LAST_PORT; port += 4) {
            try (DatagramSocket signalling = new DatagramSocket(new InetSocketAddress(ADDRESS, port));
                    DatagramSocket media = new DatagramSocket(new InetSocketAddress(ADDRESS, port + 2))) {
                return new ServerSocket(signalling.getLocalPort(), 1, media.getLocalAddress());
            } catch (IOException e) {
                // Taken: the next one.
            }
        }
        throw new IllegalStateException("no free port for SIPp");
    }

    int port() {
        return port;
    }

    /** Starts a scenario of the resources, with the called URI in it. */
    Run start(String scenario, String target, List<String> arguments) {
        try {
            Path run = Files.createDirectory(folder.path().resolve("run-" + ++runs));
            Path file = run.resolve(scenario + ".xml");
            Files.writeString(file, resource(scenario).replace("@TARGET@", target));
            List<String> all = new ArrayList<>(List.of("-sf", file.toString()));
            all.addAll(arguments);
            return start(run, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts SIPp's own scenario of a phone that answers. */
    Run answering() {
        try {
            Path run = Files.createDirectory(folder.path().resolve("run-" + ++runs));
            return start(run, List.of("-sn", "uas", "-buff_size", SOCKET_BUFFER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Run start(Path run, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sipp",
                "-i",
                ADDRESS,
                "-p",
                Integer.toString(port),
                "-mp",
                Integer.toString(port + 2),
                "-t",
                "u1",
                "-nostdin",
                "-trace_logs"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(run.toFile())
                .redirectErrorStream(true)
                .redirectOutput(run.resolve("output").toFile())
                .start();
        return new Run(process, run);
    }

    private static String resource(String scenario) throws IOException {
        try (InputStream in = Sipp.class.getResourceAsStream(scenario + ".xml")) {
            if (in == null) {
                throw new IllegalStateException(scenario + " is missing from the resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        try {
            reservation.close();
            folder.close();
        } catch (IOException e) {
            System.err.println("callclient: a temporary file of SIPp could not be deleted");
        }
    }

    /** A process of SIPp. Its CPU time is known as long as it runs, and remembered. */
    static final class Run implements AutoCloseable {
        private static final Duration STEP = Duration.ofMillis(20);
        private static final Duration GRACE = Duration.ofSeconds(5);

        private final Process process;
        private final Path folder;
        private final Thread atTheEnd;
        private Duration cpu = Duration.ZERO;

        private Run(Process process, Path folder) {
            this.process = process;
            this.folder = folder;
            // Also when this process is ended: the other would run for ever.
            this.atTheEnd = new Thread(process::destroyForcibly, "callclient-bench-end");
            Runtime.getRuntime().addShutdownHook(atTheEnd);
        }

        long pid() {
            return process.pid();
        }

        /** CPU time used so far, or until shortly before its end. */
        Duration cpu() {
            process.info().totalCpuDuration().ifPresent(used -> cpu = used);
            return cpu;
        }

        /** Waits for its end. */
        boolean endsWithin(Duration limit) {
            long end = System.nanoTime() + limit.toNanos();
            try {
                while (!process.waitFor(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                    cpu();
                    if (System.nanoTime() > end) {
                        return false;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            return true;
        }

        /** Returns the last value of a column of its statistics ({@code -trace_stat}). */
        double statistic(String column) {
            List<String> lines = file(".csv").lines().toList();
            int index = List.of(lines.get(0).split(";", -1)).indexOf(column);
            return Double.parseDouble(lines.get(lines.size() - 1).split(";", -1)[index]);
        }

        /** Returns the word that its scenario logged after the given one. */
        String logged(String word) {
            Matcher matcher = Pattern.compile(word + " (\\S+)").matcher(file("_logs.log"));
            if (!matcher.find()) {
                throw new IllegalStateException("SIPp logged no " + word);
            }
            return matcher.group(1);
        }

        private String file(String ending) {
            try (Stream<Path> files = Files.list(folder)) {
                Path file = files.filter(name -> name.toString().endsWith(ending))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("SIPp wrote no " + ending));
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroy();
            if (!endsWithin(GRACE)) {
                process.destroyForcibly();
            }
            try {
                Runtime.getRuntime().removeShutdownHook(atTheEnd);
            } catch (IllegalStateException e) {
                // The program is ending, and the hook runs.
            }
        }
    }
}
