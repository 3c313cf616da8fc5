// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import java.io.IOException;

/** Gives a recording as linear 16-bit samples of one channel, as its bytes arrive. For one thread. */
public interface SoundDecoder {
    /** Samples a second. */
    int sampleRate();

    /** How many samples the recording says that it has, or -1. */
    long declaredSamples();

    /**
     * Blocks until there are some.
     *
     * @return how many of {@code samples} were written, at least one; or -1 at the end
     * @throws IOException if the bytes stop coming
     */
    int read(short[] samples) throws IOException;

    /** What is known to be wrong with what was read so far. */
    Flaw flaw();

    /** What can be wrong with a recording of which something can be played. */
    enum Flaw {
        NONE,
        /** Parts make no sense and are left out. */
        DAMAGED,
        /** It ends before it should. */
        CUT_SHORT
    }
}
