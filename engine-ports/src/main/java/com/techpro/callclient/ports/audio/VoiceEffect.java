// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

/** What can be done to a microphone's sound before it is sent. The names are those of W3C's media capture. */
public enum VoiceEffect {
    /** Removes what the loudspeaker plays from what the microphone hears. */
    ECHO_CANCELLATION,
    /** Makes steady noise, as of a fan, and clicks of keys quieter. */
    NOISE_SUPPRESSION,
    /** Makes quiet voices louder and loud ones quieter. */
    AUTO_GAIN_CONTROL
}
