// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** As little of Ogg (RFC 3533) and of Opus in it (RFC 7845) as brings packets to the Opus tools and back. */
final class OggOpus {
    private static final int POLYNOMIAL = 0x04C11DB7;
    private static final int PRE_SKIP = 312;
    private static final int FRAME = 960;

    private OggOpus() {}

    /** The packets of a file, without its two headers. */
    static List<byte[]> read(Path file) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        byte[] octets = Files.readAllBytes(file);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        for (int page = 0; page < octets.length; ) {
            int segments = octets[page + 26] & 0xFF;
            int at = page + 27 + segments;
            for (int i = 0; i < segments; i++) {
                int length = octets[page + 27 + i] & 0xFF;
                packet.write(octets, at, length);
                at += length;
                if (length < 255) {
                    packets.add(packet.toByteArray());
                    packet.reset();
                }
            }
            page = at;
        }
        return packets.subList(2, packets.size());
    }

    /** Writes packets of 20 ms, one in each page. */
    static void write(Path file, List<byte[]> packets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 1);
        head.putShort((short) PRE_SKIP).putInt(48_000).putShort((short) 0).put((byte) 0);
        out.write(page(head.array(), 2, 0, 0));
        ByteBuffer tags = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN);
        tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .put((byte) 'x')
                .putInt(0);
        out.write(page(tags.array(), 0, 0, 1));
        for (int i = 0; i < packets.size(); i++) {
            boolean last = i == packets.size() - 1;
            out.write(page(packets.get(i), last ? 4 : 0, (i + 1L) * FRAME, i + 2));
        }
        Files.write(file, out.toByteArray());
    }

    private static byte[] page(byte[] packet, int flags, long granule, int number) {
        int segments = packet.length / 255 + 1;
        ByteBuffer page = ByteBuffer.allocate(27 + segments + packet.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
        page.putLong(granule).putInt(1).putInt(number).putInt(0).put((byte) segments);
        for (int i = 1; i < segments; i++) {
            page.put((byte) 255);
        }
        page.put((byte) (packet.length % 255)).put(packet);
        page.putInt(22, checksum(page.array()));
        return page.array();
    }

    private static int checksum(byte[] page) {
        int checksum = 0;
        for (byte octet : page) {
            checksum ^= octet << 24;
            for (int bit = 0; bit < 8; bit++) {
                checksum = checksum < 0 ? checksum << 1 ^ POLYNOMIAL : checksum << 1;
            }
        }
        return checksum;
    }
}
