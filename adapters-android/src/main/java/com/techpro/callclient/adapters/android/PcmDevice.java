// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import com.techpro.callclient.ports.audio.AudioUnavailableException;

/** An open microphone or speaker: moves whole frames and waits for the device meanwhile. */
interface PcmDevice {
    /** Called on the stream's thread alone; whether the whole frame was moved. If not, the device is gone, or was interrupted. */
    boolean transfer(short[] frame);

    /** Ends a transfer that waits, from another thread. */
    void interrupt();

    /** Gives the device back; called on the stream's thread, once. */
    void release();

    /** Opens the stream's device, or what stands in for it. */
    @FunctionalInterface
    interface Opener {
        PcmDevice open() throws AudioUnavailableException;
    }
}
