// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import java.io.IOException;
import java.io.InputStream;

/** GSM 06.10 without a container, as in {@code .gsm} files: frames of 33 bytes that begin with the four bits 1101, 20 ms each. */
final class GsmReader implements SoundDecoder {
    static final int FRAME = 33;

    private static final int SIGNATURE = 0xD0;

    private final InputStream in;
    private final GsmFullRate gsm = new GsmFullRate();
    private final byte[] frame = new byte[FRAME];
    private final int[] parameters = new int[GsmFullRate.PARAMETERS];
    private Flaw flaw = Flaw.NONE;
    private boolean over;

    GsmReader(InputStream in) {
        this.in = in;
    }

    /** Whether these could be the first bytes of a recording. */
    static boolean begins(byte[] start, int length) {
        return length >= FRAME
                && (start[0] & 0xF0) == SIGNATURE
                && (length == FRAME || (start[FRAME] & 0xF0) == SIGNATURE);
    }

    @Override
    public int sampleRate() {
        return 8_000;
    }

    @Override
    public long declaredSamples() {
        return -1;
    }

    @Override
    public int read(short[] samples) throws IOException {
        int count = over ? 0 : Bytes.fill(in, frame, 0, FRAME);
        if (count < FRAME) {
            if (count > 0) {
                flaw = flaw == Flaw.NONE ? Flaw.CUT_SHORT : flaw;
            }
            over = true;
            return -1;
        }
        if ((frame[0] & 0xF0) == SIGNATURE) {
            GsmBits.mostSignificantFirst(frame, 4, parameters);
            gsm.decode(parameters, samples, 0);
        } else {
            // Not a frame: its time passes in silence, so that the rest stays where it was.
            flaw = Flaw.DAMAGED;
            gsm.silence(samples, 0);
        }
        return GsmFullRate.SAMPLES;
    }

    @Override
    public Flaw flaw() {
        return flaw;
    }
}
