// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.contracts.AudioRecord.Microphone;
import com.techpro.callclient.testkit.contracts.AudioRecord.Speaker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link AudioPort}. An adapter's author extends it, opens the port, implements
 * waiting, and declares what can be tried.
 */
public abstract class AudioPortContract extends AudioSoundClauses {
    private static final Executor OWN_THREADS = task -> new Thread(task, "audio").start();
    private static final int PACED_FRAMES = 100;
    private static final Duration LOSS = Duration.ofMillis(500);
    private static final Duration MOVE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final AudioStreamListener DEAF = new AudioStreamListener() {
        @Override
        public void interrupted(String reason) {}

        @Override
        public void restored() {}
    };

    @Test
    void AUD_1_frames_are_exactly_as_long_as_the_format_says() throws Exception {
        Microphone microphone = new Microphone();
        Speaker speaker = speaker(Sound.SILENCE);
        capture(port(), microphone);
        playback(port(), speaker);

        await(() -> microphone.frames() >= UNBROKEN_FRAMES && speaker.frames() >= UNBROKEN_FRAMES);

        assertThat(microphone.lengths()).containsOnly(format().samplesPerFrame());
        assertThat(speaker.lengths()).containsOnly(format().samplesPerFrame());
    }

    @Test
    void AUD_2_captured_frames_come_at_the_devices_pace() throws Exception {
        Microphone microphone = new Microphone();
        capture(port(), microphone);

        assertPaced(microphone);
    }

    @Test
    void AUD_2_frames_to_play_are_fetched_at_the_devices_pace() throws Exception {
        Speaker speaker = speaker(Sound.SILENCE);
        playback(port(), speaker);

        assertPaced(speaker);
    }

    @Test
    void AUD_2_streams_that_are_open_together_keep_their_pace() throws Exception {
        Microphone microphone = new Microphone();
        Speaker speaker = speaker(Sound.SILENCE);
        capture(port(), microphone);
        playback(port(), speaker);

        assertPaced(microphone);
        assertPaced(speaker);
    }

    private void assertPaced(AudioRecord record) {
        await(() -> record.frames() >= 50);
        double expected = PACED_FRAMES * format().frame().toNanos() / 1e9;
        // One stall of the machine does not mean that the device runs at another pace.
        double[] seconds = {secondsOfFrames(record), secondsOfFrames(record), secondsOfFrames(record)};
        Arrays.sort(seconds);
        assertThat(seconds[1]).as("median of three").isBetween(expected * 0.85, expected * 1.25);
    }

    private double secondsOfFrames(AudioRecord record) {
        int before = record.frames();
        long start = nanoTime();
        await(() -> record.frames() >= before + PACED_FRAMES);
        int frames = record.frames() - before;
        return (nanoTime() - start) / 1e9 * PACED_FRAMES / frames;
    }

    @Test
    void AUD_3_AUD_7_a_device_that_is_not_there_is_refused_with_the_reason() {
        assertThatThrownBy(() -> port().openCapture("no such device", format(), new Microphone(), DEAF))
                .isInstanceOfSatisfying(
                        AudioUnavailableException.class,
                        refusal -> assertThat(refusal.reason())
                                .isEqualTo(AudioUnavailableException.Reason.NO_SUCH_DEVICE));
        assertThatThrownBy(() -> port().openPlayback("no such device", format(), speaker(Sound.SILENCE), DEAF))
                .isInstanceOf(AudioUnavailableException.class);
    }

    @Test
    @OptionalClause("loss of the devices")
    void AUD_3_without_a_device_there_is_no_silent_stream() {
        require(lose(), "loss of the devices");
        AudioPort port = port();
        Microphone microphone = new Microphone();
        Speaker speaker = speaker(Sound.SILENCE);

        assertRefusedOrLost(microphone, () -> capture(port, microphone));
        assertRefusedOrLost(speaker, () -> playback(port, speaker));
        restore();
    }

    /** A device may be found to be gone only when it is used. */
    private void assertRefusedOrLost(AudioRecord record, Opening opening) {
        try (AudioStream stream = opening.open()) {
            await("the " + record.device() + "'s loss is told", record::isLost);
        } catch (AudioUnavailableException refused) {
            assertThat(record.frames()).isZero();
        }
    }

