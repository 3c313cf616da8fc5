// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import java.io.IOException;
import java.io.InputStream;

/** Reading that goes on until it has what it wants. */
final class Bytes {
    private Bytes() {}

    /** @return how many there were: fewer than wanted only at the end */
    static int fill(InputStream in, byte[] to, int from, int count) throws IOException {
        int got = 0;
        while (got < count) {
            int some = in.read(to, from + got, count - got);
            if (some < 0) {
                break;
            }
            got += some;
        }
        return got;
    }

    /** @return whether there were so many */
    static boolean skip(InputStream in, long count) throws IOException {
        byte[] nowhere = new byte[1_024];
        long left = count;
        while (left > 0) {
            int some = in.read(nowhere, 0, (int) Math.min(nowhere.length, left));
            if (some < 0) {
                return false;
            }
            left -= some;
        }
        return true;
    }

    static int le16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }

    static long le32(byte[] bytes, int at) {
        return le16(bytes, at) | (long) le16(bytes, at + 2) << 16;
    }
}
