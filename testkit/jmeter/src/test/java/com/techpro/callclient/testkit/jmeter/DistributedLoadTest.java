// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example plan in a real distributed JMeter: a controller and two servers, each a process,
 * against a Kamailio with the embedded PBX behind it. Their joint measurements must match
 * Kamailio's counts, and the dashboard must show them. {@code -Dcallclient.jmeter.keep=DIR} keeps
 * the files.
 */
@Tag("interop")
@Tag("day-2")
@Tag("real-jmeter")
class DistributedLoadTest {
    private static final int CALLERS = Integer.getInteger("jmeter.callers", 2);
    private static final int HOLDERS = 1;
    private static final int BUSY = 1;
    private static final int LOOPS = 3;
    private static final int SECONDS = Integer.getInteger("jmeter.seconds", 3);
    private static final int SERVERS = 2;
    private static final int USERS = CALLERS + HOLDERS + BUSY;
    private static final String PASSWORD = "a-password-that-is-nowhere-";
    private static final Duration LIMIT = Duration.ofSeconds(100 + 2 * LOOPS * SECONDS);

    @TempDir
    Path directory;

    @Test
    void two_servers_make_the_calls_that_kamailio_counts() throws IOException {
        Path kept = System.getProperty("callclient.jmeter.keep") == null
                ? directory
                : Path.of(System.getProperty("callclient.jmeter.keep"));
        RealJMeter jmeter = RealJMeter.withPlugin();
        try (EmbeddedPbx pbx = pbx();
                CountingKamailio kamailio =
                        new CountingKamailio(Files.createDirectories(directory.resolve("k")), pbx)) {
            List<ChildProcess> servers = new ArrayList<>();
            List<String> addresses = new ArrayList<>();
            try {
                for (int i = 0; i < SERVERS; i++) {
                    int[] ports = ChildProcess.freePorts(2);
                    Path folder = Files.createDirectories(kept.resolve("server-" + i));
                    users(folder, i);
                    servers.add(ChildProcess.start(
                            folder,
                            "server",
                            jmeter.command("-s", "-Dserver_port=" + ports[0], "-Jserver.rmi.localport=" + ports[1])));
                    servers.get(i).awaitListening(ports[0], LIMIT);
                    addresses.add("127.0.0.1:" + ports[0]);
                }
                Path folder = Files.createDirectories(kept.resolve("controller"));
                try (ChildProcess controller = ChildProcess.start(
                        folder,
                        "controller",
                        jmeter.command(
                                "-n",
                                "-t",
                                RealJMeter.examplePlan().toString(),
                                "-R",
                                String.join(",", addresses),
                                "-X",
                                "-l",
                                "results.jtl",
                                "-e",
                                "-o",
                                "dashboard",
                                "-Gcallclient.proxy=" + kamailio.address(),
                                "-Gcallclient.trustAnchor=" + kamailio.authority(),
                                "-Gcallclient.call.threads=" + CALLERS,
                                "-Gcallclient.hold.threads=" + HOLDERS,
                                "-Gcallclient.busy.threads=" + BUSY,
                                "-Gcallclient.loops=" + LOOPS,
                                "-Gcallclient.rampSeconds=2",
                                "-Gcallclient.seconds=" + SECONDS))) {
                    Map<Integer, ChildProcess.Usage> used = new TreeMap<>();
                    controller.awaitSuccess(LIMIT, () -> {
                        for (int i = 0; i < SERVERS; i++) {
                            int server = i;
                            servers.get(i).usage().ifPresent(now -> used.merge(server, now, DistributedLoadTest::most));
                        }
                    });
                    print(used);
                    assertResults(folder, addresses, kamailio, controller);
                }
                for (ChildProcess server : servers) {
                    server.awaitSuccess(LIMIT);
                }
                Await.until(
                        "nobody is registered",
                        () -> pbx.state().registrations().isEmpty());
                RealJMeter.assertNowhere(kept, PASSWORD);
            } finally {
                servers.forEach(ChildProcess::close);
            }
        }
    }

    private static ChildProcess.Usage most(ChildProcess.Usage before, ChildProcess.Usage now) {
        return new ChildProcess.Usage(
                now.cpu(), Math.max(before.threads(), now.threads()), Math.max(before.most(), now.most()));
    }

