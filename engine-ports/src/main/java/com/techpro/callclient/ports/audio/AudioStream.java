// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

import java.util.Set;

/** An open capture or playback stream; see {@link AudioPort} for the contract. */
public interface AudioStream extends AutoCloseable {
    /** Mutes or unmutes the stream (AUD-8). */
    void setMuted(boolean muted);

    /**
     * Returns the effects that the device or the port already applies to this capture stream (AUD-11). The engine
     * leaves them alone and applies the others itself. Not asked of playback streams.
     */
    default Set<VoiceEffect> voiceEffects() {
        return Set.of();
    }

    /** Ends the stream and releases the device. Closing twice does nothing. */
    @Override
    void close();
}
