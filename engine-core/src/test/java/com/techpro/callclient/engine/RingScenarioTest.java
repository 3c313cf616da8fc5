// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.internal.tone.HeardTones;
import com.techpro.callclient.engine.internal.tone.WavFile;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.engine.tone.ToneProblem;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeCallUi;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is heard of a call that comes in, on the speaker; and what ends it. */
class RingScenarioTest {
    private static final String BOB = ScriptedPhoneSystem.HOST;
    private static final CallTones GERMAN = CallTones.DEFAULT.withRegion("DE");
    private static final String RING = "660+880/1000,0/4000";

    @TempDir
    Path folder;

    private final List<ToneProblem> problems = new ArrayList<>();
    private ScriptedPhoneSystem scene;
    private Call call;

    @AfterEach
    void close() {
        scene.close();
        assertThat(scene.audio.openStreams()).isZero();
    }

    private void open(CallTones tones, UnaryOperator<CallClientConfig.Builder> more) {
        scene = new ScriptedPhoneSystem(
                        700,
                        SipTransport.UDP,
                        account -> account.codecs(Set.of("pcmu")),
                        config -> more.apply(config.tones(tones)))
                .registered();
        scene.client.addListener(new CallClientListener() {
            @Override
            public void toneUnavailable(ToneProblem problem) {
                problems.add(problem);
            }
        });
        scene.pass(Duration.ofSeconds(1));
    }

    private Call invite(String id) {
        int before = scene.incoming.size();
        scene.invite(id, "z9hG4bK" + id, 1, sdp(BOB, 40_000, 1));
        scene.until(() -> scene.incoming.size() > before);
        return scene.incoming.get(before);
    }

    private void ring(CallTones tones) {
        open(tones, config -> config);
        call = invite("in1");
    }

    private void assertHeard(Duration length, String rhythm, int bursts) {
        scene.audio.forgetHeard();
        scene.pass(length);
        HeardTones.assertRhythm(scene.audio.heard(), scene.audio.heardRate(), rhythm, bursts);
    }

    private void assertQuiet() {
        scene.audio.forgetHeard();
        scene.pass(Duration.ofSeconds(6));
        assertThat(HeardTones.in(scene.audio.heard(), scene.audio.heardRate())).isEmpty();
    }

    /** Within a frame and the ramp; the device is let go a moment later. */
    private void assertStopsAtOnce() {
        scene.pass(Duration.ofMillis(1));
        scene.audio.forgetHeard();
        scene.pass(Duration.ofMillis(120));
        assertThat(HeardTones.in(scene.audio.heard(), 8_000))
                .allSatisfy(burst -> assertThat(burst.millis()).isLessThanOrEqualTo(25));
    }

    private void cancel(String... reason) {
        scene.pbx.send("CANCEL " + scene.pbx.last("REGISTER").uri("Contact") + " SIP/2.0\nVia: SIP/2.0/UDP " + BOB
                + ":5060;branch=z9hG4bKin1\nMax-Forwards: 70\nFrom: \"Bob\" <sip:bob@" + BOB
                + ">;tag=bob\nTo: <sip:alice@" + BOB + ">\nCall-ID: in1\nCSeq: 1 CANCEL\n"
                + String.join("\n", reason) + (reason.length == 0 ? "" : "\n"));
    }

    @Test
    void a_call_that_comes_in_rings_in_the_country_s_rhythm() {
        ring(GERMAN);

        assertHeard(Duration.ofSeconds(12), RING, 2);
        assertThat(scene.audio.openStreams()).as("no microphone").isEqualTo(1);
        assertThat(problems).isEmpty();
    }

    @Test
    void a_ring_ends_with_the_answer_and_the_devices_are_the_call_s() {
        ring(GERMAN);
        scene.pass(Duration.ofMillis(300));
        call.answer();
        assertStopsAtOnce();

        ScriptedMessage ok = scene.pbx.last("SIP/2.0 200");
        scene.pbx.request("ACK", ok, 1, "bob");
        scene.pass(Duration.ofMillis(200));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(scene.audio.openStreams()).isEqualTo(2);
        assertThat(scene.audio.opened()).isEqualTo(3);
    }

