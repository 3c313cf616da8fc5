// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All samplers of the example plan in one real JMeter process without windows, and their results in
 * its log.
 */
@Tag("interop")
@Tag("day-1")
@Tag("real-jmeter")
class SamplersInJMeterTest {
    private static final int LOOPS = 2;
    private static final String PASSWORD = "a-password-that-is-nowhere-";
    private static final Duration LIMIT = Duration.ofSeconds(120);

    /**
     * The thread groups of the plan, each named as its sampler, with the steps of a successful
     * sample.
     */
    private static final Map<String, List<String>> STEPS = steps();

    /** The callee is busy, which is no success either. */
    private static final String BUSY = "busy";

    @TempDir
    Path directory;

    private EmbeddedPbx pbx;
    private Path authority;

    @BeforeEach
    void start() throws IOException {
        PbxBuilder builder = EmbeddedPbx.builder().srtpEverywhere().voicemail(voicemail -> voicemail.toneGreeting());
        for (int row = 0; row <= STEPS.size(); row++) {
            builder.extension(user(row), PASSWORD + user(row)).extension(peer(row), PASSWORD + peer(row));
        }
        pbx = builder.start();
        authority = Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
    }

    @AfterEach
    void stop() {
        pbx.close();
    }

    @Test
    void each_sampler_is_a_success_with_its_steps_and_a_busy_number_is_none() throws IOException {
        List<Map<String, String>> rows = run(
                user -> PASSWORD + user,
                "-Jcallclient.loops=" + LOOPS,
                "-Jcallclient.seconds=3",
                "-Jcallclient.greetingSeconds=4");

        STEPS.forEach((sampler, steps) -> {
            List<Map<String, String>> samples = labelled(rows, sampler);
            assertThat(samples)
                    .as(sampler)
                    .hasSize(LOOPS)
                    .allSatisfy(sample -> assertThat(sample.get("responseCode")).matches(RealJMeter.HEARD_OR_LATE));
            assertThat(samples).as(sampler).anySatisfy(SamplersInJMeterTest::assertSuccess);
            int whole = (int) samples.stream()
                    .filter(sample -> sample.get("success").equals("true"))
                    .count();
            steps.stream().distinct().forEach(step -> {
                long times = steps.stream().filter(step::equals).count();
                // A sample whose speech was late lacks the steps after it.
                boolean afterSpeech = steps.contains("speech") && steps.indexOf(step) > steps.indexOf("speech");
                int least = afterSpeech ? whole : LOOPS;
                assertThat(labelled(rows, sampler + ' ' + step))
                        .as(sampler)
                        .anySatisfy(SamplersInJMeterTest::assertSuccess);
                assertThat(labelled(rows, sampler + ' ' + step)).as(sampler).hasSizeBetween(least, LOOPS * (int) times);
            });
        });
        assertThat(labelled(rows, "call")).allSatisfy(sample -> {
            assertThat(Double.parseDouble(sample.get("mos"))).isBetween(1.0, 4.5);
            assertThat(sample.get("speechLossPercent")).isNotEmpty();
            assertThat(Integer.parseInt(sample.get("setUpMillis"))).isPositive();
        });
        assertThat(labelled(rows, BUSY)).hasSize(LOOPS).allSatisfy(sample -> assertFailure(sample, "486", "busy"));
        assertThat(labelled(rows, BUSY + " set-up")).hasSize(LOOPS).allSatisfy(step -> {
            assertThat(step.get("success")).isEqualTo("false");
            assertThat(step.get("responseCode")).isEqualTo("486");
        });
    }

    @Test
    void a_wrong_password_is_a_failure_of_each_sampler() throws IOException {
        List<Map<String, String>> rows =
                run(user -> "not-the-password-of-" + user, "-Jcallclient.loops=1", "-Jcallclient.warmUp=false");

        STEPS.keySet()
                .forEach(sampler -> assertThat(labelled(rows, sampler))
                        .as(sampler)
                        .hasSize(1)
                        .allSatisfy(sample -> assertFailure(sample, "401", "wrong-credentials")));
        RealJMeter.assertNowhere(directory, "not-the-password-of-");
    }

    private List<Map<String, String>> run(UnaryOperator<String> password, String... arguments) throws IOException {
        StringBuilder users = new StringBuilder("user,password,peer,peerPassword\n");
        for (int row = 0; row <= STEPS.size(); row++) {
            users.append(String.join(",", user(row), password.apply(user(row)), peer(row), PASSWORD + peer(row)))
                    .append('\n');
        }
        Files.writeString(directory.resolve("users.csv"), users);
        List<String> all = new ArrayList<>(List.of(
                "-n",
                "-t",
                RealJMeter.examplePlan().toString(),
                "-l",
                "results.jtl",
                "-Jcallclient.users=" + directory.resolve("users.csv"),
                "-Jcallclient.proxy=" + pbx.address(SipTransport.TLS),
                "-Jcallclient.trustAnchor=" + authority));
        STEPS.keySet().forEach(sampler -> all.add("-Jcallclient." + sampler + ".threads=1"));
        all.add("-Jcallclient." + BUSY + ".threads=1");
        all.addAll(List.of(arguments));
        try (ChildProcess jmeter =
                ChildProcess.start(directory, "jmeter", RealJMeter.withPlugin().command(all.toArray(new String[0])))) {
            jmeter.awaitSuccess(LIMIT);
        }
        Await.until("nobody is registered", () -> pbx.state().registrations().isEmpty());
        RealJMeter.assertNowhere(directory, PASSWORD);
        return RealJMeter.results(directory.resolve("results.jtl"));
    }

    private static List<Map<String, String>> labelled(List<Map<String, String>> rows, String label) {
        return rows.stream().filter(row -> row.get("label").equals(label)).toList();
    }

    private static void assertSuccess(Map<String, String> sample) {
        assertThat(sample.get("success")).as(sample.toString()).isEqualTo("true");
        assertThat(sample.get("responseCode")).matches("200|speech-excused");
        assertThat(sample.get("failure")).isEmpty();
    }

    private static void assertFailure(Map<String, String> sample, String code, String failure) {
        assertThat(sample.get("success")).as(sample.toString()).isEqualTo("false");
        assertThat(sample.get("responseCode")).as(sample.toString()).isEqualTo(code);
        assertThat(sample.get("failure")).isEqualTo(failure);
    }

    private static String user(int row) {
        return Integer.toString(1_001 + row);
    }

    private static String peer(int row) {
        return Integer.toString(2_001 + row);
    }

    private static Map<String, List<String>> steps() {
        Map<String, List<String>> steps = new LinkedHashMap<>();
        steps.put("register", List.of("register", "unregister"));
        steps.put("call", List.of("set-up", "release", "speech"));
        steps.put("sip", List.of("set-up", "release"));
        steps.put("hold", List.of("set-up", "hold and resume", "release", "held", "speech"));
        steps.put("transfer", List.of("set-up", "transfer", "speech", "release", "speech"));
        steps.put("voicemail", List.of("set-up", "release", "open the box", "leave the box", "speech"));
        steps.put("conference", List.of("meeting"));
        return steps;
    }
}
