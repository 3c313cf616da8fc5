// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real SIPp that plays the phone system at one fixed port: each {@link #play} is one scenario, run to its end. */
final class Sipp {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Pattern WORD = Pattern.compile("@([A-Z][A-Z0-9-]*)@");

    private final Path directory;
    private final String transport;
    private final String address;
    private final int port = Ports.freeRun(4);
    private int runs;

    /**
     * Prepares one.
     *
     * @param transport SIPp's name: {@code u1} for UDP, {@code t1} for TCP
     */
    Sipp(Path directory, String transport) {
        this(directory, transport, "127.0.0.1");
    }

    Sipp(Path directory, String transport, String address) {
        this.address = address;
        this.directory = directory;
        this.transport = transport;
    }

    int port() {
        return port;
    }

    /** Starts a scenario that waits for the engine to speak first. */
    Scenario expect(String scenario, Map<String, String> words) {
        return launch(scenario, words, List.of());
    }

    /** Starts a scenario in which SIPp speaks first, to the given contact of the engine. */
    Scenario play(String scenario, String contact) {
        return play(scenario, contact, Map.of());
    }

    Scenario play(String scenario, String contact, Map<String, String> words) {
        Map<String, String> all = new LinkedHashMap<>(words);
        // What stands in brackets is a keyword of SIPp's otherwise.
        all.put("TARGET", contact.replaceFirst("\\[[0-9a-f:]+]", "[remote_ip]"));
        return launch(scenario, all, List.of(hostPort(contact)));
    }

    /** Starts a scenario with arguments of the caller's own, for load. */
    Scenario launch(String scenario, Map<String, String> words, List<String> arguments) {
        Path run = directory.resolve("sipp-" + ++runs + "-" + scenario).toAbsolutePath();
        try {
            Files.createDirectories(run);
            Path file = run.resolve(scenario + ".xml");
            Files.writeString(file, filled(resource(scenario + ".xml"), words));
            List<String> command = new ArrayList<>(List.of(
                    "sipp",
                    "-sf",
                    file.toString(),
                    "-i",
                    address,
                    "-p",
                    Integer.toString(port),
                    "-t",
                    transport,
                    "-mp",
                    Integer.toString(port + 2),
                    "-nostdin",
                    "-trace_err",
                    "-trace_logs"));
            if (arguments.stream().noneMatch("-m"::equals)) {
                command.addAll(List.of("-m", "1", "-trace_msg", "-timeout", "30s", "-timeout_error"));
            }
            command.addAll(arguments);
            return new Scenario(scenario, run, PeerProcess.start(run, command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String hostPort(String contact) {
        Matcher matcher = Pattern.compile("@([^;>]+)").matcher(contact);
        if (!matcher.find()) {
            throw new AssertionError("a contact without a host");
        }
        return matcher.group(1);
    }

    /** A piece of a scenario, such as one notification of many, without the end of its last line. */
    static String part(String name, Map<String, String> words) {
        try {
            return filled(resource(name + ".part").replaceFirst("\n$", ""), words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the given words, and the pieces that it names, each of which may name more. */
    private static String filled(String text, Map<String, String> words) {
        String filled = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            filled = filled.replace("@" + word.getKey() + "@", word.getValue());
        }
        Matcher name = WORD.matcher(filled);
        StringBuilder whole = new StringBuilder();
        while (name.find()) {
            name.appendReplacement(
                    whole, Matcher.quoteReplacement(part(name.group(1).toLowerCase(Locale.ROOT), words)));
        }
        return name.appendTail(whole).toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Sipp.class.getResourceAsStream("/interop/sipp/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the test resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A scenario that runs. */
    record Scenario(String name, Path directory, PeerProcess process) implements AutoCloseable {
        /** Waits until SIPp says that everything went as the scenario has it. */
        void awaitSuccess() {
            awaitSuccess(LIMIT);
        }

        void awaitSuccess(Duration limit) {
            int status = process.await(limit);
            if (status != 0) {
                throw new AssertionError("SIPp's scenario " + name + " failed (" + status + ")\n" + files());
            }
        }

        /** The contact that a {@code register} scenario saw. */
        String contact() {
            return logged("contact ");
        }

        /** What the scenario logged after these words. */
        String logged(String words) {
            Matcher matcher = Pattern.compile(words + "(\\S+)").matcher(files());
            if (!matcher.find()) {
                throw new AssertionError("SIPp logged no " + words + "\n" + files());
            }
            return matcher.group(1);
        }

        /** How often a line that starts so went by, repetitions included. */
        long messages(String startLine) {
            return files(Integer.MAX_VALUE)
                    .lines()
                    .filter(line -> line.startsWith(startLine))
                    .count();
        }

        /** What SIPp printed and logged. */
        String report() {
            return process.output() + "\n" + files();
        }

        /** The last value of a column of SIPp's statistics ({@code -trace_stat}). */
        double statistic(String column) {
            try (Stream<Path> files = Files.list(directory)) {
                Path file = files.filter(f -> f.toString().endsWith(".csv"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("SIPp wrote no statistics"));
                List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
                int index = List.of(lines.get(0).split(";")).indexOf(column);
                return Double.parseDouble(lines.get(lines.size() - 1).split(";")[index]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String files() {
            return files(12_000);
        }

        /** @param most of each file: its end */
        private String files(int most) {
            StringBuilder all = new StringBuilder();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".log")).toList()) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    all.append("--- ").append(file.getFileName()).append('\n');
                    all.append(text, Math.max(0, text.length() - most), text.length());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return all.toString();
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
