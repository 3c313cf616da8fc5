// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;

/**
 * A three-way conversation: the media of two calls with one microphone and one speaker. While a
 * call is in it, connect no other device to that call. Methods may be called from any thread and
 * return at once.
 */
public final class MixSession implements AudioEndpoint, AutoCloseable {
    private final MediaLoop loop;
    private final Mixer mixer;

    private MixSession(MediaLoop loop, Mixer mixer) {
        this.loop = loop;
        this.mixer = mixer;
    }

    static MixSession open(MediaLoop loop, MediaSession one, MediaSession other, Runnable closedHook) {
        Mixer mixer = new Mixer(loop, AudioFormat.NARROWBAND.sampleRate(), one, other, closedHook);
        loop.execute(() -> loop.add(mixer));
        return new MixSession(loop, mixer);
    }

    @Override
    public CaptureSink audioIn(int sampleRate) {
        return mixer.microphone(sampleRate);
    }

    @Override
    public PlaybackSource audioOut(int sampleRate) {
        return mixer.speaker(sampleRate);
    }

    /**
     * Sets how a call takes part; initially it does not.
     *
     * @param leg 0 or 1, in the order given
     * @param speaks whether its far end is heard
     * @param listens whether its far end hears the others
     * @param muted whether its far end does not hear the microphone
     */
    public void set(int leg, boolean speaks, boolean listens, boolean muted) {
        loop.execute(() -> mixer.set(leg, speaks, listens, muted));
    }

    /**
     * Releases the calls.
     *
     * @param released run on the media loop, once devices may be connected to the calls again
     */
    public void close(Runnable released) {
        loop.executeNow(() -> {
            mixer.close();
            released.run();
        });
    }

    @Override
    public void close() {
        close(() -> {});
    }
}
