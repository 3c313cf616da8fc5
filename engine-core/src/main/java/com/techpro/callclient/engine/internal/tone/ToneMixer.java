// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adds tones to what a speaker plays. Tones may be set from any thread, and start with the next
 * frame; frames are made on the device's thread.
 */
public final class ToneMixer {
    /** The source of a speaker that plays only tones. */
    public static final PlaybackSource SILENCE = frame -> Arrays.fill(frame, (short) 0);

    private volatile @Nullable Tone progress;
    private volatile @Nullable Tone notice;

    /** Sets the progress tone of an outgoing call. */
    public void progress(@Nullable Tone tone) {
        progress = tone;
    }

    /** Sets the notification tone during a call. */
    public void notice(@Nullable Tone tone) {
        notice = tone;
    }

    /** Returns the source for a device of this rate: the given source with the tones added. */
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
