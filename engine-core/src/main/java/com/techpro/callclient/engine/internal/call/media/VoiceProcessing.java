// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.internal.call.context.EchoMemory;
import com.techpro.callclient.engine.internal.call.context.EchoMemory.DevicePair;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.stack.media.sound.EchoWatch;
import com.techpro.callclient.stack.media.sound.LearntEcho;
import com.techpro.callclient.stack.media.sound.VoiceProcessor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Applies the effects that the host wants and that the open microphone does not apply itself, and
 * listens for an echo in what comes out once somebody asks for it. The devices' threads call it, the
 * audio worker begins and ends it, and {@link #effects} and {@link #isEchoHeard} may be called from
 * any thread.
 */
final class VoiceProcessing {
    private final Set<VoiceEffect> wanted;
    private final EchoMemory memory;
    private final Executor worker;
    private volatile @Nullable Active active;
    /** Whether it is known what there is to do; until then the microphone is silent. */
    private volatile boolean begun;

    private volatile @Nullable EchoWatch watch;
    private volatile VoiceEffects effects = VoiceEffects.NONE;
    /** Of the open microphone; 0 for none. Owned by the worker. */
    private int sampleRate;

    private volatile boolean watching;

    /** A processor of sound between two devices. */
    private record Active(VoiceProcessor processor, DevicePair devices) {}

    /** @param worker to which the memory belongs, and all that begins and ends */
    VoiceProcessing(Set<VoiceEffect> wanted, EchoMemory memory, Executor worker) {
        this.wanted = wanted;
        this.memory = memory;
        this.worker = worker;
    }

    /** Begins for a microphone that has just been opened, or that came back, or for another speaker. */
    void begin(AudioStream stream, int rate, DevicePair devices) {
        try {
            Set<VoiceEffect> byDevice = stream.voiceEffects();
            Set<VoiceEffect> byEngine = EnumSet.noneOf(VoiceEffect.class);
            byEngine.addAll(wanted);
            byEngine.removeAll(byDevice);
            active = byEngine.isEmpty()
                    ? null
                    : new Active(new VoiceProcessor(rate, byEngine, memory.of(devices)), devices);
            watch(rate);
            effects = new VoiceEffects(byDevice, byEngine);
        } finally {
            begun = true;
        }
    }

    /** Whether it is these devices' sound that is processed, if any is. */
    boolean isFor(DevicePair devices) {
        Active now = active;
        return now == null || now.devices().equals(devices);
    }

    /** Remembers what was learnt while the microphone delivers nothing. */
    void keep() {
        Active now = active;
        if (now != null) {
            memory.keep(now.devices(), now.processor().learnt());
        }
    }

    void end() {
        keep();
        active = null;
        begun = false;
        watch(0);
        effects = VoiceEffects.NONE;
    }

    VoiceEffects effects() {
        return effects;
    }

    /** On the worker. */
    private void watch(int rate) {
        sampleRate = rate;
        watch = watching && rate > 0 ? new EchoWatch(rate) : null;
    }

    /**
     * Whether the other side probably hears itself, in spite of all effects. It is watched from the
     * first call on: a watch has 300 kB, of which a thousand calls without a user need none.
     */
    boolean isEchoHeard() {
        if (!watching) {
            watching = true;
            worker.execute(() -> watch(sampleRate));
        }
        EchoWatch active = watch;
        return active != null && active.isHeard();
    }

    /** Returns a sink for the microphone's frames. */
    CaptureSink before(CaptureSink sink) {
        return new CaptureSink() {
            private short[] processed = new short[0];
            private @Nullable Active last;

            @Override
            public void captured(short[] frame) {
                short[] sent = process(frame);
                EchoWatch listening = watch;
                if (listening != null) {
                    listening.sent(sent);
                }
                sink.captured(sent);
            }

            private short[] process(short[] frame) {
                Active now = active;
                if (now == null && begun) {
                    return frame;
                }
                if (processed.length != frame.length) {
                    processed = new short[frame.length];
                }
                if (now == null) {
                    // Its echo would be sent.
                    Arrays.fill(processed, (short) 0);
                    return processed;
                }
                follow(now);
                System.arraycopy(frame, 0, processed, 0, frame.length);
                now.processor().process(processed);
                return processed;
            }

            /** Remembers what was learnt of a speaker that was exchanged meanwhile. */
            private void follow(Active now) {
                Active before = last;
                last = now;
                if (before != null && !before.devices().equals(now.devices())) {
                    LearntEcho learnt = before.processor().learnt();
                    worker.execute(() -> memory.keep(before.devices(), learnt));
                }
            }
        };
    }

    /** Returns a source of the loudspeaker's frames, which the echo canceller and the watch hear as well. */
    PlaybackSource after(PlaybackSource source) {
        return frame -> {
            source.fill(frame);
            Active now = active;
            if (now != null) {
                now.processor().played(frame);
            }
            EchoWatch listening = watch;
            if (listening != null) {
                listening.played(frame);
            }
        };
    }
}