    @Test
    @OptionalClause("loss of the devices")
    void AUD_4_a_lost_microphone_is_told_and_comes_back() throws Exception {
        Microphone microphone = new Microphone();
        capture(port(), microphone);

        assertLossIsTold(microphone);
    }

    @Test
    @OptionalClause("loss of the devices")
    void AUD_4_a_lost_speaker_is_told_and_comes_back() throws Exception {
        Speaker speaker = speaker(Sound.SILENCE);
        playback(port(), speaker);

        assertLossIsTold(speaker);
    }

    private void assertLossIsTold(AudioRecord record) {
        await(() -> record.frames() >= 10);
        require(lose(), "loss of the devices");
        long lostAt = nanoTime();
        awaitLoss(record);
        assertThat(Duration.ofNanos(nanoTime() - lostAt)).isLessThanOrEqualTo(Duration.ofSeconds(2));
        restore();
        awaitReturn(record);
        int frames = record.frames();
        await(() -> record.frames() > frames + 10);
    }

    @Test
    @OptionalClause("loss of the devices")
    void AUD_4_while_a_device_is_lost_no_frame_is_asked_for_or_delivered() throws Exception {
        Microphone microphone = new Microphone();
        Speaker speaker = speaker(Sound.SILENCE);
        capture(port(), microphone);
        playback(port(), speaker);
        await(() -> microphone.frames() >= 10 && speaker.frames() >= 10);
        require(lose(), "loss of the devices");
        awaitLoss(microphone);
        awaitLoss(speaker);

        long told = nanoTime();
        await(() -> nanoTime() - told >= LOSS.toNanos());

        // The frame in progress when the loss was reported.
        assertThat(microphone.whileLost).hasValueLessThan(2);
        assertThat(speaker.whileLost).hasValueLessThan(2);
        restore();
        awaitReturn(microphone);
        awaitReturn(speaker);
    }

    private void awaitLoss(AudioRecord record) {
        await("the " + record.device() + "'s loss is told", () -> record.interruptions.get() == 1);
    }

    private void awaitReturn(AudioRecord record) {
        await("the " + record.device() + "'s return is told", () -> record.restorations.get() == 1);
    }

    @Test
    void AUD_6_after_closing_no_callback_starts() throws Exception {
        var microphone = new Microphone();
        var speaker = speaker(Sound.SILENCE);
        AudioStream one = capture(port(), microphone);
        AudioStream other = playback(port(), speaker);
        await(() -> microphone.frames() >= 3 && speaker.frames() >= 3);

        one.close();
        other.close();
        int captured = microphone.frames();
        int played = speaker.frames();
        var next = new Microphone();
        capture(port(), next);
        await(() -> next.frames() >= 20);

        assertThat(microphone.frames()).isEqualTo(captured);
        assertThat(speaker.frames()).isEqualTo(played);
        one.close();
    }

    @Test
    void AUD_6_closing_a_stream_leaves_the_others_open() throws Exception {
        AudioPort port = port();
        Microphone first = new Microphone();
        Speaker speaker = speaker(Sound.SILENCE);
        AudioStream capture = capture(port, first);
        AudioStream playback = playback(port, speaker);
        await(() -> first.frames() >= 3 && speaker.frames() >= 3);

        capture.close();
        assertGoesOn(speaker);
        Microphone second = new Microphone();
        capture(port, second);
        await(() -> second.frames() >= 3);
        playback.close();
        assertGoesOn(second);
    }

    private void assertGoesOn(AudioRecord record) {
        int frames = record.frames();
        await("the other stream goes on", () -> record.frames() >= frames + 20);
    }

    @Test
    void AUD_9_devices_keep_their_ids_and_can_be_opened_by_them() throws Exception {
        List<AudioDevice> first = port().devices();
        assertThat(port().devices()).isEqualTo(first);
        assertThat(first.stream().map(device -> device.direction() + device.id()))
                .doesNotHaveDuplicates();

        for (AudioDevice device : first) {
            if (device.direction() == AudioDevice.Direction.CAPTURE && device.systemDefault()) {
                var microphone = new Microphone();
                capture(port(), device.id(), microphone);
                await(() -> microphone.frames() >= 2);
            }
        }
    }

