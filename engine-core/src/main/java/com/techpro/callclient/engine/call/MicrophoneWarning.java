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
    CLIPPING,
    /**
     * The other side probably hears itself: for some seconds, what is sent has contained what the loudspeaker plays,
     * less than about 35 dB quieter, after everything that may cancel echo. A headset or a quieter loudspeaker helps.
     * The warning ends some seconds of the other side's speech after the echo has. It is looked for from the first
     * {@link Call#audioLevels} of a call on.
     */
    ECHO
}
