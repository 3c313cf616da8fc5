// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.Gate.Verdict;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each gate of registrations and calls from both sides: the last figure that is right, and the first that is not. */
class CallGatesTest {
    private static final List<String> OF_CALLS = List.of(
            "calls-without-fault",
            "speech-heard",
            "speech-not-judged",
            "speech-lost",
            "speech-lost-in-stalls",
            "silence-on-hold",
            "dtmf-received",
            "codecs-and-keys",
            "registrations-lost",
            "engine-exceptions");

    /** Where the way is somebody else's. */
    private static final List<String> ELSEWHERE =
            List.of("packets-lost", "one-way-delay-p99", "mos-p99", "set-up-time-p99");

    private static final MediaChoice SDES_ONLY =
            new MediaChoice(MediaChoice.G711, KeyingPolicy.SDES_ONLY, MediaChoice.Path.ICE_WHEN_OFFERED);

    private final RunStatistics statistics = new RunStatistics(List.of(SDES_ONLY, SDES_ONLY));
    private final RunEnvironment environment = RunEnvironment.open();
    private final SoakClient calls;
    private final CallGates gates;

    CallGatesTest() throws IOException {
        calls = environment.connect(settings(Impairment.NONE), statistics);
        gates = gates(settings(Impairment.NONE), () -> false);
    }

    @AfterEach
    void close() {
        calls.close();
        environment.close();
    }

    @Test
    void calls_as_they_should_be_hold_every_gate() {
        add(new FakeCall());
        List<String> all = new ArrayList<>(OF_CALLS);
        all.addAll(ELSEWHERE);
        assertThat(gates.calls(false)).extracting(Gate::id).containsExactlyElementsOf(all);
        assertThat(red()).isEmpty();
    }

    @Test
    void level_and_band_are_bounded_at_the_embedded_phone_system_alone() throws IOException {
        SoakSettings clean = settings(Impairment.NONE);
        assertThat(clean.speechLimits(true)).isEqualTo(SpeechLimits.CLEAN);
        assertThat(clean.speechLimits(false)).isEqualTo(SpeechLimits.CLEAN.atAnyLevelAndBand());
    }

    @Test
    void the_note_names_each_speech_failure_once() {
        add(new FakeCall()
                .heard(FakeCall.speech(Outcome.TOO_QUIET, 0, 0), FakeCall.speech(Outcome.MACHINE_STALLED, 0, 0)));
        add(new FakeCall().heard(FakeCall.speech(Outcome.GAPS, 3, 0), FakeCall.speech(Outcome.TOO_QUIET, 0, 0)));
        assertThat(gate("speech-heard").note()).isEqualTo("gaps, too-quiet");
    }

    @Test
    void a_limit_that_is_set_applies_to_each_direction() throws IOException {
        SpeechLimits usual = settings(Impairment.NONE).speechLimits(false);
        assertThat(CallLimits.NONE.applyTo(usual)).isEqualTo(usual);
        assertThat(new CallLimits(null, null, null, null, -10.0, 7_000, -50.0).applyTo(usual))
                .isEqualTo(usual.withLeastLevel(-10).withBand(7_000).withNoise(-50));
        assertThat(usual.withNoise(-50).noiseDbov()).isEqualTo(-50);
    }

    @Test
    void no_call_at_all_is_red_and_nothing_heard_spoken_held_or_pressed_too() {
        assertThat(red())
                .containsExactly(
                        "calls-without-fault", "speech-heard", "silence-on-hold", "dtmf-received", "codecs-and-keys");
    }

    @Test
    void without_figures_of_an_end_there_is_no_estimate() {
        add(new FakeCall());
        assertThat(statistics.media(Duration.ZERO, 0, 0, Duration.ZERO).worstMos())
                .isNaN();
        assertThat(statistics.media().figures())
                .isNotEmpty()
                .allSatisfy(figures -> assertThat(figures.worstMos()).isNaN());
    }

    @Test
    void a_call_that_never_finished_is_red() {
        add(new FakeCall());
        onLoop(statistics::attempted);
        assertThat(red()).containsExactly("calls-without-fault");
    }

