// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

/** What other apps do to the sound of this one while a stream is open. */
public enum AudioFocus {
    /** The sound is this app's again. */
    GAINED,
    /** Another app has the sound for a while, such as the phone's own app for a call of the mobile network. */
    LOST_FOR_NOW,
    /** Another app has the sound for good. */
    LOST
}