    @Test
    void AUD_10_streams_are_opened_and_closed_on_any_thread() throws Exception {
        AudioPort port = port();
        var microphone = new Microphone();
        AudioStream stream = CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return capture(port, null, microphone);
                            } catch (AudioUnavailableException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        OWN_THREADS)
                .get();
        await(() -> microphone.frames() >= 2);
        CompletableFuture.runAsync(stream::close, OWN_THREADS).get();
        int frames = microphone.frames();
        Microphone next = new Microphone();
        capture(port, next);
        await(() -> next.frames() >= 10);
        assertThat(microphone.frames()).isEqualTo(frames);
    }

    @Test
    void AUD_11_a_microphones_effects_stay_the_same_while_it_is_open() throws Exception {
        Microphone microphone = new Microphone();
        AudioStream stream = capture(port(), microphone);
        Set<VoiceEffect> atFirst = Set.copyOf(stream.voiceEffects());

        await(() -> microphone.frames() >= 10);

        assertThat(stream.voiceEffects()).isEqualTo(atFirst);
    }

    @Test
    @OptionalClause("change of the default")
    void AUD_12_a_microphone_follows_the_default() throws Exception {
        Microphone microphone = new Microphone();
        capture(port(), microphone);

        assertFollowsDefault(microphone, AudioDevice.Direction.CAPTURE);
    }

    @Test
    @OptionalClause("change of the default")
    void AUD_12_a_speaker_follows_the_default() throws Exception {
        Speaker speaker = speaker(Sound.SILENCE);
        playback(port(), speaker);

        assertFollowsDefault(speaker, AudioDevice.Direction.PLAYBACK);
    }

    private void assertFollowsDefault(AudioRecord record, AudioDevice.Direction direction) {
        await(() -> record.frames() >= UNBROKEN_FRAMES);
        record.forgetPauses();
        require(changeDefault(), "change of the default");
        assertMoves(record, () -> isAtDefault(direction));
    }

    @Test
    @OptionalClause("a headset")
    void AUD_13_a_microphone_returns_to_a_headset_that_is_back() throws Exception {
        String headset = headset(AudioDevice.Direction.CAPTURE);
        require(headset != null, "a headset");
        Microphone microphone = new Microphone();
        capture(port(), headset, microphone);

        assertReturns(microphone, AudioDevice.Direction.CAPTURE);
    }

    @Test
    @OptionalClause("a headset")
    void AUD_13_a_speaker_returns_to_a_headset_that_is_back() throws Exception {
        String headset = headset(AudioDevice.Direction.PLAYBACK);
        require(headset != null, "a headset");
        Speaker speaker = speaker(Sound.SILENCE);
        open(speaker, () -> port().openPlayback(headset, format(), speaker, speaker));

        assertReturns(speaker, AudioDevice.Direction.PLAYBACK);
    }

    private void assertReturns(AudioRecord record, AudioDevice.Direction direction) {
        await(() -> record.frames() >= 10);
        unplugHeadset();
        await("the sound goes on at the default", () -> isAtDefault(direction) && !record.isLost());
        int frames = record.frames();
        await(() -> record.frames() >= frames + UNBROKEN_FRAMES);
        record.forgetPauses();
        plugInHeadset();
        assertMoves(record, () -> isAtHeadset(direction));
    }

    private void assertMoves(AudioRecord record, BooleanSupplier moved) {
        long changed = nanoTime();
        await("the " + record.device() + "'s sound moves", moved);
        assertThat(Duration.ofNanos(nanoTime() - changed)).isLessThanOrEqualTo(MOVE);
        int frames = record.frames();
        await(() -> record.frames() >= frames + UNBROKEN_FRAMES);
        assertThat(Duration.ofNanos(record.longestPause()))
                .as("pause of the %s", record.device())
                .isLessThan(PAUSE);
    }
}
