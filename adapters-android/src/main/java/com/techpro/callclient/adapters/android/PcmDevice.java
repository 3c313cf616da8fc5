// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.Set;

/** An open microphone or speaker: transfers whole frames and blocks meanwhile. */
interface PcmDevice {
    /**
     * Transfers a frame; returns whether it was complete. If not, the device is gone, or was
     * interrupted. Called on the stream's thread only.
     */
    boolean transfer(short[] frame);

    /** Returns what the device itself does to a microphone's sound. */
    default Set<VoiceEffect> voiceEffects() {
        return Set.of();
    }

    /** Ends a blocked transfer, from another thread. */
    void interrupt();

    /** Releases the device; called on the stream's thread, once. */
    void release();

    /** Opens the stream's device, or a substitute. */
    @FunctionalInterface
    interface Opener {
        PcmDevice open() throws AudioUnavailableException;
    }
}
