// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/**
 * A microphone or a speaker.
 *
 * @param id opaque and stable (AUD-9)
 * @param name for display
 * @param systemDefault whether it is the device that a null id selects now
 */
public record AudioDevice(String id, String name, Direction direction, boolean systemDefault) {
    /** The direction of the sound. */
    public enum Direction {
        CAPTURE,
        PLAYBACK
    }
}
