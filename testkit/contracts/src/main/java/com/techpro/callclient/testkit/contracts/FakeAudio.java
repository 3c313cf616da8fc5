// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A microphone that hears a {@link Sound} and a speaker that records, paced by a {@link Scheduler},
 * in virtual or real time. Its streams run on the scheduler's loop; its methods may be called from
 * any thread.
 */
public final class FakeAudio implements AudioPort {
    private static final int MOST_HEARD = 5 * 60 * 8_000;
    private static final int MOST_LOOPED_FRAMES = 6;
    /** From a device's loss to the opening of another one. */
    private static final Duration REOPENING = Duration.ofMillis(250);

    private final Scheduler scheduler;
    // A hand-off between tests, the engine's workers, and the scheduler's loop.
    private final Object lock = new Object();
    private final Set<FakeAudioStream> streams = new LinkedHashSet<>();
    private final ArrayDeque<short[]> played = new ArrayDeque<>();
    private List<AudioDevice> devices = List.of(
            new AudioDevice("fake-microphone", "Fake microphone", Direction.CAPTURE, true),
            new AudioDevice("fake-speaker", "Fake speaker", Direction.PLAYBACK, true));
    private Sound microphone = Sound.SILENCE;
    private boolean loopback;
    private AudioUnavailableException.@Nullable Reason refusal;
    private boolean lost;
    private Set<VoiceEffect> effects = EnumSet.allOf(VoiceEffect.class);
    private short[] heard = new short[8_000];
    private int heardLength;
    private int heardRate = AudioFormat.NARROWBAND.sampleRate();
    private boolean narrowband;
    private int opened;
    private int closed;

