// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

/**
 * What Android does to the sound of the open microphone.
 *
 * @param echoCanceller whether the platform's own takes out what the speaker plays
 * @param noiseSuppressor whether the platform's own is at work
 */
public record VoiceEffects(boolean echoCanceller, boolean noiseSuppressor) {
    /** While no microphone is open, or the device has neither. */
    public static final VoiceEffects NONE = new VoiceEffects(false, false);
}
