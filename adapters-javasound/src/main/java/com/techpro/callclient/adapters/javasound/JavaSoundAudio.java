// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The microphones and speakers of the desktop, by {@code javax.sound.sampled}. Fulfils the contract
 * of {@link AudioPort}.
 *
 * <p>Threads: one per stream, named {@code callclient-capture-N} or {@code callclient-playback-N},
 * from opening to closing. Devices run at their own rate; this converts rates.
 */
public final class JavaSoundAudio implements AudioPort {
    private static final AtomicInteger STREAMS = new AtomicInteger();

    private final LineSource lines;

    /** Uses the sound system of this machine. */
    public JavaSoundAudio() {
        this(new SampledLines());
    }

    JavaSoundAudio(LineSource lines) {
        this.lines = lines;
    }

    @Override
    public List<AudioDevice> devices() {
        return lines.devices();
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        CallbackGate gate = new CallbackGate();
        return open(Direction.CAPTURE, deviceId, new CapturePump(format, sink, gate), listener, gate);
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        CallbackGate gate = new CallbackGate();
        return open(Direction.PLAYBACK, deviceId, new PlaybackPump(format, source, gate), listener, gate);
    }

    private AudioStream open(
            Direction direction,
            @Nullable String deviceId,
            LinePump traffic,
            AudioStreamListener listener,
            CallbackGate gate)
            throws AudioUnavailableException {
        DeviceLine line = lines.open(direction, deviceId);
        DeviceStream stream = new DeviceStream(
                line, () -> openAgain(direction, deviceId), traffic, listener, gate, System.nanoTime());
        String kind = direction == Direction.CAPTURE ? "capture" : "playback";
        return StreamThread.start("callclient-" + kind + "-" + STREAMS.incrementAndGet(), stream, traffic, gate);
    }

    /**
     * Opens the chosen device, or the default one while that is gone: a call continues when a
     * headset is unplugged.
     */
    private DeviceLine openAgain(Direction direction, @Nullable String deviceId) throws AudioUnavailableException {
        if (deviceId != null) {
            try {
                return lines.open(direction, deviceId);
            } catch (AudioUnavailableException gone) {
                return lines.open(direction, null);
            }
        }
        return lines.open(direction, null);
    }
}
