// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.protocol.java.sampler.JavaSamplerContext;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterVariables;
import org.apache.jmeter.threads.openmodel.OpenModelThreadGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sampler as JMeter calls it, at an embedded PBX over TLS. */
@Tag("slow")
class SamplersTest {
    private static final String PASSWORD = "pw-of-1001";

    @TempDir
    Path directory;

    private EmbeddedPbx pbx;
    private final Map<String, String> told = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        pbx = EmbeddedPbx.builder()
                .extension("1001", PASSWORD)
                .extension("1002", "pw-of-1002")
                .voicemail(voicemail -> voicemail.toneGreeting())
                .start();
        Path authority = Files.writeString(directory.resolve("ca.pem"), pbx.authorityPem());
        told.put("user", "1001");
        told.put("password", PASSWORD);
        told.put("peer", "1002");
        told.put("peerPassword", "pw-of-1002");
        told.put("domain", pbx.domain());
        told.put("proxy", pbx.address(SipTransport.TLS).toString());
        told.put("trustAnchor", authority.toString());
        told.put("warmUp", "false");
        told.put("leave", "*1001");
        told.put("seconds", "3");
        told.put("holdSeconds", "1.5");
        told.put("greetingSeconds", "4");
        JMeterContextService.getContext().setVariables(new JMeterVariables());
    }

    @AfterEach
    void stop() {
        pbx.close();
    }

    @Test
    void a_registration_is_made_and_taken_back() {
        SampleResult result = only(new RegisterSampler());

        assertSuccess(result, "a step register", "a step unregister");
    }

    @Test
    void a_registration_is_taken_back_by_the_sample_and_not_by_the_end_of_the_test() {
        RegisterSampler sampler = new RegisterSampler();
        boolean registered;
        try {
            assertSuccess(sampler.runTest(context()), "a step register", "a step unregister");
            registered = !pbx.state().registrations().isEmpty();
        } finally {
            sampler.teardownTest(context());
        }

        assertThat(registered).isFalse();
        assertNothingLeft();
    }

    @Test
    void each_word_of_a_call_comes_back() {
        SampleResult result = heard(CallSampler::new);

        assertSuccess(result, "a step set-up", "a step release", "a step speech");
        assertThat(result.getConnectTime()).isPositive().isLessThan(3_000);
        assertThat(result.getTime()).isBetween(3_000L, 20_000L);
        assertThat(Double.parseDouble(variable("mos"))).isGreaterThan(3);
        assertThat(Double.parseDouble(variable("speechLossPercent"))).isLessThan(2);
        assertThat(variable("setUpMillis")).isEqualTo(Long.toString(result.getConnectTime()));
        assertThat(variable("failure")).isEmpty();
    }

    @Test
    void nobody_is_heard_while_on_hold() {
        SampleResult result = heard(HoldSampler::new);

        assertSuccess(
                result, "a step set-up", "a step hold and resume", "a step release", "a step held", "a step speech");
    }

    @Test
    void speech_is_heard_after_a_transfer() {
        SampleResult result = heard(TransferSampler::new);

        assertSuccess(result, "a step set-up", "a step transfer", "a step speech", "a step release", "a step speech");
    }

    @Test
    void a_message_contains_the_speech_that_was_left() {
        SampleResult result = heard(VoicemailSampler::new);

        assertSuccess(
                result,
                "a step set-up",
                "a step release",
                "a step open the box",
                "a step leave the box",
                "a step speech");
        assertThat(variable("speechLossPercent")).isNotEmpty();
        assertThat(variable("delayMillis")).isEmpty();
    }

    @Test
    void two_meet_in_a_room() {
        SampleResult result = only(new ConferenceSampler());

        assertSuccess(result, "a step meeting");
    }

    @Test
    void a_busy_number_is_told_by_its_status() {
        told.put("callee", "602");

        SampleResult result = only(new CallSampler());

        assertThat(result.isSuccessful()).isFalse();
        assertThat(result.getResponseCode()).isEqualTo("486");
        assertThat(variable("failure")).isEqualTo("busy");
    }

    @Test
    void a_refusal_that_is_expected_is_a_success() {
        told.put("callee", "602");
        told.put("expect", "486");

        SampleResult result = only(new CallSampler());

        assertThat(result.isSuccessful()).as(printed(result)).isTrue();
        assertThat(result.getResponseCode()).isEqualTo("486");
        assertThat(result.getSubResults())
                .extracting(SampleResult::getSampleLabel)
                .containsExactly("a step refusal");
        assertThat(variable("failure")).isEmpty();
    }

    @Test
    void another_refusal_than_the_expected_one_and_an_answer_are_failures() {
        told.put("expect", "486");
        told.put("callee", "604");
        SampleResult declined = only(new CallSampler());
        told.put("callee", "600");
        SampleResult answered = only(new CallSampler());

        assertThat(declined.isSuccessful()).isFalse();
        assertThat(declined.getResponseCode()).isEqualTo("603");
        assertThat(answered.isSuccessful()).isFalse();
        assertThat(variable("failure")).isEqualTo("answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "199", "700", "4860", ""})
    void an_expectation_that_is_no_status_is_told(String expected) {
        told.put("expect", expected);

        SampleResult result = only(new CallSampler());

        assertThat(result.getResponseCode()).isEqualTo("parameters");
        assertThat(result.getResponseMessage()).startsWith("a step: expect is neither 200 nor");
    }

    @Test
    void a_call_without_sound_is_set_up_lasts_and_is_released() {
        told.put("seconds", "1");
        told.put("maxSetup", "30s");

        SampleResult result = only(new SipCallSampler());

        assertSuccess(result, "a step set-up", "a step release", "a step maxSetup");
        assertThat(result.getTime()).isGreaterThanOrEqualTo(1_000);
        assertThat(result.getConnectTime()).isPositive();
        assertThat(variable("setUpMillis")).isEqualTo(Long.toString(result.getConnectTime()));
        assertThat(variable("mos")).isEmpty();
    }

    @Test
    void a_call_without_sound_is_refused_with_the_same_words() {
        told.put("callee", "602");
        SampleResult busy = only(new SipCallSampler());
        told.put("expect", "486");
        SampleResult expected = only(new SipCallSampler());
        told.put("callee", "600");
        SampleResult answered = only(new SipCallSampler());

        assertThat(busy.isSuccessful()).isFalse();
        assertThat(busy.getResponseCode()).isEqualTo("486");
        assertThat(expected.isSuccessful()).as(printed(expected)).isTrue();
        assertThat(expected.getResponseCode()).isEqualTo("486");
        assertThat(answered.isSuccessful()).isFalse();
        assertThat(answered.getResponseCode()).isEqualTo("answered");
    }

    @Test
    void a_call_that_is_worse_than_its_limits_is_a_failure() {
        told.put("minMos", "4.5");
        told.put("maxDelay", "1ms");

        SampleResult result = heard(CallSampler::new);

        assertThat(result.isSuccessful()).as(printed(result)).isFalse();
        assertThat(result.getResponseCode()).isEqualTo("min-mos");
        assertThat(result.getResponseMessage()).isEqualTo("min-mos: not 4.50 at least");
        assertThat(variable("failure")).isEqualTo("min-mos");
        assertThat(printed(result)).contains("a step maxDelay max-delay").contains("ms, 1 ms at most");
    }

    @Test
    void a_set_up_that_takes_longer_than_its_limit_is_a_failure() {
        told.put("seconds", "0.1");
        told.put("maxSetup", "1ms");

        SampleResult result = only(new SipCallSampler());

        assertThat(result.isSuccessful()).as(printed(result)).isFalse();
        assertThat(result.getResponseCode()).isEqualTo("max-setup");
    }

    @Test
    void a_user_logged_in_for_all_threads_has_many_calls_and_a_failed_one_ends_no_other() throws Exception {
        PhoneSampler logIn = new LogInSampler();
        PhoneSampler busy = new SipCallSampler();
        PhoneSampler lasting = new SipCallSampler();
        try {
            assertSuccess(logIn.runTest(context()), "a step register");
            told.put("seconds", "2");
            CompletableFuture<SampleResult> last = inOpenModel(lasting);
            Await.until("it is answered", () -> pbx.state().connectedCalls() == 1);
            told.put("callee", "602");
            SampleResult refused = inOpenModel(busy).get(1, TimeUnit.MINUTES);

            assertThat(refused.getResponseCode()).isEqualTo("486");
            assertThat(last.get(1, TimeUnit.MINUTES).isSuccessful())
                    .as(printed(last.get()))
                    .isTrue();
            assertThat(pbx.state().registrations()).hasSize(1);
        } finally {
            List.of(logIn, busy, lasting).forEach(sampler -> sampler.teardownTest(context()));
        }
        assertNothingLeft();
    }

    @Test
    void nobody_logs_in_when_a_call_of_an_open_model_is_due() throws Exception {
        PhoneSampler sampler = new CallSampler();
        SampleResult result;
        try {
            result = inOpenModel(sampler).get(1, TimeUnit.MINUTES);
        } finally {
            sampler.teardownTest(context());
        }

        assertThat(result.getResponseCode()).isEqualTo("not-logged-in");
        assertThat(pbx.state().requests("REGISTER")).isZero();
        assertNothingLeft();
    }

    /** Runs a sample in its own thread, as the Open Model Thread Group does. */
    private CompletableFuture<SampleResult> inOpenModel(PhoneSampler sampler) {
        JavaSamplerContext parameters = context();
        CompletableFuture<SampleResult> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            OpenModelThreadGroup group = new OpenModelThreadGroup();
            group.setScheduleString("rate(1/sec) even_arrivals(9 sec)");
            JMeterContextService.getContext().setVariables(new JMeterVariables());
            JMeterContextService.getContext().setThreadGroup(group);
            try {
                result.complete(sampler.runTest(parameters));
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        return result;
    }

    @Test
    void a_call_in_which_nothing_is_heard_is_a_failure() {
        told.put("callee", "606");

        SampleResult result = only(new CallSampler());

        assertThat(result.isSuccessful()).isFalse();
        assertThat(result.getResponseCode()).startsWith("speech-");
    }

    @Test
    void a_wrong_password_is_told_and_not_repeated() {
        told.put("password", "a-wrong-one");

        SampleResult result = only(new CallSampler());

        assertThat(result.isSuccessful()).isFalse();
        assertThat(variable("failure")).isEqualTo("wrong-credentials");
        assertThat(printed(result)).doesNotContain("a-wrong-one");
    }

    @Test
    void samplers_of_one_thread_share_its_engine_until_the_last_ends() {
        CallSampler first = new CallSampler();
        CallSampler second = new CallSampler();
        told.put("seconds", "2");

        assertThat(first.runTest(context()).isSuccessful()).isTrue();
        assertThat(second.runTest(context()).isSuccessful()).isTrue();
        assertThat(pbx.state().registrations()).hasSize(1);
        first.teardownTest(context());
        assertThat(pbx.state().registrations()).hasSize(1);
        second.teardownTest(context());

        assertNothingLeft();
    }

    /**
     * One good sample of three: a busy machine causes gaps in speech, and no other fault. A wrong
     * sampler fails each time.
     */
    private SampleResult heard(Supplier<PhoneSampler> sampler) {
        SampleResult result = only(sampler.get());
        for (int i = 1;
                i < 3 && !result.isSuccessful() && result.getResponseCode().startsWith("speech-");
                i++) {
            System.out.println("SamplersTest, once more: " + printed(result));
            result = only(sampler.get());
        }
        return result;
    }

    private SampleResult only(PhoneSampler sampler) {
        SampleResult result;
        try {
            result = sampler.runTest(context());
        } finally {
            sampler.teardownTest(context());
        }
        assertThat(printed(result)).doesNotContain(PASSWORD);
        assertNothingLeft();
        return result;
    }

    private void assertNothingLeft() {
        Await.until("nobody is registered", () -> pbx.state().registrations().isEmpty());
        Await.until(
                "no thread is left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("callclient-soak")
                                || thread.getName().startsWith("callclient-engine")));
    }

    private JavaSamplerContext context() {
        Arguments arguments = new Arguments();
        for (Parameter parameter : Parameter.values()) {
            String value = told.getOrDefault(parameter.key(), parameter.preset());
            arguments.addArgument(parameter.key(), value.replaceFirst("^\\$\\{__P\\(.*,(.*)\\)}$", "$1"));
        }
        arguments.addArgument(TestElement.NAME, "a step");
        return new JavaSamplerContext(arguments);
    }

    private static void assertSuccess(SampleResult result, String... steps) {
        assertThat(result.isSuccessful()).as(printed(result)).isTrue();
        // A busy machine stalls, which is reported but no failure.
        assertThat(result.getResponseCode()).matches("200|speech-excused");
        assertThat(Arrays.stream(result.getSubResults())
                        .map(SampleResult::getSampleLabel)
                        .filter(label -> !label.equals("a step excused")))
                .containsExactly(steps);
        assertThat(result.getSubResults()).allMatch(SampleResult::isSuccessful);
    }

    private static String printed(SampleResult result) {
        StringBuilder all = new StringBuilder();
        List.of(result)
                .forEach(each -> all.append(each.getResponseCode()).append(' ').append(each.getResponseMessage()));
        for (SampleResult part : result.getSubResults()) {
            all.append("; ")
                    .append(part.getSampleLabel())
                    .append(' ')
                    .append(part.getResponseCode())
                    .append(' ')
                    .append(part.getResponseMessage());
        }
        return all.toString();
    }

    private static String variable(String name) {
        return JMeterContextService.getContext().getVariables().get(name);
    }
}
