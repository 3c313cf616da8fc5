// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;

/** The connection for one microphone and one speaker. */
public interface AudioEndpoint {
    /**
     * Returns the sink for the microphone's samples: frames of any length, on one thread. Asking
     * for the same rate again returns the same sink; asking for another rate disconnects the
     * previous one.
     *
     * @param sampleRate of the microphone, whatever the codec's is
     */
    CaptureSink audioIn(int sampleRate);

    /**
     * Returns the source of the speaker's samples: frames of any length, on one thread. Asking for
     * the same rate again returns the same source; asking for another rate disconnects the previous
     * one.
     *
     * @param sampleRate of the speaker, whatever the codec's is
     */
    PlaybackSource audioOut(int sampleRate);
}
