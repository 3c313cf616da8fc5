// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioAttributes;
import android.media.AudioFocusRequest;
import android.media.AudioManager;
import android.os.Handler;
import android.os.Looper;
import java.util.function.Consumer;

/**
 * Keeps Android's audio in {@code MODE_IN_COMMUNICATION}, and music paused, while a stream is open.
 */
final class CallAudioMode {
    static final AudioAttributes ATTRIBUTES = new AudioAttributes.Builder()
            .setUsage(AudioAttributes.USAGE_VOICE_COMMUNICATION)
            .setContentType(AudioAttributes.CONTENT_TYPE_SPEECH)
            .build();

    private final AudioManager audio;
    private final AudioFocusRequest focus;
    private int streams;

    /** @param changes receives on the main thread what other apps do, while a stream is open */
    CallAudioMode(AudioManager audio, Consumer<AudioFocus> changes) {
        this.audio = audio;
        this.focus = new AudioFocusRequest.Builder(AudioManager.AUDIOFOCUS_GAIN_TRANSIENT)
                .setAudioAttributes(ATTRIBUTES)
                .setOnAudioFocusChangeListener(
                        change -> {
                            switch (change) {
                                case AudioManager.AUDIOFOCUS_GAIN, AudioManager.AUDIOFOCUS_GAIN_TRANSIENT ->
                                    changes.accept(AudioFocus.GAINED);
                                case AudioManager.AUDIOFOCUS_LOSS_TRANSIENT -> changes.accept(AudioFocus.LOST_FOR_NOW);
                                case AudioManager.AUDIOFOCUS_LOSS -> changes.accept(AudioFocus.LOST);
                                default -> {} // Android itself lowers the volume
                            }
                        },
                        new Handler(Looper.getMainLooper()))
                .build();
    }

    synchronized void enter() {
        if (streams++ == 0) {
            audio.setMode(AudioManager.MODE_IN_COMMUNICATION);
            // Refused for example during a call of the mobile network. Telecom knows both, and
            // holds one of them.
            int unused = audio.requestAudioFocus(focus);
        }
    }

    synchronized void leave() {
        if (--streams == 0) {
            int unused = audio.abandonAudioFocusRequest(focus);
            // Ends this app's request and no other; any other mode would be one more request.
            audio.setMode(AudioManager.MODE_NORMAL);
        }
    }
}
