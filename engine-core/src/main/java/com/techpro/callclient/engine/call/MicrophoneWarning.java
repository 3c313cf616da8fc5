// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** What is probably wrong with a call's microphone. */
public enum MicrophoneWarning {
    /**
     * It has been completely silent for three seconds, which no microphone in a room is. It is switched off, unplugged,
     * or the system withholds it from this program.
     */
    NO_SIGNAL,
    /** Its sound is cut off at full scale, again and again within two seconds. It should be set to be less sensitive. */
    CLIPPING
}
