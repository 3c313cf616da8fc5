// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;

/** Where one microphone and one speaker are plugged in. */
public interface AudioEndpoint {
    /** Takes the microphone's frames, 8 kHz and 20 ms ({@code AudioFormat.NARROWBAND}), on one thread. */
    CaptureSink audioIn();

    /** Gives the speaker's frames, 8 kHz and 20 ms, on one thread. */
    PlaybackSource audioOut();
}
