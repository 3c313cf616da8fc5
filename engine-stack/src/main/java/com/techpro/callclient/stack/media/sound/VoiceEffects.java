// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Which effects a {@link VoiceProcessor} applies. With any of them, a high-pass filter also removes
 * offset and rumble. With none, samples pass through untouched.
 *
 * @param echoCancellation removes the loudspeaker's sound from the microphone's
 * @param noiseSuppression reduces steady noise
 * @param gainControl brings speech to a common level, and limits peaks
 */
public record VoiceEffects(boolean echoCancellation, boolean noiseSuppression, boolean gainControl) {
    public static final VoiceEffects NONE = new VoiceEffects(false, false, false);
    public static final VoiceEffects ALL = new VoiceEffects(true, true, true);

    boolean any() {
        return echoCancellation || noiseSuppression || gainControl;
    }
}
