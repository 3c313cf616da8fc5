// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.media.AudioTrack;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowAudioTrack;

/** A speaker that can be taken away; Robolectric's own plays whatever happens. */
@Implements(AudioTrack.class)
public final class ShadowCallSpeaker extends ShadowAudioTrack {
    private static volatile boolean gone;

    static void gone(boolean now) {
        gone = now;
    }

    /** While it is gone an error, as from a server of sound that ended. */
    @Implementation
    @Override
    protected int native_write_byte(byte[] samples, int offset, int size, int format, boolean blocking) {
        return gone ? AudioTrack.ERROR_DEAD_OBJECT : super.native_write_byte(samples, offset, size, format, blocking);
    }
}
