// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.Set;

/**
 * What is done to the sound of a call's microphone, and by whom.
 *
 * @param byDevice by the audio port or its device, whether the host asked for it or not
 * @param byEngine by the engine, because the host asked for it and the device does not do it
 */
public record VoiceEffects(Set<VoiceEffect> byDevice, Set<VoiceEffect> byEngine) {
    /** Of a call without an open microphone. */
    public static final VoiceEffects NONE = new VoiceEffects(Set.of(), Set.of());

    public VoiceEffects {
        byDevice = Set.copyOf(byDevice);
        byEngine = Set.copyOf(byEngine);
    }
}
