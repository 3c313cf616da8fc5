// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** Takes what a microphone hears. */
@FunctionalInterface
public interface CaptureSink {
    /**
     * One frame.
     *
     * @param frame {@link AudioFormat#samplesPerFrame} samples; the port may reuse the array once this method returns
     */
    void captured(short[] frame);
}