    @Test
    void a_call_with_a_fault_is_red() {
        add(new FakeCall());
        add(new FakeCall().problem("not-answered"));
        assertThat(red()).containsExactly("calls-without-fault");
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"VERIFIED", "MACHINE_STALLED"})
    void speech_that_is_not_verified_is_red(Outcome outcome) {
        add(new FakeCall());
        add(new FakeCall().heard(FakeCall.speech(Outcome.VERIFIED, 0, 0), FakeCall.speech(outcome, 0, 0)));
        assertThat(red()).containsExactly("calls-without-fault", "speech-heard");
    }

    @Test
    void one_direction_is_not_speech_heard_both_ways() {
        add(new FakeCall().heard(FakeCall.speech(Outcome.VERIFIED, 0, 0)));
        assertThat(red()).contains("speech-heard");
    }

    @Test
    void speech_of_which_nothing_can_be_said_is_not_among_that_heard() {
        add(new FakeCall());
        add(new FakeCall()
                .heard(FakeCall.speech(Outcome.MACHINE_STALLED, 0, 0), FakeCall.speech(Outcome.MACHINE_STALLED, 0, 0)));
        assertThat(red()).containsExactly("speech-not-judged");
        assertThat(gate("speech-heard").measured()).isEqualTo("2 of 2");
    }

    /** Of 40 directions. */
    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, true", "3, false", "4, false", "20, false", "40, false"})
    void one_direction_of_twenty_may_go_unjudged(int stalled, boolean right) {
        for (int i = 0; i < 20; i++) {
            Outcome callee = 2 * i < stalled ? Outcome.MACHINE_STALLED : Outcome.VERIFIED;
            Outcome caller = 2 * i + 1 < stalled ? Outcome.MACHINE_STALLED : Outcome.VERIFIED;
            add(new FakeCall().heard(FakeCall.speech(callee, 0, 0), FakeCall.speech(caller, 0, 0)));
        }
        assertThat(gate("speech-not-judged").green()).isEqualTo(right);
    }

    /** A fifth of what one call may lose. */
    @ParameterizedTest
    @CsvSource({"0, true", "0.39, true", "0.41, false", "2, false"})
    void over_all_calls_0_4_percent_of_speech_may_be_lost(double gaps, boolean right) {
        add(new FakeCall()
                .heard(FakeCall.speech(Outcome.VERIFIED, gaps, 0), FakeCall.speech(Outcome.VERIFIED, gaps, 0)));
        assertThat(red()).isEqualTo(right ? List.of() : List.of("speech-lost"));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "3, true", "3.1, false", "33, false"})
    void over_all_calls_3_percent_of_speech_may_be_lost_in_stalls(double excused, boolean right) {
        add(new FakeCall()
                .heard(FakeCall.speech(Outcome.VERIFIED, 0, excused), FakeCall.speech(Outcome.VERIFIED, 0, excused)));
        assertThat(red()).isEqualTo(right ? List.of() : List.of("speech-lost-in-stalls"));
    }

    @ParameterizedTest
    @EnumSource(value = SilenceVerdict.Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void an_ear_that_was_not_silent_on_hold_is_red_whichever_it_is(SilenceVerdict.Outcome outcome) {
        for (boolean held : new boolean[] {true, false}) {
            add(new FakeCall()
                    .onHold(
                            FakeCall.silence(held ? outcome : SilenceVerdict.Outcome.SILENT),
                            FakeCall.silence(held ? SilenceVerdict.Outcome.SILENT : outcome)));
        }
        assertThat(red()).containsExactly("calls-without-fault", "silence-on-hold");
        assertThat(gate("silence-on-hold").measured()).isEqualTo("2 of 4");
    }

    @Test
    void no_hold_or_one_ear_of_it_alone_is_red() {
        add(new FakeCall().onHold());
        assertThat(red()).containsExactly("silence-on-hold");
        add(new FakeCall().onHold(FakeCall.silence(SilenceVerdict.Outcome.SILENT)));
        assertThat(red()).containsExactly("silence-on-hold");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "4, 3, false", "4, 5, false", "4, 0, false", "1, 1, true"})
    void as_many_digits_arrive_as_were_pressed_and_at_least_one(int pressed, int arrived, boolean right) {
        add(new FakeCall().keys(pressed, arrived));
        assertThat(red()).isEqualTo(right ? List.of() : List.of("dtmf-received"));
    }

    @Test
    void a_codec_that_the_account_does_not_have_is_red_at_either_end() {
        EndMedia right = FakeCall.media("PCMA", MediaKeying.SDES);
        EndMedia wrong = FakeCall.media("opus", MediaKeying.SDES);
        for (List<EndMedia> ends : List.of(List.of(right, wrong), List.of(wrong, right))) {
            add(new FakeCall().media(ends));
        }
        assertThat(red()).containsExactly("codecs-and-keys");
        assertThat(gate("codecs-and-keys").measured()).isEqualTo("2 of 4");
    }

    @Test
    void keys_from_where_the_account_takes_none_are_red() {
        add(new FakeCall()
                .media(List.of(FakeCall.media("PCMA", MediaKeying.SDES), FakeCall.media("PCMA", MediaKeying.DTLS))));
        assertThat(red()).containsExactly("codecs-and-keys");
    }

    @Test
    void one_end_that_spoke_is_too_few() {
        add(new FakeCall().media(List.of(FakeCall.media("PCMA", MediaKeying.SDES))));
        assertThat(red()).containsExactly("codecs-and-keys");
    }

    @Test
    void one_registration_lost_is_red_though_it_came_back() {
        add(new FakeCall());
        registered("a", RegistrationState.WAITING, new Failure.Unreachable());
        registered("a", RegistrationState.REGISTERED, null);
        assertThat(red()).containsExactly("registrations-lost");
    }

    @Test
    void one_exception_inside_the_engine_is_red_and_told() {
        add(new FakeCall());
        calls.defects().add("java.lang.IllegalStateException at Somewhere");
        assertThat(red()).containsExactly("engine-exceptions");
        assertThat(gate("engine-exceptions").note()).isEqualTo("java.lang.IllegalStateException at Somewhere");
    }

    @ParameterizedTest
    @CsvSource({
        "2, -1, HOLDS",
        "2, 2, HOLDS",
        "1, -1, RED",
        "1, 1, RED",
        "1, 2, RED",
        "2, 1, RED",
        "2, 3, RED",
        "0, 0, RED"
    })
    void all_users_are_registered_and_the_phone_system_knows_of_them(int ours, int theirs, Verdict verdict) {
        for (int i = 0; i < 2; i++) {
            registered("user " + i, i < ours ? RegistrationState.REGISTERED : RegistrationState.WAITING, null);
        }
        assertThat(gates.registrations(new Counted(theirs, 0)).verdict()).isEqualTo(verdict);
    }

    @Test
    void a_failure_inside_the_phone_system_is_red_where_it_can_be_asked() {
        assertThat(CallGates.phoneSystem(new Counted(0, -1))).isEmpty();
        assertThat(CallGates.phoneSystem(new Counted(0, 0))).hasSize(1).allMatch(Gate::green);
        assertThat(CallGates.phoneSystem(new Counted(0, 1)))
                .extracting(Gate::verdict)
                .containsExactly(Verdict.RED);
    }

    @Test
    void a_run_that_was_ended_early_is_judged_by_the_exceptions_alone() throws IOException {
        add(new FakeCall());
        calls.defects().add("java.lang.IllegalStateException at Somewhere");
        CallGates ended = gates(settings(Impairment.NONE), () -> true);
        assertThat(ended.calls(true))
                .filteredOn(gate -> !gate.id().equals("engine-exceptions"))
                .hasSize(9 + 12)
                .extracting(Gate::verdict)
                .containsOnly(Verdict.NOT_JUDGED);
        assertThat(ended.calls(true))
                .filteredOn(gate -> gate.id().equals("engine-exceptions"))
                .extracting(Gate::verdict)
                .containsExactly(Verdict.RED);
        assertThat(ended.registrations(new Counted(-1, 0)).verdict()).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(ended.features(true, true))
                .isNotEmpty()
                .extracting(Gate::verdict)
                .containsOnly(Verdict.NOT_JUDGED);
    }

    @Test
    void loopback_limits_apply_only_without_an_impaired_network() throws IOException {
        add(new FakeCall());
        Impairment lossy = new Impairment(1, Duration.ZERO);
        assertThat(gates.calls(true)).hasSize(10 + 12);
        assertThat(gates.calls(false)).hasSize(10 + 4);
        assertThat(gates(settings(lossy), () -> false).calls(true)).hasSize(10 + 1);
        assertThat(gates(settings(lossy), () -> false).calls(false)).hasSize(10 + 1);
        CallLimits set = new CallLimits(5.0, null, null, null, null, null, null);
        assertThat(new CallGates(settings(lossy), set, calls, statistics, () -> false).calls(false))
                .hasSize(10 + 1 + 1)
                .extracting(Gate::source)
                .contains("--max-loss");
    }

    /** Both ends lose 5 % on their way out and in: 9.75 % between mouth and ear. */
    @ParameterizedTest
    @CsvSource({"0, 3.8, RED", "0, 4.0, HOLDS", "2.5, 7, HOLDS", "9, 10.4, HOLDS", "9, 10.6, RED"})
    void loss_that_was_asked_for_has_to_be_heard_and_not_far_more_of_it(
            double missing, double another, Verdict expected) throws IOException {
        add(new FakeCall()
                .heard(
                        FakeCall.speech(Outcome.VERIFIED, missing, 0, another),
                        FakeCall.speech(Outcome.VERIFIED, missing, 0, another)));
        assertThat(gates(settings(new Impairment(5, Duration.ZERO)), () -> false)
                        .calls(true))
                .filteredOn(gate -> gate.id().equals("loss-asked-for"))
                .extracting(Gate::verdict)
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lamps_and_texts_have_gates_where_they_are_asked_for(boolean asked) throws IOException {
        Set<CallFeature> features =
                asked ? Set.of(CallFeature.LAMPS, CallFeature.TEXTS) : Set.of(CallFeature.BLIND_TRANSFER);
        CallGates some = gates(settings(Impairment.NONE, features), () -> false);
        assertThat(some.features(true, true))
                .extracting(Gate::id)
                .containsExactlyElementsOf(
                        asked
                                ? List.of("lamp-changes", "texts-received", "texts-delivered")
                                : List.of("blind-transfer-done", "blind-transfer-speech-heard"));
    }

    private List<String> red() {
        return gates.calls(false).stream()
                .filter(gate -> gate.verdict() == Verdict.RED)
                .map(Gate::id)
                .toList();
    }

    private Gate gate(String id) {
        return gates.calls(false).stream()
                .filter(gate -> gate.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void onLoop(Runnable task) {
        calls.waiting().ask(() -> {
            task.run();
            return true;
        });
    }

    private void add(FakeCall call) {
        onLoop(() -> {
            statistics.attempted();
            statistics.add(call.ended(), SoakPhoneSystem.OnHold.SILENCE);
        });
    }

    private void registered(String id, RegistrationState state, @Nullable Failure failure) {
        Account account = (Account) Proxy.newProxyInstance(
                Account.class.getClassLoader(), new Class<?>[] {Account.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("id")) {
                        return id;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
        onLoop(() -> calls.registrations()
                .changed(
                        account,
                        new RegistrationSnapshot(state, failure, null, null, false, 0, PushSupport.NOT_ASKED, null)));
    }

    private CallGates gates(SoakSettings settings, BooleanSupplier stopped) {
        return new CallGates(settings, CallLimits.NONE, calls, statistics, stopped);
    }

    private static SoakSettings settings(Impairment impairment) throws IOException {
        return settings(impairment, CallFeature.all());
    }

    private static SoakSettings settings(Impairment impairment, Set<CallFeature> features) throws IOException {
        return new SoakSettings(
                2,
                0,
                VaultKind.PASSPHRASE,
                1,
                Duration.ofSeconds(1),
                SipTransport.TLS,
                null,
                1,
                impairment,
                SpeechClip.builtIn(),
                MediaMix.PLAIN,
                features);
    }

    /** One that counts as it is told. */
    private record Counted(int registered, int failures) implements SoakPhoneSystem {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public SipAccount account(int index) {
            throw new UnsupportedOperationException("account");
        }

        @Override
        public String number(int index) {
            throw new UnsupportedOperationException("number");
        }

        @Override
        public OnHold onHold(int caller) {
            return OnHold.SILENCE;
        }

        @Override
        public List<String> failurePlaces() {
            return Collections.nCopies(Math.max(0, failures), "somewhere");
        }

        @Override
        public void close() {}
    }
}
