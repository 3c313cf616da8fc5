// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** Supplies the frames that a speaker plays. */
@FunctionalInterface
public interface PlaybackSource {
    /**
     * Fills one frame; with silence if there is nothing to play.
     *
     * @param frame {@link AudioFormat#samplesPerFrame} samples to overwrite completely; the old
     *     contents are undefined
     */
    void fill(short[] frame);
}
