// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.internal.call.context.EchoMemory;
import com.techpro.callclient.engine.internal.call.context.EchoMemory.DevicePair;
import com.techpro.callclient.engine.internal.tone.ToneMixer;
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
 * What a call's sound passes between its two devices and the engine, in this order:
 *
 * <pre>
 *   microphone                                       speaker
 *   1  LevelMeter      what the device delivers      1  the engine
 *   2  VoiceProcessor  echo, noise and level         2  ToneMixer       progress tone and notice
 *   3  EchoWatch       whether an echo is left       3  LevelMeter      what the user hears
 *   4  the engine                                    4  VoiceProcessor, EchoWatch  hear it, too
 * </pre>
 *
 * <p>The processor applies the effects that the host wants and that the open microphone does not
 * apply itself. The watch begins once somebody asks for an echo. The devices' threads call the
 * chain, the audio worker begins and ends it, and {@link #effects} and {@link #isEchoHeard} may be
 * called from any thread.
 */
final class DeviceChain {
    private final ToneMixer tones;
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
    DeviceChain(ToneMixer tones, Set<VoiceEffect> wanted, EchoMemory memory, Executor worker) {
        this.tones = tones;
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
    CaptureSink microphone(LevelMeter meter, CaptureSink engine) {
        return new CaptureSink() {
            private short[] processed = new short[0];
            private @Nullable Active last;

            @Override
            public void captured(short[] frame) {
                meter.measure(frame);
                short[] sent = process(frame);
                EchoWatch listening = watch;
                if (listening != null) {
                    listening.sent(sent);
                }
                engine.captured(sent);
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

    /** Returns a source of the loudspeaker's frames. */
    PlaybackSource speaker(PlaybackSource engine, LevelMeter meter, int rate) {
        PlaybackSource toned = tones.over(engine, rate);
        return frame -> {
            toned.fill(frame);
            meter.measure(frame);
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
