// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

/** The effect of other apps on this app's audio while a stream is open. */
public enum AudioFocus {
    /** This app has the audio again. */
    GAINED,
    /**
     * Another app has the audio for a while, such as the phone app for a call of the mobile
     * network.
     */
    LOST_FOR_NOW,
    /** Another app has the audio permanently. */
    LOST
}
