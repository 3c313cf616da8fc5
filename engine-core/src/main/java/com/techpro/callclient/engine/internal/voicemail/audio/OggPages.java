// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The packets of the first logical stream in an Ogg file (RFC 3533). Pages that are damaged or missing cost their packets, and no others. */
final class OggPages {
    /** The longest packet that is put together; Opus at 510 kbit/s needs 7,664 bytes for 120 ms (RFC 6716 §3.4). */
    private static final int LONGEST_PACKET = 64 * 1_024;

    private static final int HEADER = 27;
    private static final int CONTINUED = 1;
    private static final int LAST = 4;

    /** How far the next page is searched for. */
    private static final int FARTHEST = 1 << 20;

    private static final int[] CRC = crcTable();

    private final InputStream in;
    private final byte[] header = new byte[HEADER];
    private final byte[] lacing = new byte[255];
    private final ArrayDeque<byte[]> packets = new ArrayDeque<>();
    private byte[] partial = new byte[0];
    private boolean inPartial;
    private long serial = -1;
    private long sequence = -1;
    private long granule = -1;
    private boolean last;
    private boolean damaged;
    private boolean over;

    OggPages(InputStream in) {
        this.in = in;
    }

    /** Whether something was left out. */
    boolean damaged() {
        return damaged;
    }

    /** Whether the stream said itself that it ends. */
    boolean ended() {
        return last;
    }

    /** How many samples there are up to the end of the page that the last packet came from (RFC 7845 §4), or -1. */
    long granule() {
        return granule;
    }

    /** Whether the last packet given was the last that ends in its page. */
    boolean pageIsRead() {
        return packets.isEmpty();
    }

    /** The next packet, or null at the end. */
    byte @Nullable [] next() throws IOException {
        while (packets.isEmpty()) {
            if (over || last || !readPage()) {
                over = true;
                return null;
            }
        }
        return packets.remove();
    }

    /** @return whether there was one */
    private boolean readPage() throws IOException {
        if (!findPage()) {
            return false;
        }
        int segments = header[26] & 0xFF;
        if (Bytes.fill(in, lacing, 0, segments) < segments) {
            damaged = true;
            return false;
        }
        int length = 0;
        for (int i = 0; i < segments; i++) {
            length += lacing[i] & 0xFF;
        }
        byte[] body = new byte[length];
        int got = Bytes.fill(in, body, 0, length);
        if (got < length) {
            damaged = true;
            return false;
        }
        long sum = Bytes.le32(header, 22);
        if (sum != checksum(segments, body)) {
            // Its packets are not to be trusted, nor what it continues.
            damaged = true;
            inPartial = false;
            return true;
        }
        take(segments, body);
        return true;
    }

    /** Reads a page's header, wherever the next one is. */
    private boolean findPage() throws IOException {
        int got = Bytes.fill(in, header, 0, HEADER);
        int skipped = 0;
        while (got == HEADER && !isPage()) {
            damaged = true;
            if (++skipped > FARTHEST) {
                return false;
            }
            System.arraycopy(header, 1, header, 0, HEADER - 1);
            got = HEADER - 1 + Bytes.fill(in, header, HEADER - 1, 1);
        }
        damaged |= got > 0 && got < HEADER;
        return got == HEADER;
    }

    private boolean isPage() {
        return header[0] == 'O' && header[1] == 'g' && header[2] == 'g' && header[3] == 'S' && header[4] == 0;
    }

    private void take(int segments, byte[] body) {
        long itsSerial = Bytes.le32(header, 14);
        if (serial < 0) {
            serial = itsSerial;
        } else if (serial != itsSerial) {
            // Another stream beside ours is not ours to play.
            return;
        }
        long itsSequence = Bytes.le32(header, 18);
        boolean follows = sequence < 0 || itsSequence == ((sequence + 1) & 0xFFFFFFFFL);
        sequence = itsSequence;
        damaged |= !follows;
        boolean continues = (header[5] & CONTINUED) != 0;
        if (!continues || !follows) {
            damaged |= inPartial;
            inPartial = false;
        }
        // What begins on a page that was lost cannot be put together.
        boolean leftOut = continues && !inPartial;
        int at = 0;
        for (int i = 0; i < segments; i++) {
            int size = lacing[i] & 0xFF;
            if (!leftOut) {
                append(body, at, size);
            }
            at += size;
            if (size < 255) {
                if (!leftOut && inPartial) {
                    packets.add(partial);
                }
                partial = new byte[0];
                inPartial = false;
                leftOut = false;
            }
        }
        granule = Bytes.le32(header, 6) | Bytes.le32(header, 10) << 32;
        last = (header[5] & LAST) != 0;
    }

    private void append(byte[] body, int from, int size) {
        inPartial = true;
        if (partial.length + size > LONGEST_PACKET) {
            damaged = true;
            return;
        }
        int at = partial.length;
        partial = Arrays.copyOf(partial, at + size);
        System.arraycopy(body, from, partial, at, size);
    }

    private long checksum(int segments, byte[] body) {
        byte[] zeroed = header.clone();
        Arrays.fill(zeroed, 22, 26, (byte) 0);
        int sum = crc(0, zeroed, HEADER);
        sum = crc(sum, lacing, segments);
        return crc(sum, body, body.length) & 0xFFFFFFFFL;
    }

    /** RFC 3533 §6: generator 04C11DB7, no reflection, begun with and ended by nothing. */
    private static int crc(int before, byte[] bytes, int length) {
        int sum = before;
        for (int i = 0; i < length; i++) {
            sum = sum << 8 ^ CRC[(sum >>> 24 ^ bytes[i]) & 0xFF];
        }
        return sum;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ 0x04C11DB7 : value << 1;
            }
            table[i] = value;
        }
        return table;
    }
}
