// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a stream's thread wakes, and what a system does to it that wakes threads late. */
class WakingTest {
    /** Of the thread that looks at the devices. */
    private static final int LOOKS_A_SECOND = 1;

    private static final int MOST_A_SECOND = 250;

    private final CallbackGate gate = new CallbackGate();
    private final List<String> told = new ArrayList<>();
    private final AudioStreamListener listener = new AudioStreamListener() {
        @Override
        public void interrupted(String reason) {
            told.add(reason);
        }

        @Override
        public void restored() {
            told.add("restored");
        }
    };
    private int captured;
    private int filled;
    private long nanos = 1_000_000;

    @ParameterizedTest
    @CsvSource({"48000, 1", "48000, 5", "48000, 10", "48000, 16", "44000, 10", "8000, 20"})
    void aCallsStreamsWakeAtMost250TimesASecondTogether(int rate, int lumpMillis) {
        int waits = wakesInTenSeconds(microphone(rate, lumpMillis)) + wakesInTenSeconds(speaker(rate, lumpMillis));

        assertThat(waits / 10 + LOOKS_A_SECOND).isLessThanOrEqualTo(MOST_A_SECOND);
        assertThat(captured).isBetween(990, 1_010);
        assertThat(told).isEmpty();
    }

    @Test
    void devicesThatMoveNothingWakeTheirStreamsNoMoreOften() {
        FakeLine microphone = microphone(48_000, 1);
        microphone.dead = true;
        FakeLine speaker = speaker(48_000, 1);
        speaker.dead = true;

        int waits = wakesInTenSeconds(microphone) + wakesInTenSeconds(speaker);

        assertThat(waits / 10 + LOOKS_A_SECOND).isLessThanOrEqualTo(MOST_A_SECOND);
    }

    @Test
    void onAnUsualDeviceAStreamWakesOnceAFrame() {
        assertThat(wakesInTenSeconds(microphone(48_000, 1))).isLessThan(1_060);
        assertThat(wakesInTenSeconds(speaker(48_000, 1))).isLessThan(1_060);
    }

    /** Windows wakes threads at multiples of 15.6 ms unless a program asks for more. */
    @Test
    void aCoarseTimerLosesNothingAndTheSpeakerDoesNotKeepRunningEmpty() {
        FakeLine microphone = microphone(48_000, 1);
        FakeLine speaker = speaker(48_000, 1);
        run(microphone, capture(microphone), 30_000, 15_625_000);
        DeviceStream playback = playback(speaker);
        run(speaker, playback, 20_000, 15_625_000);
        int atFirst = speaker.underruns;
        run(speaker, playback, 10_000, 15_625_000);

        assertThat(captured).isBetween(2_988, 3_001);
        assertThat(speaker.underruns - atFirst).isLessThanOrEqualTo(1);
        assertThat(told).isEmpty();
    }

    private int wakesInTenSeconds(FakeLine line) {
        DeviceStream stream = line.isMicrophone() ? capture(line) : playback(line);
        return run(line, stream, 10_000, 1);
    }

    /** Lets a stream sleep as long as it wants, and up to the timer's next tick; returns how often it woke. */
    private int run(FakeLine line, DeviceStream stream, int millis, long tickNanos) {
        long end = nanos + millis * 1_000_000L;
        int wakes = 0;
        while (nanos < end) {
            long wait = stream.step(nanos);
            wakes++;
            long before = nanos / 1_000_000;
            nanos = (nanos + wait + tickNanos - 1) / tickNanos * tickNanos;
            line.run((int) (nanos / 1_000_000 - before));
        }
        return wakes;
    }

    private DeviceStream capture(FakeLine line) {
        return stream(line, new CapturePump(AudioFormat.NARROWBAND, frame -> captured++, gate));
    }

    private DeviceStream playback(FakeLine line) {
        return stream(line, new PlaybackPump(AudioFormat.NARROWBAND, frame -> filled++, gate, new AtomicInteger(20)));
    }

    private DeviceStream stream(FakeLine line, LinePump traffic) {
        return new DeviceStream(
                line,
                () -> {
                    throw new AudioUnavailableException(AudioUnavailableException.Reason.BUSY, "gone");
                },
                traffic,
                listener,
                gate,
                nanos);
    }

    private static FakeLine microphone(int rate, int lumpMillis) {
        FakeLine line = FakeLine.microphone(rate, 1, 440);
        line.lumpMillis = lumpMillis;
        return line;
    }

    private static FakeLine speaker(int rate, int lumpMillis) {
        FakeLine line = FakeLine.speaker(rate, 2);
        line.lumpMillis = lumpMillis;
        return line;
    }
}
