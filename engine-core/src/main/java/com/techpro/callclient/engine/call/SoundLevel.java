// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/**
 * How loud a tenth of a second of sound was, in dBFS: 0 is the loudest that a sample can be, and -96 is silence.
 * Speech is usually between -35 and -15.
 *
 * @param rms of the root mean square
 * @param peak of the loudest sample; near 0 the sound is probably clipped
 */
public record SoundLevel(double rms, double peak) {
    /** Nothing but zeros. */
    public static final SoundLevel SILENCE = new SoundLevel(-96, -96);
}
