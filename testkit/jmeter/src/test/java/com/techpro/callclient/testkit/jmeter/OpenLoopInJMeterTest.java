// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example plan with a rate in a real JMeter: two users, and calls of two seconds that begin
 * four times a second.
 */
@Tag("interop")
@Tag("day-0")
@Tag("real-jmeter")
class OpenLoopInJMeterTest {
    private static final int RATE = 4;
    private static final int SECONDS = 3;
    private static final int CALLS = RATE * SECONDS;
    private static final String PASSWORD = "a-password-that-is-nowhere-";
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    @Test
    void calls_begin_when_due_regardless_of_earlier_calls() throws IOException {
        List<Map<String, String>> rows;
        long connected;
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                .extension("1001", PASSWORD + "1001")
                .extension("1002", PASSWORD + "1002")
                .start()) {
            rows = run(pbx);
            Await.until(
                    "nobody is registered", () -> pbx.state().registrations().isEmpty());
            connected = pbx.state().connectedCalls();
        }

        assertThat(labelled(rows, "log in")).hasSize(2).allSatisfy(OpenLoopInJMeterTest::assertSuccess);
        List<Map<String, String>> calls = labelled(rows, "sip");
        assertThat(calls).hasSize(CALLS).allSatisfy(OpenLoopInJMeterTest::assertSuccess);
        assertThat(labelled(rows, "sip start")).hasSize(CALLS);
        assertThat(connected).isEqualTo(CALLS);
        // JMeter starts none early; if the times were not of its own schedule, some would be in the
        // future.
        assertThat(calls).allSatisfy(call -> {
            long late = Long.parseLong(call.get("lateMillis"));
            assertThat(late).isGreaterThanOrEqualTo(-5);
            assertThat(Long.parseLong(call.get("elapsed"))).isGreaterThanOrEqualTo(2_000 + late);
            assertThat(Long.parseLong(call.get("Connect")))
                    .isGreaterThanOrEqualTo(Math.max(0, late) + Long.parseLong(call.get("setUpMillis")));
        });
        List<Long> due = calls.stream()
                .map(call -> Long.parseLong(call.get("timeStamp")))
                .sorted()
                .toList();
        assertThat(due.get(CALLS - 1) - due.get(0)).isBetween(1_000L, SECONDS * 1_000L);
        // Calls of two seconds: with a pace that waits for them, two users would make two in that
        // time.
        assertThat(due.get(4) - due.get(0)).isLessThan(2_000);
    }

    private List<Map<String, String>> run(EmbeddedPbx pbx) throws IOException {
        Path authority = Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
        Path users = Files.writeString(
                directory.resolve("users.csv"),
                "user,password\n1001," + PASSWORD + "1001\n1002," + PASSWORD + "1002\n");
        List<String> command = RealJMeter.withPlugin()
                .command(
                        "-n",
                        "-t",
                        RealJMeter.plan("open-loop.jmx").toString(),
                        "-l",
                        "results.jtl",
                        "-Jcallclient.users=" + users,
                        "-Jcallclient.proxy=" + pbx.address(SipTransport.TLS),
                        "-Jcallclient.trustAnchor=" + authority,
                        // The group's threads last for a minute after the last call.
                        "-Jjmeterengine.force.system.exit=true",
                        "-Jcallclient.warmUp=false",
                        "-Jcallclient.loginSeconds=4",
                        "-Jcallclient.rate=" + RATE,
                        "-Jcallclient.rateSeconds=" + SECONDS,
                        "-Jcallclient.seconds=2",
                        "-Jcallclient.lastSeconds=8");
        try (ChildProcess jmeter = ChildProcess.start(directory, "jmeter", command)) {
            jmeter.awaitSuccess(LIMIT);
        }
        RealJMeter.assertNowhere(directory, PASSWORD);
        return RealJMeter.results(directory.resolve("results.jtl"));
    }

    private static List<Map<String, String>> labelled(List<Map<String, String>> rows, String label) {
        return rows.stream().filter(row -> row.get("label").equals(label)).toList();
    }

    private static void assertSuccess(Map<String, String> sample) {
        assertThat(sample.get("success")).as(sample.toString()).isEqualTo("true");
        assertThat(sample.get("responseCode")).as(sample.toString()).isEqualTo("200");
    }
}
