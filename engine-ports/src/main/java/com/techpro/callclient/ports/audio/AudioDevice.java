// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/**
 * A microphone or a speaker.
 *
 * @param id opaque and stable (AUD-9)
 * @param name for people
 * @param systemDefault whether a null id would choose it now
 */
public record AudioDevice(String id, String name, Direction direction, boolean systemDefault) {
    /** Which way sound goes. */
    public enum Direction {
        CAPTURE,
        PLAYBACK
    }
}
