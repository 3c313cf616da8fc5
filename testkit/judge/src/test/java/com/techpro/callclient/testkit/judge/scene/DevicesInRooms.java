// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Microphones that hear the loudspeaker of the same name and a person, at 8 kHz and in virtual time. Sample {@code n} of
 * what was heard is {@code n / 8} milliseconds after the beginning.
 */
final class DevicesInRooms implements AudioPort {
    static final int RATE = 8_000;
    static final int MOST = 60 * RATE;

    /** From a loudspeaker's request to its sound, in samples. */
    private static final int LATE = RATE * 60 / 1000;

    private final VirtualTime time;
    private final FakeAudio devices;
    private final Map<String, double[]> rooms = new HashMap<>();
    private final List<AudioDevice> present = new ArrayList<>();
    private final short[] played = new short[MOST];
    private final short[] heard = new short[MOST];
    private final short[] words = new short[MOST];
    private String speaker = "";
    /** From which sample on it plays. */
    private int begun;

    DevicesInRooms(VirtualTime time) {
        this.time = time;
        devices = new FakeAudio(time.openLoop("devices")).voiceEffects(Set.of());
    }

    /** Adds a microphone and a loudspeaker in a room; the first ones are the default. */
    DevicesInRooms with(String name, long seed, double gain) {
        double[] impulse = new double[RATE / 2];
        impulse[0] = 1;
        Random random = Seeds.random(seed);
        double x = 1 + random.nextDouble();
        double[] speaker = {x, 1.6, 0.9};
        double[] microphone = {x + 0.3 + 0.3 * random.nextDouble(), 1.8, 1};
        double[] response = new Room(new double[] {4, 3.3, 2.5}, speaker, microphone, 0.06 + 0.1 * random.nextDouble())
                .heard(impulse);
        double energy = Arrays.stream(response).map(tap -> tap * tap).sum();
        Arrays.setAll(response, i -> response[i] * gain / Math.sqrt(energy));
        return with(name, response);
    }

    /** Adds a headset. */
    DevicesInRooms withHeadset(String name) {
        return with(name, new double[0]);
    }

    private DevicesInRooms with(String name, double[] response) {
        rooms.put(name, response);
        boolean first = present.isEmpty();
        present.add(new AudioDevice(name, name, Direction.CAPTURE, first));
        present.add(new AudioDevice(name, name, Direction.PLAYBACK, first));
        devices.devices(present);
        return this;
    }

    /** The person begins to say this now. */
    void say(short[] samples) {
        System.arraycopy(samples, 0, words, now(), samples.length);
    }

    /** What the microphone heard, from the beginning. */
    short[] heard() {
        return heard;
    }

    int now() {
        return (int) (time.elapsed().toNanos() * RATE / 1_000_000_000L);
    }

    @Override
    public List<AudioDevice> devices() {
        return devices.devices();
    }

    @Override
    public AudioStream openCapture(
            @Nullable String device, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        String microphone = used(device);
        CaptureSink hearing = frame -> {
            int begin = now() - frame.length;
            for (int i = 0; i < frame.length; i++) {
                frame[i] = microphone.equals(speaker) ? echo(rooms.get(microphone), begin + i) : 0;
                frame[i] += words[begin + i];
                heard[begin + i] = frame[i];
            }
            sink.captured(frame);
        };
        return devices.openCapture(device, narrow(format), hearing, listener);
    }

    private short echo(double[] response, int at) {
        double sum = 0;
        for (int i = 0; i < response.length && at - LATE - i >= begun; i++) {
            sum += response[i] * played[at - LATE - i];
        }
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(sum)));
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String device, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        speaker = used(device);
        begun = now();
        PlaybackSource playing = frame -> {
            source.fill(frame);
            System.arraycopy(frame, 0, played, now(), frame.length);
        };
        return devices.openPlayback(device, narrow(format), playing, listener);
    }

    private String used(@Nullable String device) {
        return device == null ? present.get(0).id() : device;
    }

    private static AudioFormat narrow(AudioFormat format) throws AudioUnavailableException {
        if (format.sampleRate() != RATE) {
            throw new AudioUnavailableException(AudioUnavailableException.Reason.UNSUPPORTED_FORMAT, "only 8 kHz");
        }
        return format;
    }
}
