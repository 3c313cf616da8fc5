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
 * from opening to closing; and while any stream is open, {@code callclient-devices}, which lists the devices once a
 * second. Devices run at their own rate; this converts rates.
 *
 * <p>AUD-12, the default: JavaSound does not say which device is the default, nor that another one became it. Its first
 * mixer stands for the default, whichever that is. What follows a change is therefore:
 *
 * <ul>
 *   <li>Everywhere: when the devices of a direction become more or fewer, as when a headset is plugged in or pulled
 *       out, the streams of that direction that belong to the default open it again, and move to the new line when it
 *       plays. If it was the same device all along, a speaker pauses for about a tenth of a second.
 *   <li>Linux with PulseAudio or PipeWire: the server moves the streams itself, also when the user only chooses another
 *       default. With ALSA alone the default is fixed by its configuration.
 *   <li>Windows: DirectSound moves a stream that was opened on its default device, the "Primary Sound Driver".
 *   <li>macOS: Core Audio moves a speaker's stream. A microphone moves only with the list above: the user's choice of
 *       another default among the same devices reaches the next call, since JavaSound cannot tell it.
 * </ul>
 *
 * <p>The JDK lists devices anew only if their number has changed: one that takes another's place within a second is not
 * noticed, unless the first one's stream is lost.
 */
public final class JavaSoundAudio implements AudioPort {
    private static final AtomicInteger STREAMS = new AtomicInteger();

    private final LineSource lines;
    private final WatchThread watch;
    private final AtomicInteger speakerLevelMillis = new AtomicInteger(PlaybackPump.FIRST_LEVEL_MILLIS);

    /** Uses the sound system of this machine. */
    public JavaSoundAudio() {
        this(new SampledLines(Mixers.INSTALLED));
    }

    JavaSoundAudio(LineSource lines) {
        this.lines = lines;
        this.watch = new WatchThread(lines);
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
        return open(
                Direction.PLAYBACK,
                deviceId,
                new PlaybackPump(format, source, gate, speakerLevelMillis),
                listener,
                gate);
    }

    private AudioStream open(
            Direction direction,
            @Nullable String deviceId,
            LinePump traffic,
            AudioStreamListener listener,
            CallbackGate gate)
            throws AudioUnavailableException {
        WatchedStream watched = new WatchedStream(lines, direction, deviceId);
        DeviceStream stream =
                new DeviceStream(watched.openFirst(), watched, traffic, listener, gate, System.nanoTime());
        watched.belongsTo(stream);
        watch.add(watched);
        String kind = direction == Direction.CAPTURE ? "capture" : "playback";
        return StreamThread.start(
                "callclient-" + kind + "-" + STREAMS.incrementAndGet(),
                stream,
                traffic,
                gate,
                () -> watch.remove(watched));
    }
}
