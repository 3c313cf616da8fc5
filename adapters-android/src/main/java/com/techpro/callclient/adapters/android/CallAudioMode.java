// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioAttributes;
import android.media.AudioFocusRequest;
import android.media.AudioManager;

/** While a stream is open Android's audio is in {@code MODE_IN_COMMUNICATION}, and music pauses. */
final class CallAudioMode {
    static final AudioAttributes ATTRIBUTES = new AudioAttributes.Builder()
            .setUsage(AudioAttributes.USAGE_VOICE_COMMUNICATION)
            .setContentType(AudioAttributes.CONTENT_TYPE_SPEECH)
            .build();

    private final AudioManager audio;
    private final AudioFocusRequest focus = new AudioFocusRequest.Builder(AudioManager.AUDIOFOCUS_GAIN_TRANSIENT)
            .setAudioAttributes(ATTRIBUTES)
            .build();
    private int streams;
    private int modeBefore;

    CallAudioMode(AudioManager audio) {
        this.audio = audio;
    }

    synchronized void enter() {
        if (streams++ == 0) {
            modeBefore = audio.getMode();
            audio.setMode(AudioManager.MODE_IN_COMMUNICATION);
            // Refused during a call of the mobile network, say. Telecom, which knows of both, holds one of them.
            int unused = audio.requestAudioFocus(focus);
        }
    }

    synchronized void leave() {
        if (--streams == 0) {
            int unused = audio.abandonAudioFocusRequest(focus);
            audio.setMode(modeBefore);
        }
    }
}
