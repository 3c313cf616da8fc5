// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.contracts.AudioRecord.Microphone;
import com.techpro.callclient.testkit.contracts.AudioRecord.Speaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link AudioPort}. An adapter's author extends it, opens the port, implements
 * waiting, and declares what can be tried.
 */
@PortContract
public abstract class AudioPortContract {
    /**
     * 8.618 cycles in 20 ms: the tone's phase shows frames that are repeated, omitted, or filled
     * with too little audio.
     */
    private static final double HERTZ = 430.9;

    private static final double AMPLITUDE = 8_000;
    /** In cycles, from one frame to the next. */
    private static final double MOST_PHASE_ERROR = 0.1;
    /** One second. */
    private static final int UNBROKEN_FRAMES = 100;

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

    private final List<AudioStream> opened = new ArrayList<>();
    private final List<AudioRecord> records = new ArrayList<>();

    /**
     * Returns the port under test. A clause may call it more than once; each result has the same
     * devices.
     */
    protected abstract AudioPort port();

    /** Waits until the condition holds, or fails after about ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** Returns the clock for judging the pace. */
    protected abstract long nanoTime();

    /**
     * Whether the default capture device hears what the default playback device plays ("loopback").
     * Without it the kit checks only the frames' lengths, pace and threads, not the audio itself.
     */
    protected boolean hasLoopback() {
        return false;
    }

    /** Removes microphone and speaker; false if that cannot be tried ("loss of the devices"). */
    protected boolean lose() {
        return false;
    }

    /** Brings them back. */
    protected void restore() {}

    /**
     * Makes another device the default, for microphones and speakers; false if that cannot be tried
     * ("change of the default").
     */
    protected boolean changeDefault() {
        return false;
    }

    /** Whether the only open stream of the direction uses the device that is the default now. */
    protected boolean isAtDefault(AudioDevice.Direction direction) {
        return false;
    }

    /**
     * Returns the id of a device that is not the default and can be unplugged; null if that cannot
     * be tried ("a headset").
     */
    protected @Nullable String headset(AudioDevice.Direction direction) {
        return null;
    }

    /** Removes the devices of {@link #headset}; those that are the default stay. */
    protected void unplugHeadset() {}

    protected void plugInHeadset() {}

    /** Whether the only open stream of the direction uses the device of {@link #headset}. */
    protected boolean isAtHeadset(AudioDevice.Direction direction) {
        return false;
    }

    protected AudioFormat format() {
        return AudioFormat.NARROWBAND;
    }

    @AfterEach
    void closeWhatIsOpen() {
        opened.forEach(AudioStream::close);
        records.forEach(this::assertKeepsAlwaysTrueClauses);
    }

    /** Checks the clauses that hold from a stream's first callback to its last, in every test. */
    private void assertKeepsAlwaysTrueClauses(AudioRecord record) {
        assertThat(record.lengths())
                .as("AUD-1: samples of a frame")
                .allMatch(length -> length == format().samplesPerFrame());
        assertThat(record.overlaps).as("AUD-2: callbacks at a time").hasValue(0);
        assertThat(record.byCallers)
                .as("AUD-2: callbacks on the thread that opens, inside the call")
                .hasValue(0);
        assertThat(record.whileLost)
                .as("AUD-4: frames while the device is lost")
                .hasValueLessThan(2);
    }

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
    @OptionalClause("loopback")
    void AUD_1_a_tone_played_is_the_tone_captured() throws Exception {
        require(hasLoopback(), "loopback");
        Microphone microphone = new Microphone();
        capture(port(), microphone);
        playback(port(), speaker(Sound.tone(HERTZ, AMPLITUDE)));

        // One unbroken second: a stall of the machine breaks the tone once, not permanently.
        await("the tone that is played is captured, as loud and unbroken for a second", () -> {
            short[] captured = microphone.last(UNBROKEN_FRAMES);
            return captured.length == UNBROKEN_FRAMES * format().samplesPerFrame()
                    && Math.abs(toneIn(captured) - AMPLITUDE) < AMPLITUDE * 0.15
                    && Sound.amplitudeOf(HERTZ * 2.3, captured, format().sampleRate()) < AMPLITUDE * 0.05
                    && isUnbroken(captured);
        });
    }

