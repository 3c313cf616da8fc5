// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.CallResult.Stalls;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.run.FakeCall;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.statistics.LoopbackGates.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each figure of the table is bounded, and only what stalls can have cost is taken off it. */
class LoopbackGatesTest {
    /** What each end of a call sends. */
    private static final int PACKETS = 350;

    private final LoopbackGates gates = new LoopbackGates();

    @Test
    void calls_as_they_should_be_hold_every_gate() {
        asked(1);
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        assertThat(gates.gates(Way.OURS, CallLimits.NONE)).hasSize(12).allMatch(Gate::green);
    }

    @ParameterizedTest
    @CsvSource({
        "packets lost, 1, 0, 0, 0, 70, 4.3, 30",
        "packets late, 0, 4, 0, 0, 70, 4.3, 30",
        "frames concealed, 0, 0, 8, 0, 70, 4.3, 30",
        "frames inserted, 0, 0, 0, 160, 70, 4.3, 30",
        "'one-way delay, median', 0, 0, 0, 0, 150, 4.3, 30",
        "'one-way delay, 99 of 100 directions', 0, 0, 0, 0, 250, 4.3, 30",
        "'estimated MOS, 99 of 100 calls', 0, 0, 0, 0, 70, 3.9, 30",
        "'estimated MOS, worst', 0, 0, 0, 0, 70, 3.5, 30",
        "'set-up time, median', 0, 0, 0, 0, 70, 4.3, 200",
        "'set-up time, 99 of 100 calls', 0, 0, 0, 0, 70, 4.3, 1200",
    })
    void a_figure_beyond_its_limit_is_red(
            String gate, int lost, int late, int concealed, int inserted, int delay, double mos, int setUp) {
        asked(1);
        gates.add(call(lost, late, concealed, inserted, delay, mos, setUp, Stalls.NONE));
        assertThat(red()).contains(gate);
    }

    @ParameterizedTest
    @CsvSource({
        "9, 1, 0, true",
        "10, 1, 0, false",
        "10, 1, 1, false",
        "10, 0, 2, true",
        "51, 1, 1, false",
        "51, 2, 1, true",
        "199, 2, 2, true",
        "200, 2, 2, false",
        "200, 2, 3, true",
    })
    void of_ten_calls_and_more_one_of_a_hundred_may_have_a_lower_MOS(
            int calls, int atCallers, int atCallees, boolean red) {
        asked(calls);
        for (int i = 0; i < calls; i++) {
            CallQuality caller = quality(0, 0, 0, i < atCallers ? 3.9 : 4.3);
            CallQuality callee = quality(0, 0, 0, i < atCallees ? 3.9 : 4.3);
            gates.add(call(caller, callee, 0, 70, 30, Stalls.NONE));
        }
        assertThat(red().contains("estimated MOS, 99 of 100 calls")).isEqualTo(red);
    }

    @Test
    void a_stall_excuses_only_the_loss_it_can_have_caused() {
        Stalls stalls = new Stalls(1, Duration.ofMillis(100), Duration.ofMillis(100));
        asked(1);
        gates.add(call(0, 0, 6, 0, 70, 3.0, 30, stalls));
        assertThat(red()).isEmpty();
        gates.add(call(0, 0, 30, 0, 300, 3.0, 30, stalls));
        assertThat(red()).contains("frames concealed", "one-way delay, 99 of 100 directions");
    }

    @ParameterizedTest
    @CsvSource({"OURS, 1", "OURS, 15", "OTHERS, 15"})
    void no_stall_excuses_a_packet_that_sequence_numbers_show_as_lost(Way way, int lost) {
        asked(1);
        gates.add(call(lost, 0, 0, 0, 70, 4.3, 30, new Stalls(20, Duration.ofSeconds(1), Duration.ofMillis(100))));
        assertThat(gates.gates(way, CallLimits.NONE))
                .filteredOn(gate -> gate.id().equals("packets-lost"))
                .extracting(Gate::verdict, Gate::measured)
                .containsExactly(
                        tuple(Gate.Verdict.RED, String.format(Locale.ROOT, "%.2f %%", 100.0 * lost / PACKETS)));
    }

