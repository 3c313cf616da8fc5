// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.testkit.contracts.AudioRecord.Microphone;
import com.techpro.callclient.testkit.contracts.AudioRecord.Speaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Describes the audio port under test to {@link AudioPortContract}. */
@PortContract
public abstract class AudioUnderTest {
    /** One second. */
    static final int UNBROKEN_FRAMES = 100;

    static final double HERTZ = 430.9;
    static final double AMPLITUDE = 8_000;

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

    /** Returns the longest delay of AUD-5; longer only if the hardware itself holds sound back. */
    protected Duration longestDelay() {
        return Duration.ofMillis(300);
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

    /** Waits by the author's method, and names the condition in a failure. */
    final void await(String what, BooleanSupplier condition) {
        try {
            await(condition);
        } catch (AssertionError e) {
            throw new AssertionError("waited in vain until " + what, e);
        }
    }

    final AudioStream capture(AudioPort port, Microphone microphone) throws AudioUnavailableException {
        return capture(port, null, microphone);
    }

    final AudioStream capture(AudioPort port, @Nullable String device, Microphone microphone)
            throws AudioUnavailableException {
        return open(microphone, () -> port.openCapture(device, format(), microphone, microphone));
    }

    final AudioStream playback(AudioPort port, Speaker speaker) throws AudioUnavailableException {
        return open(speaker, () -> port.openPlayback(null, format(), speaker, speaker));
    }

    final Speaker speaker(Sound sound) {
        return new Speaker(sound, format().sampleRate());
    }

    interface Opening {
        AudioStream open() throws AudioUnavailableException;
    }

    final AudioStream open(AudioRecord record, Opening opening) throws AudioUnavailableException {
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

    final double toneIn(short[] samples) {
        return Sound.amplitudeOf(HERTZ, samples, format().sampleRate());
    }
}
