// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sound card of one end of a call: its microphone hears a {@link SpeechSource}, its speaker is
 * recorded. It has no thread; the {@link AudioClock} drives all cards. Frames are 10 ms, at 8 kHz
 * and, if the card is wideband, 16 or 48 kHz as well.
 */
public final class SoakAudio implements AudioPort {
    private static final String MICROPHONE = "talk";
    private static final String SPEAKER = "recorder";

    private final AudioClock clock;
    private final SpeechSource talk;
    private final int mostSeconds;
    private final boolean wideband;
    private final long since;

    // Owned by the clock's loop:
    private short[] heard = new short[0];
    private int heardLength;
    private long heardAt = -1;
    private Rate heardRate = Rate.NARROWBAND;

    /**
     * Creates a card with 8 kHz only.
     *
     * @param mostSeconds how much is recorded; later audio is not
     */
    public SoakAudio(AudioClock clock, SpeechSource talk, int mostSeconds) {
        this(clock, talk, mostSeconds, false);
    }

    private SoakAudio(AudioClock clock, SpeechSource talk, int mostSeconds, boolean wideband) {
        this.clock = clock;
        this.talk = talk;
        this.wideband = wideband;
        this.since = clock.position();
        this.mostSeconds = mostSeconds;
    }

    /**
     * Creates a card with the rate of the codec. A recording has the rate at which it was first
     * played.
     */
    public static SoakAudio wideband(AudioClock clock, SpeechSource talk, int mostSeconds) {
        return new SoakAudio(clock, talk, mostSeconds, true);
    }

    /** Delivers the recording on the clock's loop, once every frame due before has been played. */
    public void recording(Consumer<Recording> receiver) {
        clock.execute(() -> receiver.accept(
                new Recording(Arrays.copyOf(heard, heardLength), heardRate, heardAt, clock.stallsSince(since))));
    }

    /** Starts a new recording, once every frame due before has been played. */
    public void forget() {
        clock.execute(() -> {
            heard = new short[0];
            heardLength = 0;
            heardAt = -1;
        });
    }

    @Override
    public List<AudioDevice> devices() {
        return List.of(
                new AudioDevice(MICROPHONE, "recorded speech", AudioDevice.Direction.CAPTURE, true),
                new AudioDevice(SPEAKER, "recorder", AudioDevice.Direction.PLAYBACK, true));
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        Rate rate = rate(deviceId, MICROPHONE, format);
        short[] frame = new short[format.samplesPerFrame()];
        return open(new Stream((position, muted) -> {
            if (muted) {
                Arrays.fill(frame, (short) 0);
            } else {
                talk.copy(rate, position * rate.factor() - frame.length, frame);
            }
            sink.captured(frame);
        }));
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        Rate rate = rate(deviceId, SPEAKER, format);
        short[] frame = new short[format.samplesPerFrame()];
        return open(new Stream((position, muted) -> {
            source.fill(frame);
            if (muted) {
                Arrays.fill(frame, (short) 0);
            }
            record(position, rate, frame);
        }));
    }

    private Stream open(Stream stream) {
        clock.add(stream);
        return stream;
    }

    private void record(long position, Rate rate, short[] frame) {
        if (heardAt < 0) {
            heardAt = position;
            heardRate = rate;
        } else if (rate != heardRate) {
            // A re-INVITE has changed the codec: audio from here on counts as missing.
            return;
        }
        // While a stream is closed (a held call may close it) nothing is played, and the recording
        // has silence.
        long offset = (position - heardAt) * rate.factor();
        int mostSamples = mostSeconds * rate.hertz();
        int end = (int) Math.min(offset + frame.length, mostSamples);
        if (end <= offset) {
            return;
        }
        if (end > heard.length) {
            heard = Arrays.copyOf(heard, Math.min(mostSamples, Math.max(2 * heard.length, end)));
        }
        System.arraycopy(frame, 0, heard, (int) offset, end - (int) offset);
        heardLength = end;
    }

    private Rate rate(@Nullable String deviceId, String device, AudioFormat format) throws AudioUnavailableException {
        if (deviceId != null && !deviceId.equals(device)) {
            throw new AudioUnavailableException(
                    AudioUnavailableException.Reason.NO_SUCH_DEVICE, "only " + device + " is there");
        }
        Rate rate = Rate.of(format.sampleRate());
        if (rate == null || !format.frame().equals(AudioClock.FRAME) || (rate != Rate.NARROWBAND && !wideband)) {
            throw new AudioUnavailableException(AudioUnavailableException.Reason.UNSUPPORTED_FORMAT, "not " + format);
        }
        return rate;
    }

    private interface Card {
        void frame(long position, boolean muted);
    }

    private final class Stream implements AudioStream, AudioClock.Ticking {
        private final Card card;
        private boolean closed;
        private boolean muted;

        Stream(Card card) {
            this.card = card;
        }

        @Override
        public synchronized void tick(long position) {
            if (!closed) {
                card.frame(position, muted);
            }
        }

        /** All: the judge compares sound as it was spoken. */
        @Override
        public Set<VoiceEffect> voiceEffects() {
            return EnumSet.allOf(VoiceEffect.class);
        }

        @Override
        public synchronized void setMuted(boolean mute) {
            muted = mute;
        }

        @Override
        public void close() {
            // The lock ensures that no callback continues after this returns (AUD-6).
            synchronized (this) {
                closed = true;
            }
            clock.remove(this);
        }
    }
}
