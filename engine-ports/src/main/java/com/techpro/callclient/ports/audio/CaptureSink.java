// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** Receives the frames captured from a microphone. */
@FunctionalInterface
public interface CaptureSink {
    /**
     * Receives one frame.
     *
     * @param frame {@link AudioFormat#samplesPerFrame} samples; the port may reuse the array once
     *     this method returns
     */
    void captured(short[] frame);
}
