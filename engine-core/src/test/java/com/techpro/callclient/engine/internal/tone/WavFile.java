// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.tone;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files of RIFF WAVE with one channel of 16 bits. */
public final class WavFile {
    private WavFile() {}

    public static byte[] sine(int rate, double hertz, int millis) {
        int samples = (int) ((long) rate * millis / 1_000);
        ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            file.putShort((short) (9_000 * Math.sin(2 * Math.PI * hertz * i / rate)));
        }
        return file.array();
    }
}
