// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.stack.media.sound.EchoWatch;
import com.techpro.callclient.stack.media.sound.VoiceProcessor;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies the effects that the host wants and that the open microphone does not apply itself, and
 * listens for an echo in what comes out once somebody asks for it. The devices' threads call it, the
 * audio worker begins and ends it, and {@link #effects} and {@link #isEchoHeard} may be called from
 * any thread.
 */
final class VoiceProcessing {
    private final Set<VoiceEffect> wanted;
    private volatile @Nullable VoiceProcessor processor;
    private volatile @Nullable EchoWatch watch;
    private volatile VoiceEffects effects = VoiceEffects.NONE;
    /** Of the open microphone; 0 for none. Guarded by this, as all that begins and ends the watch. */
    private int sampleRate;

    private boolean watching;

    VoiceProcessing(Set<VoiceEffect> wanted) {
        this.wanted = wanted;
    }

    /** Begins for a microphone that has just been opened, or that came back. */
    void begin(Set<VoiceEffect> byDevice, int rate) {
        Set<VoiceEffect> byEngine = EnumSet.noneOf(VoiceEffect.class);
        byEngine.addAll(wanted);
        byEngine.removeAll(byDevice);
        processor = byEngine.isEmpty() ? null : new VoiceProcessor(rate, byEngine);
        watch(rate);
        effects = new VoiceEffects(byDevice, byEngine);
    }

    void end() {
        processor = null;
        watch(0);
        effects = VoiceEffects.NONE;
    }

    VoiceEffects effects() {
        return effects;
    }

    private synchronized void watch(int rate) {
        sampleRate = rate;
        watch = watching && rate > 0 ? new EchoWatch(rate) : null;
    }

    /**
     * Whether the other side probably hears itself, in spite of all effects. It is watched from the
     * first call on: a watch has 300 kB, of which a thousand calls without a user need none.
     */
    boolean isEchoHeard() {
        synchronized (this) {
            if (!watching) {
                watching = true;
                watch(sampleRate);
            }
        }
        EchoWatch active = watch;
        return active != null && active.isHeard();
    }

    /** Returns a sink for the microphone's frames. */
    CaptureSink before(CaptureSink sink) {
        return new CaptureSink() {
            private short[] processed = new short[0];

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
                VoiceProcessor active = processor;
                if (active == null) {
                    return frame;
                }
                if (processed.length != frame.length) {
                    processed = new short[frame.length];
                }
                System.arraycopy(frame, 0, processed, 0, frame.length);
                active.process(processed);
                return processed;
            }
        };
    }

    /** Returns a source of the loudspeaker's frames, which the echo canceller and the watch hear as well. */
    PlaybackSource after(PlaybackSource source) {
        return frame -> {
            source.fill(frame);
            VoiceProcessor active = processor;
            if (active != null) {
                active.played(frame);
            }
            EchoWatch listening = watch;
            if (listening != null) {
                listening.played(frame);
            }
        };
    }
}
