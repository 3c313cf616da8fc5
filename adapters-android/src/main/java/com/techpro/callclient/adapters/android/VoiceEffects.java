// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

/**
 * Android's effects on the open microphone.
 *
 * @param echoCanceller whether the platform's echo canceller is active
 * @param noiseSuppressor whether the platform's noise suppressor is active
 */
public record VoiceEffects(boolean echoCanceller, boolean noiseSuppressor) {
    /** Without an open microphone, or if the device has neither. */
    public static final VoiceEffects NONE = new VoiceEffects(false, false);
}