    /** From both sides: a stall of 60 ms explains three frames and one at its edge. */
    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "4, false", "5, true"})
    void a_stall_that_explains_each_concealed_frame_makes_no_estimate_red(int concealed, boolean red) {
        Stalls stalls = new Stalls(1, Duration.ofMillis(60), Duration.ofMillis(60));
        asked(2);
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        gates.attempted();
        gates.add(call(0, 0, concealed, 0, 70, 3.0, 30, stalls));
        assertThat(red().contains("estimated MOS, 99 of 100 calls")).isEqualTo(red);
        assertThat(red().contains("estimated MOS, worst")).isEqualTo(red);
    }

    @ParameterizedTest
    @CsvSource({"4.4 4.4 3.6 3.7, ''", "4.4 3.8 3.8 3.9, 99", "3.0 3.0 4.4 4.4, 99", "4.4 4.4 4.4 3.5, worst"})
    void an_end_counts_by_the_mean_of_its_seconds_and_once_more_by_its_last(String seconds, String red) {
        List<QualitySample> history = Stream.of(seconds.split(" "))
                .map(mos -> new QualitySample(
                        Instant.EPOCH, Double.parseDouble(mos), 0, Duration.ZERO, null, Duration.ZERO))
                .toList();
        CallQuality end = quality(0, 0, 0, history.get(history.size() - 1).mos(), history);
        asked(1);
        gates.add(call(end, end, 0, 70, 30, Stalls.NONE));
        assertThat(red())
                .isEqualTo(Stream.of("99 of 100 calls", "worst")
                        .filter(which -> !red.isEmpty() && which.startsWith(red))
                        .map(which -> "estimated MOS, " + which)
                        .toList());
    }

    /** The worst gate's limit is 3.6, that of 99 of 100 is 4.0. */
    @ParameterizedTest
    @CsvSource({
        "3.0 4.4 3.0, 0, HOLDS, HOLDS, 4.40",
        "3.0 3.9 3.0, 0, NOT_JUDGED, HOLDS, 3.90",
        "1.0 1.0, 0, NOT_JUDGED, NOT_JUDGED, 1.00",
        "3.0 4.4 3.0, 4, RED, RED, 3.47",
        "1.0 1.0, 4, RED, RED, 1.00",
    })
    void an_end_in_which_the_machine_stalled_counts_by_its_best_second_and_is_never_red(
            String seconds, int lost, Gate.Verdict of99, Gate.Verdict worst, String measured) {
        List<QualitySample> history = Stream.of(seconds.split(" "))
                .map(mos -> new QualitySample(
                        Instant.EPOCH, Double.parseDouble(mos), 0, Duration.ZERO, null, Duration.ZERO))
                .toList();
        CallQuality end = quality(lost, 0, 4, history.get(history.size() - 1).mos(), history);
        asked(1);
        gates.add(call(end, end, 0, 70, 30, new Stalls(1, Duration.ofMillis(60), Duration.ofMillis(60))));
        assertThat(gates.gates(Way.OURS, CallLimits.NONE))
                .filteredOn(gate -> gate.id().startsWith("mos-"))
                .extracting(Gate::verdict)
                .containsExactly(of99, worst);
        assertThat(gates.gates(Way.OURS, CallLimits.NONE))
                .filteredOn(gate -> gate.id().equals("mos-p99"))
                .extracting(Gate::measured)
                .containsExactly(measured);
    }

    @Test
    void a_low_estimate_without_a_stall_is_red_beside_lower_ones_with_stalls() {
        asked(2);
        gates.attempted();
        gates.add(call(0, 0, 0, 0, 70, 3.0, 30, new Stalls(1, Duration.ofSeconds(1), Duration.ofSeconds(1))));
        assertThat(red()).containsExactly("calls made, of those attempted");
        gates.add(call(0, 0, 0, 0, 70, 3.5, 30, Stalls.NONE));
        assertThat(red()).containsExactly("estimated MOS, 99 of 100 calls", "estimated MOS, worst");
    }

    @Test
    void a_gate_without_data_is_not_judged() {
        assertThat(gates.gates(Way.OURS, CallLimits.NONE)).hasSize(12).allSatisfy(gate -> {
            assertThat(gate.verdict()).isEqualTo(Gate.Verdict.NOT_JUDGED);
            assertThat(gate.measured()).isEqualTo("none");
            assertThat(gate.figure().value()).isNaN();
        });
    }

    @Test
    void the_rate_asked_for_is_reached_or_it_is_said_why_not() {
        asked(3);
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        assertThat(red()).containsExactly("calls attempted when due, if two extensions were free");
        gates.noneFree();
        gates.noneFree();
        assertThat(gates.gates(Way.OURS, CallLimits.NONE))
                .filteredOn(gate -> gate.title().startsWith("calls attempted"))
                .allMatch(Gate::green)
                .extracting(Gate::note)
                .containsExactly("1 calls, 2 times no two extensions were free");
    }

    @Test
    void a_consultation_was_not_due_by_the_clock() {
        asked(2);
        gates.consulted();
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        assertThat(red()).containsExactly("calls attempted when due, if two extensions were free");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20, 200})
    void one_call_that_was_not_made_is_red(int attempted) {
        gates.askedFor(attempted);
        gates.attempted();
        for (int made = 1; made < attempted; made++) {
            gates.attempted();
            gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        }
        assertThat(red()).containsExactly("calls made, of those attempted");
    }

    /** Each from both sides: the last figure that is right, and the first that is not. */
    @ParameterizedTest
    @CsvSource({
        "packets-lost, 3, 0, 4.3, 30, true",
        "packets-lost, 4, 0, 4.3, 30, false",
        "one-way-delay-p99, 0, 399, 4.3, 30, true",
        "one-way-delay-p99, 0, 401, 4.3, 30, false",
        "mos-p99, 0, 70, 3.6, 30, true",
        "mos-p99, 0, 70, 3.5, 30, false",
        "set-up-time-p99, 0, 70, 4.3, 2990, true",
        "set-up-time-p99, 0, 70, 4.3, 3010, false",
    })
    void at_another_phone_system_a_part_is_asked_with_limits_of_its_own(
            String id, int lost, int delay, double mos, int setUp, boolean right) {
        asked(1);
        gates.add(call(lost, 0, 0, 0, delay, mos, setUp, Stalls.NONE));
        List<Gate> elsewhere = gates.gates(Way.OTHERS, CallLimits.NONE);
        assertThat(elsewhere)
                .extracting(Gate::id)
                .containsExactly("packets-lost", "one-way-delay-p99", "mos-p99", "set-up-time-p99");
        assertThat(elsewhere).allMatch(gate -> gate.source().equals("default for another phone system"));
        assertThat(elsewhere)
                .filteredOn(gate -> gate.verdict() == Gate.Verdict.RED)
                .extracting(Gate::id)
                .isEqualTo(right ? List.of() : List.of(id));
    }

    @ParameterizedTest
    @CsvSource({
        "OURS, packets-lost, at most 5.00 %",
        "OURS, one-way-delay-p99, at most 90 ms",
        "OURS, mos-p99, at least 3.00",
        "OURS, set-up-time-p99, at most 700 ms",
        "OURS, speech-level, at least -10.0 dB",
        "OURS, speech-band, at least 7000 Hz",
        "OTHERS, packets-lost, at most 5.00 %",
        "OTHERS, one-way-delay-p99, at most 90 ms",
        "OTHERS, mos-p99, at least 3.00",
        "OTHERS, set-up-time-p99, at most 700 ms",
        "OTHERS, speech-level, at least -10.0 dB",
        "OTHERS, speech-band, at least 7000 Hz",
        "IMPAIRED, packets-lost, at most 5.00 %",
        "IMPAIRED, one-way-delay-p99, at most 90 ms",
        "IMPAIRED, mos-p99, at least 3.00",
        "IMPAIRED, set-up-time-p99, at most 700 ms",
        "IMPAIRED, speech-level, at least -10.0 dB",
        "IMPAIRED, speech-band, at least 7000 Hz",
    })
    void a_limit_set_by_an_option_applies_and_the_option_is_named_as_its_source(Way way, String id, String limit) {
        CallLimits set = new CallLimits(5.0, 3.0, Duration.ofMillis(90), Duration.ofMillis(700), -10.0, 7_000, null);
        assertThat(gates.gates(way, set))
                .filteredOn(gate -> gate.id().equals(id))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.limit()).isEqualTo(limit);
                    assertThat(gate.source()).startsWith("--");
                });
    }

    /** A median is no longer held against whoever allows more, and is no easier to keep for whoever allows less. */
    @Test
    void derived_limits_are_never_stricter_than_configured_ones() {
        CallLimits laxer = new CallLimits(null, 3.0, Duration.ofMillis(300), Duration.ofMillis(700), null, null, null);
        assertThat(gates.gates(Way.OURS, laxer))
                .filteredOn(gate -> gate.source().startsWith("--"))
                .extracting(gate -> gate.id() + " " + gate.limit())
                .containsExactly(
                        "one-way-delay-median at most 300 ms",
                        "one-way-delay-p99 at most 300 ms",
                        "mos-p99 at least 3.00",
                        "mos-worst at least 3.00",
                        "set-up-time-median at most 700 ms",
                        "set-up-time-p99 at most 700 ms");
        CallLimits stricter =
                new CallLimits(null, 4.1, Duration.ofMillis(90), Duration.ofMillis(100), null, null, null);
        assertThat(gates.gates(Way.OURS, stricter))
                .filteredOn(gate -> gate.id().endsWith("-median") || gate.id().endsWith("-worst"))
                .extracting(gate -> gate.id() + " " + gate.limitInWords())
                .containsExactly(
                        "one-way-delay-median at most 120 ms, default for the embedded phone system",
                        "mos-worst at least 3.60, default for the embedded phone system",
                        "set-up-time-median at most 150 ms, default for the embedded phone system");
    }

    @Test
    void a_run_that_impairs_packets_is_judged_only_by_limits_that_were_set() {
        assertThat(gates.gates(Way.IMPAIRED, CallLimits.NONE)).isEmpty();
        assertThat(gates.gates(
                        Way.IMPAIRED, new CallLimits(null, null, Duration.ofMillis(300), null, null, null, null)))
                .extracting(Gate::id)
                .containsExactly("one-way-delay-p99");
    }

    /** Each from both sides. An ear tells the end of the telephone's band, 3,400 Hz, by its step at 3,300. */
    @ParameterizedTest
    @CsvSource({
        "-10, 7000, -9.9, 7000, ''",
        "-10, 7000, -10, 7000, ''",
        "-10, 7000, -10.1, 7000, speech-level",
        "-10, 7000, 0, 5900, speech-band",
        "-10, 3400, 0, 3300, ''",
        "-10, 3400, 0, 2700, speech-band",
        "-10, 7000, -12, 4000, 'speech-level, speech-band'",
    })
    void the_quietest_and_the_narrowest_direction_count(
            double least, int band, double level, int heard, String expected) {
        asked(1);
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        gates.add(FakeCall.heardAt(SpeechVerdict.Outcome.VERIFIED, level, heard));
        gates.add(FakeCall.heardAt(SpeechVerdict.Outcome.VERIFIED, 0, 7_000));
        // Of what was hardly heard neither says anything.
        gates.add(FakeCall.heardAt(SpeechVerdict.Outcome.NOTHING_HEARD, -80, 0));
        CallLimits set = new CallLimits(null, null, null, null, least, band, null);
        assertThat(gates.gates(Way.OTHERS, set))
                .filteredOn(gate -> gate.verdict() == Gate.Verdict.RED)
                .extracting(Gate::id)
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(", ")));
        assertThat(gates.gates(Way.OTHERS, set))
                .filteredOn(gate -> gate.id().startsWith("speech-"))
                .extracting(Gate::measured, gate -> gate.figure().unit())
                .containsExactly(
                        tuple(String.format(Locale.ROOT, "%+.1f dB", Math.min(0, level)), "dB"),
                        tuple(heard + " Hz", "Hz"));
    }

    @ParameterizedTest
    @EnumSource
    void level_and_band_are_judged_only_if_their_limits_are_set(Way way) {
        assertThat(gates.gates(way, CallLimits.NONE))
                .extracting(Gate::id)
                .doesNotContain("speech-level", "speech-band");
        assertThat(gates.gates(way, new CallLimits(null, null, null, null, -10.0, 7_000, null)))
                .filteredOn(gate -> gate.id().startsWith("speech-"))
                .extracting(Gate::source, Gate::verdict, Gate::measured)
                .containsExactly(
                        tuple("--min-level", Gate.Verdict.NOT_JUDGED, "none"),
                        tuple("--band", Gate.Verdict.NOT_JUDGED, "none"));
    }

    @Test
    void a_delay_of_no_direction_is_not_judged() {
        asked(1);
        gates.add(new FakeCall()
                .heard(FakeCall.speech(SpeechVerdict.Outcome.GAPS, 3, 0))
                .ended());
        assertThat(gates.gates(Way.OTHERS, CallLimits.NONE))
                .filteredOn(gate -> gate.id().equals("one-way-delay-p99"))
                .extracting(Gate::verdict, Gate::measured)
                .containsExactly(tuple(Gate.Verdict.NOT_JUDGED, "none"));
    }

    private void asked(int calls) {
        gates.askedFor(calls);
        gates.attempted();
    }

    private List<String> red() {
        return gates.gates(Way.OURS, CallLimits.NONE).stream()
                .filter(gate -> gate.verdict() == Gate.Verdict.RED)
                .map(Gate::title)
                .toList();
    }

    private static CallResult call(
            int lost, int late, int concealed, int inserted, int delay, double mos, int setUp, Stalls stalls) {
        CallQuality quality = quality(lost, late, concealed, mos);
        return call(quality, quality, inserted, delay, setUp, stalls);
    }

    private static CallResult call(
            CallQuality one, CallQuality other, int inserted, int delay, int setUp, Stalls stalls) {
        SpeechVerdict heard = new SpeechVerdict(
                SpeechVerdict.Outcome.VERIFIED,
                Duration.ofSeconds(3),
                0,
                0,
                Duration.ZERO,
                0,
                0,
                0.5,
                4.5,
                0,
                SpeechLimits.WIDEST_BAND,
                Duration.ofMillis(delay),
                0,
                Duration.ofMillis(inserted),
                List.of());
        return new CallResult(
                1,
                0,
                1,
                Duration.ofMillis(setUp),
                Duration.ofSeconds(7),
                null,
                List.of(heard, heard),
                List.of(),
                0,
                0,
                0,
                List.of(one, other),
                stalls,
                List.of(),
                List.of(),
                List.of());
    }

    private static CallQuality quality(int lost, int late, int concealed, double mos) {
        return quality(lost, late, concealed, mos, List.of());
    }

    private static CallQuality quality(int lost, int late, int concealed, double mos, List<QualitySample> history) {
        return new CallQuality(
                "PCMU",
                null,
                new QualitySample(Instant.EPOCH, mos, 0, Duration.ZERO, null, Duration.ZERO),
                new CallQuality.Sending(PACKETS, false),
                new CallQuality.Receiving(PACKETS, late, lost, concealed, 0, null, null),
                null,
                null,
                history);
    }
}