    /** Whether the phase continues from frame to frame as that of one tone. */
    private boolean isUnbroken(short[] captured) {
        int length = format().samplesPerFrame();
        double cyclesPerFrame = HERTZ * length / format().sampleRate();
        double before = Double.NaN;
        for (int start = 0; start < captured.length; start += length) {
            double phase =
                    Sound.phaseOf(HERTZ, Arrays.copyOfRange(captured, start, start + length), format().sampleRate());
            double error = phase - before - cyclesPerFrame;
            if (Math.abs(error - Math.rint(error)) > MOST_PHASE_ERROR) {
                return false;
            }
            before = phase;
        }
        return true;
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
    @OptionalClause("loopback")
    void AUD_5_sound_from_before_the_microphone_opened_is_not_heard_later() throws Exception {
        require(hasLoopback(), "loopback");
        AudioPort port = port();
        var loud = speaker(Sound.tone(HERTZ, AMPLITUDE));
        AudioStream speaker = playback(port, loud);
        await(() -> loud.frames() >= 40);
        speaker.close();
        var quiet = speaker(Sound.SILENCE);
        playback(port, quiet);
        await(() -> quiet.frames() >= 50);

        var microphone = new Microphone();
        capture(port, microphone);
        await(() -> microphone.frames() >= 20);

        assertThat(toneIn(microphone.last(20))).isLessThan(AMPLITUDE * 0.05);
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
    @OptionalClause("loopback")
    void AUD_8_a_muted_microphone_is_silent_and_keeps_its_pace() throws Exception {
        require(hasLoopback(), "loopback");
        var microphone = new Microphone();
        AudioStream stream = capture(port(), microphone);
        playback(port(), speaker(Sound.tone(HERTZ, AMPLITUDE)));
        await("the tone that is played is captured", () -> toneIn(microphone.last(20)) > AMPLITUDE / 2);

        stream.setMuted(true);
        int frames = microphone.frames();
        await(() -> microphone.frames() >= frames + 30);
        assertThat(microphone.last(20)).as("samples while muted are 0").containsOnly((short) 0);

        stream.setMuted(false);
        await("the tone that is played is captured", () -> toneIn(microphone.last(20)) > AMPLITUDE / 2);
    }

    @Test
    @OptionalClause("loopback")
    void AUD_8_a_muted_speaker_fetches_frames_and_plays_none() throws Exception {
        require(hasLoopback(), "loopback");
        var microphone = new Microphone();
        capture(port(), microphone);
        var speaker = speaker(Sound.tone(HERTZ, AMPLITUDE));
        AudioStream stream = playback(port(), speaker);
        await("the tone that is played is captured", () -> toneIn(microphone.last(20)) > AMPLITUDE / 2);

        stream.setMuted(true);
        int frames = speaker.frames();
        await(() -> speaker.frames() >= frames + 30);
        await("the tone of the muted speaker is gone", () -> toneIn(microphone.last(20)) < AMPLITUDE * 0.05);
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
        AudioStream stream = CompletableFuture.supplyAsync(() -> {
                    try {
                        return capture(port, null, microphone);
                    } catch (AudioUnavailableException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get();
        await(() -> microphone.frames() >= 2);
        CompletableFuture.runAsync(stream::close).get();
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

    /** Waits by the author's method, and names the condition in a failure. */
    private void await(String what, BooleanSupplier condition) {
        try {
            await(condition);
        } catch (AssertionError e) {
            throw new AssertionError("waited in vain until " + what, e);
        }
    }

    private AudioStream capture(AudioPort port, Microphone microphone) throws AudioUnavailableException {
        return capture(port, null, microphone);
    }

    private AudioStream capture(AudioPort port, @Nullable String device, Microphone microphone)
            throws AudioUnavailableException {
        return open(microphone, () -> port.openCapture(device, format(), microphone, microphone));
    }

    private AudioStream playback(AudioPort port, Speaker speaker) throws AudioUnavailableException {
        return open(speaker, () -> port.openPlayback(null, format(), speaker, speaker));
    }

    private Speaker speaker(Sound sound) {
        return new Speaker(sound, format().sampleRate());
    }

    private interface Opening {
        AudioStream open() throws AudioUnavailableException;
    }

    private AudioStream open(AudioRecord record, Opening opening) throws AudioUnavailableException {
        record.clock = this::nanoTime;
        record.opener = Thread.currentThread();
        AudioStream stream = opening.open();
        record.opener = null;
        synchronized (opened) {
            records.add(record);
            opened.add(stream);
        }
        return stream;
    }

    private double toneIn(short[] samples) {
        return Sound.amplitudeOf(HERTZ, samples, format().sampleRate());
    }
}
