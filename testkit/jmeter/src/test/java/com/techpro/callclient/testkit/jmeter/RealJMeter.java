// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Apache JMeter with the plugin in its {@code lib/ext}, and the files that it writes. */
final class RealJMeter {
    /**
     * The allowed codes of a sample with speech, as a pattern. All JVMs, PBX and peers may share
     * two processors, so gaps in speech are the machine's. No other fault is excused.
     */
    static final String HEARD_OR_LATE = "200|speech-excused|speech-gaps|speech-guessed|speech-machine-stalled";

    private static final Path HOME =
            Path.of(System.getProperty("callclient.jmeter.home", "../jmeter-home/target/apache-jmeter"));
    private static final Path PLUGIN = Path.of(System.getProperty(
            "callclient.jmeter.plugin", "target/callclient-testkit-jmeter-0.1.0-SNAPSHOT-plugin.jar"));

    private final Path home;

    private RealJMeter(Path home) {
        this.home = home;
    }

    static RealJMeter withPlugin() throws IOException {
        Path home = HOME.toAbsolutePath().normalize();
        Files.copy(PLUGIN, home.resolve("lib/ext").resolve(PLUGIN.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        return new RealJMeter(home);
    }

    /** A process without windows, with the example's settings. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-jar",
                home.resolve("bin/ApacheJMeter.jar").toString(),
                "-q",
                Path.of("examples/callclient.properties").toAbsolutePath().toString(),
                "-Jserver.rmi.ssl.disable=true",
                "-j",
                "jmeter.log"));
        command.addAll(List.of(arguments));
        return command;
    }

    static Path examplePlan() {
        return plan("calls.jmx");
    }

    static Path plan(String name) {
        return Path.of("examples").resolve(name).toAbsolutePath();
    }

    /** Returns the rows of a result log, by the column names in the first line. */
    static List<Map<String, String>> results(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.get(0).replace("\"", "").split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            // a message may have commas inside its quotes
            String[] values = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], values[i].replace("\"", ""));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Except in the lists of users themselves. */
    static void assertNowhere(Path folder, String secret) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.endsWith("users.csv"))
                    .toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }
}
