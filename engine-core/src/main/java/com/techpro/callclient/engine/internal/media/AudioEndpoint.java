// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;

/** Where one microphone and one speaker are plugged in. */
public interface AudioEndpoint {
    /**
     * Takes the microphone's samples, in frames of any length, on one thread. The same rate again gives the same sink; another rate unplugs the one before.
     *
     * @param sampleRate of the microphone, whatever the codec's is
     */
    CaptureSink audioIn(int sampleRate);

    /**
     * Gives the speaker's samples, in frames of any length, on one thread. The same rate again gives the same source; another rate unplugs the one before.
     *
     * @param sampleRate of the speaker, whatever the codec's is
     */
    PlaybackSource audioOut(int sampleRate);
}
