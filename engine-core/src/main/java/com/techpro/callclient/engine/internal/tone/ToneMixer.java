// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tones over what a speaker plays anyway. Set from any thread, and heard with the next frame; frames are made on the device's thread. */
public final class ToneMixer {
    /** What a speaker plays that has nothing but tones. */
    public static final PlaybackSource SILENCE = frame -> Arrays.fill(frame, (short) 0);

    private volatile @Nullable Tone progress;
    private volatile @Nullable Tone notice;

    /** How a call of the user's own gets on. */
    public void progress(@Nullable Tone tone) {
        progress = tone;
    }

    /** What the user is told while talking. */
    public void notice(@Nullable Tone tone) {
        notice = tone;
    }

    /** What a device of this rate plays: the source, and the tones over it. */
    public PlaybackSource over(PlaybackSource source, int sampleRate) {
        ToneVoice first = new ToneVoice(sampleRate);
        ToneVoice second = new ToneVoice(sampleRate);
        return frame -> {
            source.fill(frame);
            first.add(frame, progress);
            second.add(frame, notice);
        };
    }
}
