// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import org.jspecify.annotations.Nullable;

/**
 * How loud a call's microphone and speaker are just now, for a level meter.
 *
 * @param microphone silent while the call is muted; null while the call does not use one
 * @param speaker tones included; null while the call does not use one
 */
public record AudioLevels(
        @Nullable SoundLevel microphone, @Nullable SoundLevel speaker) {
    /** Of a call without devices. */
    public static final AudioLevels NONE = new AudioLevels(null, null);
}
