// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * Parses the structure of an Opus packet (RFC 6716 §3) and enforces the rules of §3.4. Of the
 * frames themselves it reads only the redundancy flag. Stateless; allocates nothing.
 */
final class OpusPacket {
    /** 120 ms (R5). */
    private static final int LONGEST = Opus.RATE / 1000 * 120;
    /** The maximum octets of a frame (R2). */
    private static final int LARGEST_FRAME = 1275;
    /** The first octet from which a length has two octets. */
    private static final int TWO_OCTETS = 252;

    private static final int FIRST_HYBRID = 12;
    private static final int FIRST_CELT = 16;
    /** Longer SILK frames consist of several of these. */
    private static final int SILK_FRAME = Opus.RATE / 1000 * 20;

    private OpusPacket() {}

    /** Returns how many samples a packet holds; 0 if it is invalid. */
    static int samples(byte[] packet, int offset, int length) {
        int frames = frames(packet, offset, length);
        return frames == 0 ? 0 : frames * frameSamples(packet[offset]);
    }

    /** Returns the samples per frame, from the first octet (table 2). */
    static int frameSamples(byte toc) {
        int config = (toc & 0xFF) >> 3;
        int quarterMillis;
        if (config < FIRST_HYBRID) {
            int length = config & 3;
            quarterMillis = length == 3 ? 240 : 40 << length;
        } else if (config < FIRST_CELT) {
            quarterMillis = 40 << (config & 1);
        } else {
            quarterMillis = 10 << (config & 3);
        }
        return Opus.RATE / 1000 * quarterMillis / 4;
    }

    /**
     * Returns whether the first frame carries the previous frame a second time (RFC 6716 §4.2.4).
     * CELT does not. SILK has a flag for it after those of voice activity; it is the first symbol
     * coded, with even probabilities.
     */
    static boolean hasRedundancy(byte[] packet, int offset, int length) {
        if (frames(packet, offset, length) == 0 || (packet[offset] & 0xFF) >> 3 >= FIRST_CELT) {
            return false;
        }
        int first = firstFrame(packet, offset, length);
        if (first < 0 || first >= offset + length) {
            return false;
        }
        int silkFrames = Math.max(1, frameSamples(packet[offset]) / SILK_FRAME);
        boolean stereo = (packet[offset] & 4) != 0;
        int bits = packet[first] & 0xFF;
        boolean middle = (bits >> (7 - silkFrames) & 1) != 0;
        boolean side = stereo && (bits >> (6 - 2 * silkFrames) & 1) != 0;
        return middle || side;
    }

    /** Returns the number of frames; 0 if the packet is invalid. */
    private static int frames(byte[] packet, int offset, int length) {
        if (length < 1) {
            return 0;
        }
        int end = offset + length;
        int rest = length - 1;
        int count = switch (packet[offset] & 3) {
            case 0 -> rest <= LARGEST_FRAME ? 1 : 0;
            case 1 -> rest % 2 == 0 && rest / 2 <= LARGEST_FRAME ? 2 : 0;
            case 2 -> {
                int size = size(packet, offset + 1, end);
                int second = end - offset - 1 - octets(size) - size;
                yield size >= 0 && second >= 0 && second <= LARGEST_FRAME ? 2 : 0;
            }
            default -> counted(packet, offset + 1, end, frameSamples(packet[offset]));
        };
        return count;
    }

    /** Returns the frames of a packet with a frame count (§3.2.5). */
    private static int counted(byte[] packet, int start, int end, int samples) {
        if (start >= end) {
            return 0;
        }
        int head = packet[start] & 0xFF;
        int count = head & 0x3F;
        if (count == 0 || count * samples > LONGEST) {
            return 0;
        }
        int at = afterPaddingLength(packet, start, end);
        int rest = at < 0 ? -1 : end - at - padding(packet, start, end);
        if (rest < 0) {
            return 0;
        }
        if ((head & 0x80) == 0) {
            return rest % count == 0 && rest / count <= LARGEST_FRAME ? count : 0;
        }
        for (int frame = 1; frame < count; frame++) {
            int size = size(packet, at, at + rest);
            if (size < 0 || rest < octets(size) + size) {
                return 0;
            }
            at += octets(size);
            rest -= octets(size) + size;
        }
        return rest <= LARGEST_FRAME ? count : 0;
    }

    /** Octets of padding at the end of a counted packet. */
    private static int padding(byte[] packet, int start, int end) {
        int padding = 0;
        if ((packet[start] & 0x40) != 0) {
            for (int at = start + 1; at < end; at++) {
                int part = packet[at] & 0xFF;
                padding += part == 255 ? 254 : part;
                if (part != 255) {
                    break;
                }
            }
        }
        return padding;
    }

    /** Returns the position after the padding length of a counted packet; -1 if it is truncated. */
    private static int afterPaddingLength(byte[] packet, int start, int end) {
        int at = start + 1;
        if ((packet[start] & 0x40) == 0) {
            return at;
        }
        while (at < end && (packet[at] & 0xFF) == 255) {
            at++;
        }
        return at < end ? at + 1 : -1;
    }

    /** Returns the position of the first frame of a counted packet; -1 if that is empty. */
    private static int firstFrame(byte[] packet, int offset, int length) {
        int end = offset + length;
        int at = offset + 1;
        switch (packet[offset] & 3) {
            case 2 -> {
                int size = size(packet, at, end);
                return size <= 0 ? -1 : at + octets(size);
            }
            case 3 -> {
                int head = packet[at] & 0xFF;
                int start = afterPaddingLength(packet, at, end);
                if ((head & 0x80) == 0) {
                    return end - padding(packet, at, end) > start ? start : -1;
                }
                int first = (head & 0x3F) > 1 ? size(packet, start, end) : 1;
                for (int frame = 1; frame < (head & 0x3F); frame++) {
                    start += octets(size(packet, start, end));
                }
                return first <= 0 ? -1 : start;
            }
            default -> {
                return at;
            }
        }
    }

    /** Returns the coded length of a frame (§3.2.1); -1 if it is truncated. */
    private static int size(byte[] packet, int at, int end) {
        if (at >= end) {
            return -1;
        }
        int first = packet[at] & 0xFF;
        if (first < TWO_OCTETS) {
            return first;
        }
        return at + 1 < end ? 4 * (packet[at + 1] & 0xFF) + first : -1;
    }

    /** Returns how many octets a coded length takes. */
    private static int octets(int size) {
        return size < TWO_OCTETS ? 1 : 2;
    }
}