    @Test
    void a_ring_ends_with_the_refusal() {
        ring(GERMAN);
        scene.pass(Duration.ofMillis(300));
        call.reject(RejectReason.DECLINED);
        assertStopsAtOnce();

        assertThat(scene.audio.openStreams()).isZero();
        assertQuiet();
    }

    @Test
    void a_ring_ends_when_the_caller_gives_up() {
        ring(GERMAN);
        scene.pass(Duration.ofMillis(300));
        cancel();
        assertStopsAtOnce();

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.CancelledByCaller());
        assertThat(scene.audio.openStreams()).isZero();
        assertQuiet();
    }

    @Test
    void a_ring_ends_when_another_device_answers() {
        ring(GERMAN);
        scene.pass(Duration.ofMillis(300));
        cancel("Reason: SIP;cause=200;text=\"Call completed elsewhere\"");
        assertStopsAtOnce();

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.AnsweredElsewhere());
        assertThat(scene.audio.openStreams()).isZero();
        assertQuiet();
    }

    @Test
    void a_call_that_is_silenced_waits_on_without_a_sound() {
        ring(GERMAN);
        scene.pass(Duration.ofMillis(300));
        call.silence();
        assertStopsAtOnce();
        assertQuiet();

        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);
        call.answer();
        scene.pass(Duration.ofMillis(200));
        assertThat(call.snapshot().state()).isEqualTo(CallState.CONNECTING);
        call.silence();
        scene.pass(Duration.ofMillis(10));
        assertThat(scene.told(CallEvent.CommandRefused.class))
                .singleElement()
                .matches(refused -> refused.command() == CallCommand.SILENCE);
    }

    @Test
    void do_not_disturb_ends_a_ring() {
        ring(GERMAN);
        scene.pass(Duration.ofMillis(300));
        var unused = scene.client.incomingCalls().doNotDisturb().set(true);
        assertStopsAtOnce();
        assertQuiet();
    }

    @Test
    void a_second_call_plays_the_call_waiting_tone_and_does_not_ring() {
        ring(GERMAN);
        call.answer();
        scene.pass(Duration.ofMillis(200));
        scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob");
        scene.pass(Duration.ofMillis(500));
        int opened = scene.audio.opened();

        scene.audio.forgetHeard();
        Call second = invite("in2");
        scene.pass(Duration.ofSeconds(6));
        HeardTones.assertRhythm(scene.audio.heard(), 8_000, "425/200,0/200,425/200,0/5000", 3);
        assertThat(scene.audio.opened()).as("no device is opened for it").isEqualTo(opened);

        second.reject(RejectReason.BUSY);
        scene.pass(Duration.ofMillis(1_000));
        assertThat(call.snapshot().nothingArrives()).as("nobody speaks here").isTrue();
        assertHeard(Duration.ofSeconds(10), "425/100,0/100,425/100,0/4700", 3);
    }

    @Test
    void a_call_that_comes_in_while_the_other_is_on_hold_rings() {
        ring(GERMAN);
        call.answer();
        scene.pass(Duration.ofMillis(200));
        scene.pbx.request("ACK", scene.pbx.last("SIP/2.0 200"), 1, "bob");
        scene.pass(Duration.ofMillis(200));
        call.hold();
        scene.pass(Duration.ofMillis(200));

        Call second = invite("in2");
        assertHeard(Duration.ofSeconds(7), RING, 2);
        second.reject(RejectReason.BUSY);
        assertStopsAtOnce();
    }

    @Test
    void the_ring_of_two_calls_is_one_and_lasts_as_long_as_one_of_them() {
        ring(GERMAN);
        Call second = invite("in2");
        scene.pass(Duration.ofMillis(1_500));
        assertThat(scene.audio.openStreams()).isEqualTo(1);

        call.reject(RejectReason.BUSY);
        assertHeard(Duration.ofSeconds(12), RING, 2);
        second.reject(RejectReason.BUSY);
        assertStopsAtOnce();
    }

    @Test
    void an_own_file_rings_in_place_of_the_engine_s() throws IOException {
        byte[] wave = WavFile.sine(16_000, 700, 1_500);
        ring(GERMAN.withRingFile(Files.write(folder.resolve("own.wav"), wave)));

        scene.audio.forgetHeard();
        scene.pass(Duration.ofSeconds(4));
        assertThat(scene.audio.heardRate()).isEqualTo(16_000);
        List<HeardTones.Heard> heard = HeardTones.in(scene.audio.heard(), 16_000);
        assertThat(heard)
                .isNotEmpty()
                .allSatisfy(burst -> assertThat(burst.hertz()).containsExactly(700));
        assertThat(heard.stream().mapToInt(HeardTones.Heard::millis).sum()).isGreaterThan(3_900);
        assertThat(problems).isEmpty();
    }

    @Test
    void on_a_narrow_band_device_the_own_file_is_heard_at_its_true_pitch() throws IOException {
        open(
                GERMAN.withRingFile(Files.write(folder.resolve("own.wav"), WavFile.sine(44_100, 700, 1_500))),
                config -> config);
        scene.audio.narrowband();
        call = invite("in1");

        scene.audio.forgetHeard();
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.audio.heardRate()).isEqualTo(8_000);
        assertThat(HeardTones.in(scene.audio.heard(), 8_000).get(0).hertz()).containsExactly(700);
        assertThat(problems).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_played_is_told_and_the_engine_s_ring_is_used() throws IOException {
        Path text = Files.writeString(folder.resolve("own.wav"), "this is no sound, whatever its name says");
        open(
                GERMAN.withRingFile(text),
                config -> config.listener(new CallClientListener() {
                    @Override
                    public void toneUnavailable(ToneProblem problem) {
                        problems.add(problem);
                    }
                }));
        assertThat(problems).containsExactly(ToneProblem.RING_FILE_UNPLAYABLE);
        assertThat(counted()).containsExactly(Map.entry("ring-file-unplayable", 1L));

        scene.invite("in1", "z9hG4bKin1", 1, sdp(BOB, 40_000, 1));
        assertHeard(Duration.ofSeconds(7), RING, 1);
    }

    @Test
    void a_device_that_cannot_be_opened_is_told_once_and_the_call_can_be_answered() {
        open(GERMAN, config -> config);
        scene.audio.refuse(AudioUnavailableException.Reason.BUSY);
        call = invite("in1");
        scene.pass(Duration.ofSeconds(7));
        assertThat(problems).containsExactly(ToneProblem.NO_SPEAKER);
        assertThat(counted()).as("told once, counted once").containsExactly(Map.entry("no-speaker", 1L));
        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);

        scene.audio.refuse(null);
        assertHeard(Duration.ofSeconds(9), RING, 1);
        call.answer();
        scene.pass(Duration.ofMillis(200));
        assertThat(call.snapshot().state()).isEqualTo(CallState.CONNECTING);
    }

    @Test
    void operators_see_how_many_rings_had_no_device_in_the_counters_and_in_the_report() throws Exception {
        open(GERMAN.withRingDevice("gone"), config -> config);
        assertThat(counted()).isEmpty();
        scene.audio.refuse(AudioUnavailableException.Reason.BUSY);
        for (String id : List.of("in1", "in2")) {
            Call rung = invite(id);
            scene.pass(Duration.ofSeconds(5));
            rung.reject(RejectReason.BUSY);
            scene.pass(Duration.ofSeconds(1));
        }

        assertThat(problems).containsExactly(ToneProblem.NO_SPEAKER, ToneProblem.NO_SPEAKER);
        assertThat(counted()).containsExactly(Map.entry("no-speaker", 2L));
        var report = scene.client.diagnostics().toCompletableFuture();
        scene.until(report::isDone);
        assertThat(report.get().toJson().replaceAll("\\s", "")).contains("\"toneProblems\":{\"no-speaker\":2}");
        scene.audio.refuse(null);
    }

    private Map<String, Long> counted() {
        var counters = scene.client.counters().toCompletableFuture();
        scene.until(counters::isDone);
        return counters.join().toneProblems();
    }

    @Test
    void the_ring_is_heard_on_the_device_that_was_chosen_for_it() {
        open(GERMAN.withRingDevice("loudspeaker"), config -> config);
        scene.audio.devices(List.of(
                new AudioDevice("headset", "Headset", AudioDevice.Direction.PLAYBACK, false),
                new AudioDevice("loudspeaker", "Loudspeaker", AudioDevice.Direction.PLAYBACK, false)));
        call = invite("in1");
        assertHeard(Duration.ofSeconds(2), RING, 1);
        assertThat(problems).isEmpty();
    }

    @Test
    void a_ring_device_that_was_unplugged_gives_way_to_the_default_one() {
        ring(GERMAN.withRingDevice("gone"));

        assertHeard(Duration.ofSeconds(2), RING, 1);
        assertThat(problems).isEmpty();
    }

    @Test
    void where_the_system_s_call_screen_rings_the_engine_does_not() {
        Queue<Runnable> system = new ArrayDeque<>();
        open(GERMAN, config -> config.platform(p -> p.callUi(new FakeCallUi(system::add))));
        scene.invite("in1", "z9hG4bKin1", 1, sdp(BOB, 40_000, 1));
        for (int i = 0; i < 10; i++) {
            scene.pass(Duration.ofMillis(300));
            runAll(system);
        }
        assertThat(scene.incoming).hasSize(1);
        assertThat(scene.audio.opened()).isZero();
    }

    @Test
    void where_the_notification_rings_the_engine_does_not() {
        open(
                GERMAN,
                config -> config.platform(p -> p.notifications(new NotificationPort() {
                    @Override
                    public void show(Notice notice) {}

                    @Override
                    public void withdraw(String id) {}

                    @Override
                    public Set<String> shownIds() {
                        return Set.of();
                    }

                    @Override
                    public boolean rings() {
                        return true;
                    }
                })));
        call = invite("in1");
        scene.pass(Duration.ofSeconds(3));
        assertThat(scene.audio.opened()).isZero();
    }

    @Test
    void a_call_that_is_silenced_keeps_its_notification_without_the_ring() {
        FakeNotifications notifications = new FakeNotifications();
        open(
                GERMAN,
                config -> config.platform(
                        p -> p.permissions(new FakePermissions()).notifications(notifications)));
        call = invite("in1");
        scene.pass(Duration.ofMillis(10));
        assertThat(notifications.silenced()).isEmpty();
        call.silence();
        scene.pass(Duration.ofMillis(10));
        assertThat(notifications.silenced()).isEqualTo(notifications.shownIds()).hasSize(1);
        assertThat(call.snapshot().state()).isEqualTo(CallState.INCOMING);
    }

    @Test
    void a_call_that_the_user_silences_on_the_system_s_screen_is_silenced() {
        Queue<Runnable> system = new ArrayDeque<>();
        FakeCallUi screen = new FakeCallUi(system::add);
        FakeNotifications notifications = new FakeNotifications();
        open(
                GERMAN,
                config -> config.platform(
                        p -> p.permissions(new FakePermissions()).callUi(screen).notifications(notifications)));
        scene.invite("in1", "z9hG4bKin1", 1, sdp(BOB, 40_000, 1));
        scene.until(() -> {
            runAll(system);
            return !scene.incoming.isEmpty();
        });
        scene.pass(Duration.ofMillis(10));
        screen.userSilences("no such call");
        screen.userSilences(scene.incoming.get(0).id());
        runAll(system);
        scene.pass(Duration.ofMillis(10));
        assertThat(notifications.silenced()).isEqualTo(notifications.shownIds()).hasSize(1);
        assertThat(scene.incoming.get(0).snapshot().state()).isEqualTo(CallState.INCOMING);
    }

    private static void runAll(Queue<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void ringing_can_be_switched_off_alone() {
        ring(GERMAN.withRinging(false));
        scene.pass(Duration.ofSeconds(3));
        assertThat(scene.audio.opened()).isZero();
    }

    @Test
    void a_client_that_closes_while_it_rings_lets_the_device_go() {
        ring(GERMAN);
        scene.pass(Duration.ofMillis(300));
        assertThat(scene.audio.openStreams()).isEqualTo(1);
        scene.client.close();
        scene.pass(Duration.ofMillis(10));
        assertThat(scene.audio.openStreams()).isZero();
    }
}
