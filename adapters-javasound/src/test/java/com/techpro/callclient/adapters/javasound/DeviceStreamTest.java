// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceStreamTest {
    private static final int FRAME = AudioFormat.NARROWBAND.samplesPerFrame();

    private final CallbackGate gate = new CallbackGate();
    private final List<String> told = new ArrayList<>();
    private final List<short[]> frames = new ArrayList<>();
    private final Deque<FakeLine> replacements = new ArrayDeque<>();
    private final List<Long> attempts = new ArrayList<>();
    private final CapturePump capture =
            new CapturePump(AudioFormat.NARROWBAND, frame -> frames.add(frame.clone()), gate);
    private int filled;
    private final AtomicInteger levelMillis = new AtomicInteger(20);
    private final PlaybackPump playback = playback();
    private @Nullable RuntimeException throwing;
    private long millis = 1;

    @Test
    void AUD_1_stereoAtTheDevicesRateBecomesWholeMonoFramesAtTheWantedRate() {
        FakeLine microphone = FakeLine.microphone(48_000, 2, 440);
        DeviceStream stream = stream(microphone, capture);

        run(stream, microphone, 1000);

        assertThat(frames).hasSizeBetween(97, 100).allMatch(frame -> frame.length == FRAME);
        assertThat(errorAgainstTone(join(frames), 8000)).isLessThan(200);
    }

    @Test
    void AUD_1_framesBecomeTheDevicesFormatInEveryChannelWithNoSampleLostOrAdded() {
        FakeLine speaker = FakeLine.speaker(44_000, 2);
        DeviceStream stream = stream(speaker, playback);

        run(stream, speaker, 1500);

        short[] played = speaker.playedSamples();
        int start = 0;
        while (played[start] == 0) {
            start++;
        }
        assertThat(played.length).isBetween(66_000, 66_000 + 4 * 880);
        assertThat(errorAgainstTone(Arrays.copyOfRange(played, start + 2000, start + 36_000), 44_000))
                .isLessThan(200);
    }

    @Test
    void AUD_4_aMicrophoneThatGivesNothingIsToldWithinTwoSeconds() {
        FakeLine microphone = FakeLine.microphone(48_000, 1, 440);
        DeviceStream stream = stream(microphone, capture);
        run(stream, microphone, 500);

        microphone.dead = true;
        run(stream, microphone, 900);
        assertThat(told).isEmpty();
        run(stream, microphone, 900);

        assertThat(told).containsExactly("interrupted");
        assertThat(microphone.open).isFalse();
    }

    @Test
    void AUD_4_aSpeakerThatTakesNothingIsToldWithinTwoSeconds() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);
        run(stream, speaker, 500);

        speaker.dead = true;
        run(stream, speaker, 1900);

        assertThat(told).containsExactly("interrupted");
    }

    @Test
    void AUD_4_aLineThatTheSystemClosesIsToldAtOnce() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);
        run(stream, speaker, 500);

        speaker.open = false;
        run(stream, speaker, 10);

        assertThat(told).containsExactly("interrupted");
    }

    @Test
    void AUD_4_theDeviceIsTriedAgainEverLessOftenUntilItIsBackAndSoundFlows() {
        FakeLine microphone = FakeLine.microphone(48_000, 1, 440);
        DeviceStream stream = stream(microphone, capture);
        run(stream, microphone, 500);
        microphone.dead = true;
        run(stream, microphone, 12_000);
        int before = frames.size();
        assertThat(gaps(attempts)).containsExactly(250L, 500L, 1000L, 2000L, 2000L, 2000L, 2000L);

        FakeLine back = FakeLine.microphone(44_100, 2, 440);
        replacements.add(back);
        run(stream, back, 2500);

        assertThat(told).containsExactly("interrupted", "restored");
        assertThat(frames.size()).isGreaterThan(before);
    }

    /** The JDK may throw that while a device is being plugged in. */
    @Test
    void AUD_4_anExceptionWhileTheDeviceIsLookedForIsAnotherFailedAttempt() {
        FakeLine microphone = FakeLine.microphone(48_000, 1, 440);
        DeviceStream stream = stream(microphone, capture);
        run(stream, microphone, 500);
        throwing = new IllegalArgumentException("Mixer not supported");
        microphone.dead = true;
        run(stream, microphone, 3_000);
        throwing = null;
        FakeLine back = FakeLine.microphone(48_000, 1, 440);
        replacements.add(back);
        run(stream, back, 3_000);

        assertThat(told).containsExactly("interrupted", "restored");
    }

    @Test
    void AUD_4_aServerThatComesBackWithoutADeviceBehindItIsNotCalledRestored() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);
        run(stream, speaker, 500);
        speaker.dead = true;
        run(stream, speaker, 2000);
        int asked = filled;

        // It opens and takes a buffer full, which nothing plays.
        FakeLine hollow = FakeLine.speaker(48_000, 1);
        replacements.add(hollow);
        run(stream, speaker, 6000);

        assertThat(told).containsExactly("interrupted");
        assertThat(filled).as("frames asked for meanwhile").isEqualTo(asked);
        assertThat(hollow.open).isFalse();
    }

    @Test
    void aDeviceThatSleepsAtFirstIsWaitedForAndNoFrameIsLostInItsSleep() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);

        for (int i = 0; i < 400; i++) {
            stream.step(nanos());
            millis += 5;
        }
        assertThat(filled).isZero();
        run(stream, speaker, 1000);

        assertThat(told).isEmpty();
        assertThat(filled).isBetween(75, 101);
    }

    @Test
    void ourOwnThreadStandingStillIsNotTheDevicesLoss() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);
        run(stream, speaker, 500);
        stream.step(nanos());

        millis += 30_000;
        stream.step(nanos());
        run(stream, speaker, 500);

        assertThat(told).isEmpty();
    }

    @Test
    void aSpeakerThatRanEmptyAndWantsMoreBeforeItGoesOnGetsThatAndIsNotLost() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        speaker.millisToGoOn = 60;
        DeviceStream stream = stream(speaker, playback);
        run(stream, speaker, 500);

        speaker.run(45);
        run(stream, speaker, 300);
        int before = filled;
        run(stream, speaker, 1000);

        assertThat(filled - before).isBetween(99, 101);
        assertThat(told).isEmpty();
    }

    @Test
    void aSpeakerIsKeptFullerAfterItRanEmptyAndEmptierAgainAfterALongCalm() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);
        run(stream, speaker, 2000);
        assertThat(leastHeld(stream, speaker)).isBetween(15, 20);

        speaker.run(45);
        run(stream, speaker, 100);
        assertThat(leastHeld(stream, speaker)).isBetween(25, 30);
        run(stream, speaker, 18_500);
        assertThat(leastHeld(stream, speaker)).isBetween(25, 30);
        run(stream, speaker, 2000);
        assertThat(leastHeld(stream, speaker)).isBetween(15, 20);
    }

    /** A speaker that ran empty was silent for up to 150 ms with PulseAudio, in each call anew. */
    @Test
    void theNextStreamKeepsItsSpeakerAsFullAsTheLastOneHadTo() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);
        run(stream, speaker, 500);
        speaker.run(45);
        run(stream, speaker, 100);

        FakeLine next = FakeLine.speaker(48_000, 1);
        DeviceStream nextStream = stream(next, playback());
        run(nextStream, next, 500);
        assertThat(leastHeld(nextStream, next)).isBetween(25, 30);
        run(nextStream, next, 21_000);

        FakeLine last = FakeLine.speaker(48_000, 1);
        DeviceStream lastStream = stream(last, playback());
        run(lastStream, last, 500);
        assertThat(leastHeld(lastStream, last)).isBetween(15, 20);
    }

    /** As a Bluetooth headset does that changes its profile when its microphone is used. */
    @Test
    void aLineThatGoesOnAtAnotherRateThanItSaysIsOpenedAgainAtThatRate() {
        FakeLine microphone = FakeLine.microphone(48_000, 1, 440);
        DeviceStream stream = stream(microphone, capture);
        run(stream, microphone, 10_000);
        assertThat(told).isEmpty();

        microphone.realRate = 16_000;
        FakeLine changed = FakeLine.microphone(16_000, 1, 440);
        replacements.add(changed);
        run(stream, microphone, 4500);
        frames.clear();
        run(stream, changed, 1000);

        assertThat(microphone.open).isFalse();
        assertThat(told).containsExactly("interrupted", "restored");
        assertThat(errorAgainstTone(join(frames), 8000)).isLessThan(200);
    }

    @Test
    void aSpeakersLineWhoseRateChangedIsOpenedAgain() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);
        run(stream, speaker, 10_000);

        speaker.realRate = 44_000;
        replacements.add(FakeLine.speaker(44_000, 1));
        run(stream, speaker, 4500);

        assertThat(told).containsExactly("interrupted");
    }

    @Test
    void aDeviceWhoseClockIsWrongForGoodIsOpenedAgainOnce() {
        FakeLine microphone = FakeLine.microphone(48_000, 1, 440);
        microphone.realRate = 32_000;
        DeviceStream stream = stream(microphone, capture);
        FakeLine same = FakeLine.microphone(48_000, 1, 440);
        same.realRate = 32_000;
        replacements.add(same);
        run(stream, microphone, 4500);
        run(stream, same, 20_000);

        assertThat(told).containsExactly("interrupted", "restored");
    }

    @Test
    void AUD_5_whatPiledUpWhileNobodyReadIsThrownAway() {
        FakeLine microphone = FakeLine.microphone(48_000, 1, 440);
        DeviceStream stream = stream(microphone, capture);
        run(stream, microphone, 500);
        int before = frames.size();

        microphone.run(2000);
        millis += 2000;
        stream.step(nanos());

        assertThat(microphone.flushes).isEqualTo(1);
        assertThat(frames).hasSize(before);
        run(stream, microphone, 200);
        assertThat(frames.size() - before).isBetween(17, 20);
    }

    @Test
    void AUD_6_onceTheGateIsShutNothingIsDeliveredAskedForOrTold() {
        FakeLine microphone = FakeLine.microphone(48_000, 1, 440);
        DeviceStream stream = stream(microphone, capture);
        run(stream, microphone, 500);
        int before = frames.size();

        gate.shut();
        run(stream, microphone, 100);
        microphone.dead = true;
        run(stream, microphone, 3000);

        assertThat(frames).hasSize(before);
        assertThat(told).isEmpty();
    }

    @Test
    void AUD_8_aMutedMicrophoneKeepsItsPaceInSilence() {
        FakeLine microphone = FakeLine.microphone(48_000, 1, 440);
        DeviceStream stream = stream(microphone, capture);
        run(stream, microphone, 500);
        frames.clear();

        capture.setMuted(true);
        run(stream, microphone, 1000);

        assertThat(frames).hasSizeBetween(99, 101).allMatch(frame -> Arrays.equals(frame, new short[FRAME]));
    }

    @Test
    void AUD_8_aMutedSpeakerFetchesAndDiscards() {
        FakeLine speaker = FakeLine.speaker(48_000, 1);
        DeviceStream stream = stream(speaker, playback);
        playback.setMuted(true);

        run(stream, speaker, 1000);

        assertThat(filled).isBetween(75, 101);
        assertThat(speaker.playedSamples()).containsOnly((short) 0);
    }

    private PlaybackPump playback() {
        return new PlaybackPump(
                AudioFormat.NARROWBAND,
                frame -> {
                    for (int i = 0; i < frame.length; i++) {
                        frame[i] =
                                (short) Math.round(16_000 * Math.sin(2 * Math.PI * 440 * (filled * FRAME + i) / 8000));
                    }
                    filled++;
                },
                gate,
                levelMillis);
    }

    private DeviceStream stream(FakeLine line, LinePump traffic) {
        AudioStreamListener listener = new AudioStreamListener() {
            @Override
            public void interrupted(String reason) {
                told.add("interrupted");
            }

            @Override
            public void restored() {
                told.add("restored");
            }
        };
        return new DeviceStream(line, this::reopen, traffic, listener, gate, nanos());
    }

    private DeviceLine reopen() throws AudioUnavailableException {
        attempts.add(millis);
        if (throwing != null) {
            throw throwing;
        }
        FakeLine next = replacements.poll();
        if (next == null) {
            throw new AudioUnavailableException(AudioUnavailableException.Reason.BUSY, "still gone");
        }
        return next;
    }

    private void run(DeviceStream stream, FakeLine line, int forMillis) {
        for (int i = 0; i < forMillis; i += 5) {
            line.run(5);
            millis += 5;
            stream.step(nanos());
        }
    }

    /** Returns the least that the speaker held in 200 ms, in milliseconds. */
    private int leastHeld(DeviceStream stream, FakeLine speaker) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < 200; i += 5) {
            speaker.run(5);
            millis += 5;
            least = Math.min(least, speaker.heldMillis());
            stream.step(nanos());
        }
        return least;
    }

    private long nanos() {
        return millis * 1_000_000;
    }

    private static List<Long> gaps(List<Long> times) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            gaps.add(times.get(i) - times.get(i - 1));
        }
        return gaps;
    }

    private static short[] join(List<short[]> frames) {
        short[] all = new short[frames.size() * FRAME];
        for (int i = 0; i < frames.size(); i++) {
            System.arraycopy(frames.get(i), 0, all, i * FRAME, FRAME);
        }
        return all;
    }

    /** How far the samples are from the best-fitting 440 Hz, as a root mean square; a lost or doubled sample shows as hundreds. */
    private static double errorAgainstTone(short[] samples, int rate) {
        int whole = samples.length / (rate / 40) * (rate / 40); // 11 whole cycles each
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < whole; i++) {
            real += samples[i] * Math.cos(2 * Math.PI * 440 * i / rate) * 2 / whole;
            imaginary += samples[i] * Math.sin(2 * Math.PI * 440 * i / rate) * 2 / whole;
        }
        assertThat(Math.hypot(real, imaginary)).isBetween(15_000.0, 17_000.0);
        double error = 0;
        for (int i = 0; i < whole; i++) {
            double fitted =
                    real * Math.cos(2 * Math.PI * 440 * i / rate) + imaginary * Math.sin(2 * Math.PI * 440 * i / rate);
            error += (samples[i] - fitted) * (samples[i] - fitted);
        }
        return Math.sqrt(error / whole);
    }
}