    /** Prints the figures of docs/performance.md. */
    private static void print(Map<Integer, ChildProcess.Usage> used) {
        used.forEach((server, most) -> System.out.printf(
                Locale.ROOT,
                "server %d: %d users, %d samples, about %d s of speech: %.1f s of CPU, %d threads, %d MB resident%n",
                server,
                USERS,
                USERS * LOOPS,
                (CALLERS + 2 * HOLDERS) * LOOPS * SECONDS,
                most.cpu().toMillis() / 1_000.0,
                most.threads(),
                most.most()));
    }

    private static void assertResults(
            Path folder, List<String> addresses, CountingKamailio kamailio, ChildProcess controller)
            throws IOException {
        List<Map<String, String>> rows = RealJMeter.results(folder.resolve("results.jtl"));
        List<Map<String, String>> samples = rows.stream()
                .filter(row -> Set.of("call", "hold", "busy").contains(row.get("label")))
                .toList();
        assertThat(samples).as(controller.printed()).hasSize(SERVERS * USERS * LOOPS);
        for (String address : addresses) {
            assertThat(samples.stream()
                            .filter(sample -> sample.get("threadName").startsWith(address)))
                    .hasSize(USERS * LOOPS);
        }
        List<Map<String, String>> talked = samples.stream()
                .filter(sample -> !sample.get("label").equals("busy"))
                .toList();
        assertThat(talked).allSatisfy(sample -> {
            assertThat(sample.get("responseCode")).matches(RealJMeter.HEARD_OR_LATE);
            assertThat(Double.parseDouble(sample.get("mos"))).isBetween(1.0, 4.5);
            assertThat(Integer.parseInt(sample.get("setUpMillis"))).isPositive();
        });
        List<Map<String, String>> heard = talked.stream()
                .filter(sample -> sample.get("responseCode").matches("200|speech-excused"))
                .toList();
        assertThat(heard).hasSizeGreaterThan(talked.size() / 2).allSatisfy(sample -> {
            assertThat(sample.get("success")).isEqualTo("true");
            assertThat(Double.parseDouble(sample.get("speechLossPercent"))).isLessThan(2);
        });
        List<Map<String, String>> busy = samples.stream()
                .filter(sample -> sample.get("responseCode").equals("486"))
                .toList();
        assertThat(talked.size()).isEqualTo(kamailio.count("answered")).isEqualTo(kamailio.count("ended"));
        assertThat(busy.size()).isEqualTo(SERVERS * BUSY * LOOPS).isEqualTo(kamailio.count("busy"));
        System.out.println("Kamailio counted " + kamailio.count("answered") + " calls and " + kamailio.count("busy")
                + " busy; of " + talked.size() + " each word was heard in " + heard.size());

        assertThat(folder.resolve("dashboard/index.html")).isNotEmptyFile();
        JsonObject all = JsonParser.parseString(Files.readString(folder.resolve("dashboard/statistics.json")))
                .getAsJsonObject();
        assertThat(all.getAsJsonObject("Total").get("sampleCount").getAsInt()).isEqualTo(rows.size());
        assertThat(all.getAsJsonObject("busy").get("errorCount").getAsInt()).isEqualTo(busy.size());
        assertThat(all.getAsJsonObject("call").get("sampleCount").getAsInt()).isEqualTo(SERVERS * CALLERS * LOOPS);
    }

    private static EmbeddedPbx pbx() {
        PbxBuilder builder = EmbeddedPbx.builder().srtpEverywhere();
        for (int server = 0; server < SERVERS; server++) {
            for (int user = 0; user < USERS; user++) {
                builder.extension(extension(server, user), PASSWORD + extension(server, user));
            }
        }
        return builder.start();
    }

    private static String extension(int server, int user) {
        return Integer.toString(1_000 + 100 * server + user);
    }

    private static void users(Path folder, int server) throws IOException {
        StringBuilder lines = new StringBuilder("user,password\n");
        for (int user = 0; user < USERS; user++) {
            String extension = extension(server, user);
            lines.append(extension)
                    .append(',')
                    .append(PASSWORD)
                    .append(extension)
                    .append('\n');
        }
        Files.writeString(folder.resolve("users.csv"), lines);
    }
}
