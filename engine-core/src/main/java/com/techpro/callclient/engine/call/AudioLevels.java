// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How loud a call's microphone and speaker are just now, for a level meter, and what is wrong with the microphone.
 *
 * @param microphone silent while the call is muted; null while the call does not use one
 * @param speaker tones included; null while the call does not use one
 * @param warnings none while the call is muted
 */
public record AudioLevels(
        @Nullable SoundLevel microphone, @Nullable SoundLevel speaker, Set<MicrophoneWarning> warnings) {
    /** Of a call without devices. */
    public static final AudioLevels NONE = new AudioLevels(null, null, Set.of());

    public AudioLevels {
        warnings = Set.copyOf(warnings);
    }
}
