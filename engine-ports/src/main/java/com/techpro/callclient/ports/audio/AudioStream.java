// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** An open capture or playback stream; see {@link AudioPort} for the contract. */
public interface AudioStream extends AutoCloseable {
    /** Mutes or unmutes the stream (AUD-8). */
    void setMuted(boolean muted);

    /** Ends the stream and releases the device. Closing twice does nothing. */
    @Override
    void close();
}
