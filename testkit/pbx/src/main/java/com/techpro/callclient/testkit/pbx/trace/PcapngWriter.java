// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * Writes the blocks of a pcapng file (draft-ietf-opsawg-pcapng) of one section and one interface,
 * little-endian, with nanoseconds.
 */
final class PcapngWriter {
    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    private static final int OPTION_END = 0;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_USER_APPLICATION = 4;
    private static final int OPTION_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    PcapngWriter(int linkType, String comment) {
        byte[] section = buffer(16)
                .putInt(BYTE_ORDER_MAGIC)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(-1)
                .array();
        block(
                SECTION_HEADER,
                section,
                options(Map.of(OPTION_COMMENT, utf8(comment), OPTION_USER_APPLICATION, utf8("CallClient testkit"))));
        byte[] description = buffer(8)
                .putShort((short) linkType)
                .putShort((short) 0)
                .putInt(0)
                .array();
        block(INTERFACE_DESCRIPTION, description, options(Map.of(OPTION_RESOLUTION, new byte[] {NANOSECONDS})));
    }

    void packet(Instant at, byte[] packet, String comment) {
        long nanos = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        byte[] body = buffer(20 + padded(packet.length))
                .putInt(0)
                .putInt((int) (nanos >>> 32))
                .putInt((int) nanos)
                .putInt(packet.length)
                .putInt(packet.length)
                .put(packet)
                .array();
        block(ENHANCED_PACKET, body, options(Map.of(OPTION_COMMENT, utf8(comment))));
    }

    byte[] bytes() {
        return file.toByteArray();
    }

    private void block(int type, byte[] body, byte[] options) {
        int length = 12 + body.length + options.length;
        file.writeBytes(buffer(length)
                .putInt(type)
                .putInt(length)
                .put(body)
                .put(options)
                .putInt(length)
                .array());
    }

    private static byte[] options(Map<Integer, byte[]> options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        options.forEach((code, value) -> out.writeBytes(buffer(4 + padded(value.length))
                .putShort(code.shortValue())
                .putShort((short) value.length)
                .put(value)
                .array()));
        out.writeBytes(
                buffer(4).putShort((short) OPTION_END).putShort((short) 0).array());
        return out.toByteArray();
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