    public FakeAudio(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Sets what the microphone hears from now on. */
    public FakeAudio microphone(Sound sound) {
        synchronized (lock) {
            microphone = sound;
        }
        return this;
    }

    /** Makes the microphone hear what the speaker plays. */
    public FakeAudio loopback() {
        synchronized (lock) {
            loopback = true;
        }
        return this;
    }

    /**
     * Sets the devices. Open streams follow at once: to the device that they were opened with, if it is there, and else
     * to the default (AUD-12, AUD-13). Those whose device is gone report that, and go on after a quarter of a second
     * (AUD-4).
     */
    public FakeAudio devices(List<AudioDevice> present) {
        synchronized (lock) {
            devices = List.copyOf(present);
            streams.forEach(this::follow);
        }
        return this;
    }

    private void follow(FakeAudioStream stream) {
        boolean gone = devices.stream().noneMatch(device -> device.id().equals(stream.device));
        AudioDevice chosen = find(stream.chosen, stream.direction);
        AudioDevice next = chosen == null ? find(null, stream.direction) : chosen;
        stream.device = next == null ? "" : next.id();
        if (gone) {
            scheduler.execute(stream::interrupted);
        }
        if (next != null) {
            scheduler.schedule(REOPENING, () -> restoreIfThere(stream));
        }
    }

    private void restoreIfThere(FakeAudioStream stream) {
        boolean there;
        synchronized (lock) {
            there = !lost && !stream.device.isEmpty();
        }
        if (there) {
            stream.restored();
        }
    }

    private @Nullable AudioDevice find(@Nullable String deviceId, Direction direction) {
        return devices.stream()
                .filter(device -> device.direction() == direction
                        && (deviceId == null
                                ? device.systemDefault()
                                : device.id().equals(deviceId)))
                .findFirst()
                .orElse(null);
    }

    /** Refuses to open streams from now on; null allows it again. */
    public FakeAudio refuse(AudioUnavailableException.@Nullable Reason reason) {
        synchronized (lock) {
            refusal = reason;
        }
        return this;
    }

    /**
     * Makes the devices narrow-band: they refuse all formats except {@link AudioFormat#NARROWBAND}.
     */
    public FakeAudio narrowband() {
        synchronized (lock) {
            narrowband = true;
        }
        return this;
    }

    /**
     * Sets the effects that microphones opened from now on claim to apply. By default they claim all, so that the
     * engine passes on their sound as it is.
     */
    public FakeAudio voiceEffects(Set<VoiceEffect> applied) {
        synchronized (lock) {
            effects = Set.copyOf(applied);
        }
        return this;
    }

    /** Removes the devices, as when a headset is unplugged (AUD-4). */
    public void lose() {
        synchronized (lock) {
            lost = true;
            for (FakeAudioStream stream : streams) {
                scheduler.execute(stream::interrupted);
            }
        }
    }

    /** Brings the devices back. */
    public void restore() {
        synchronized (lock) {
            lost = false;
            for (FakeAudioStream stream : streams) {
                scheduler.execute(() -> restoreIfThere(stream));
            }
        }
    }

    /**
     * Returns everything that the speaker played at its present rate, up to five minutes at 8 kHz.
     */
    public short[] heard() {
        synchronized (lock) {
            return Arrays.copyOf(heard, heardLength);
        }
    }

    /** Returns the sample rate of {@link #heard}. */
    public int heardRate() {
        synchronized (lock) {
            return heardRate;
        }
    }

    public void forgetHeard() {
        synchronized (lock) {
            heardLength = 0;
        }
    }

    /** Returns how many streams were opened so far. */
    public int opened() {
        synchronized (lock) {
            return opened;
        }
    }

    /** Returns how many streams were closed so far. */
    public int closed() {
        synchronized (lock) {
            return closed;
        }
    }

    public int openStreams() {
        synchronized (lock) {
            return streams.size();
        }
    }

    /** Returns the ids of the devices that open streams use, the earliest opened first. */
    public List<String> devicesInUse() {
        return devices(stream -> true);
    }

    /** Returns those of {@link #devicesInUse} whose stream is muted. */
    public List<String> mutedDevices() {
        return devices(FakeAudioStream::isMuted);
    }

    private List<String> devices(Predicate<FakeAudioStream> which) {
        synchronized (lock) {
            return streams.stream()
                    .filter(which)
                    .map(stream -> stream.device)
                    .filter(device -> !device.isEmpty())
                    .collect(Collectors.toList());
        }
    }

    @Override
    public List<AudioDevice> devices() {
        synchronized (lock) {
            return devices;
        }
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        return open(new FakeAudioStream(scheduler, format, listener, Direction.CAPTURE, deviceId, this::ended) {
            private long position;

            @Override
            void frame(short[] frame) {
                capture(frame, position, format.sampleRate());
                position += frame.length;
                if (isMuted()) {
                    Arrays.fill(frame, (short) 0);
                }
                sink.captured(frame);
            }
        });
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        return open(new FakeAudioStream(scheduler, format, listener, Direction.PLAYBACK, deviceId, this::ended) {
            @Override
            void frame(short[] frame) {
                Arrays.fill(frame, (short) 0x5A5A);
                source.fill(frame);
                if (isMuted()) {
                    Arrays.fill(frame, (short) 0);
                }
                play(frame, format.sampleRate());
            }
        });
    }

    private AudioStream open(FakeAudioStream stream) throws AudioUnavailableException {
        synchronized (lock) {
            if (refusal != null) {
                throw new AudioUnavailableException(refusal, "refused by the test");
            }
            if (narrowband && stream.samplesPerFrame() != AudioFormat.NARROWBAND.samplesPerFrame()) {
                throw new AudioUnavailableException(
                        AudioUnavailableException.Reason.UNSUPPORTED_FORMAT, "only " + AudioFormat.NARROWBAND);
            }
            AudioDevice found = find(stream.chosen, stream.direction);
            if (found == null || lost) {
                throw new AudioUnavailableException(
                        AudioUnavailableException.Reason.NO_SUCH_DEVICE, "there is no such device");
            }
            stream.device = found.id();
            stream.effects = effects;
            opened++;
            streams.add(stream);
        }
        stream.start();
        return stream;
    }

    private void capture(short[] frame, long position, int sampleRate) {
        synchronized (lock) {
            // A loudspeaker plays a frame after it has fetched it, and not meanwhile.
            short[] looped = loopback && played.size() > 1 ? played.poll() : null;
            for (int i = 0; i < frame.length; i++) {
                if (loopback) {
                    frame[i] = looped != null && i < looped.length ? looped[i] : 0;
                } else {
                    frame[i] = microphone.at(position + i, sampleRate);
                }
            }
        }
    }

    private void play(short[] frame, int sampleRate) {
        synchronized (lock) {
            if (heardRate != sampleRate) {
                heardRate = sampleRate;
                heardLength = 0;
            }
            int length = Math.min(frame.length, MOST_HEARD - heardLength);
            if (heardLength + length > heard.length) {
                heard = Arrays.copyOf(heard, Math.min(MOST_HEARD, 2 * heard.length));
            }
            System.arraycopy(frame, 0, heard, heardLength, length);
            heardLength += length;
            if (loopback) {
                played.add(frame.clone());
                if (played.size() > MOST_LOOPED_FRAMES) {
                    played.remove();
                }
            }
        }
    }

    private void ended(FakeAudioStream stream) {
        synchronized (lock) {
            streams.remove(stream);
            closed++;
        }
    }
}
