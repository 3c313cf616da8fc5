// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** Gives what a speaker plays. */
@FunctionalInterface
public interface PlaybackSource {
    /**
     * Fills one frame, with silence if there is nothing to say.
     *
     * @param frame {@link AudioFormat#samplesPerFrame} samples to overwrite whole; its old contents are undefined
     */
    void fill(short[] frame);
}
