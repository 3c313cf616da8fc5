// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Datagrams of DTLS 1.2 that anybody can make who knows no key, octet by octet (RFC 6347 §4.1, RFC 5246 §7). */
enum StrayRecords {
    FATAL_ALERT("15 fefd 0000 000000000000 0002 02 28"),
    CLOSE_NOTIFY("15 fefd 0000 000000000000 0002 01 00"),
    /** A handshake's fragment that says nothing, and an alert after it. */
    ALERT_IN_SECOND_PLACE(
            "16 fefd 0000 000000000001 000c 00 000000 0009 000000 000000" + "15 fefd 0000 000000000002 0002 02 28"),
    /** One that is answered: of ECDHE with ECDSA, P-256, SHA-256, SRTP with AES-GCM-256, and the extended master secret. */
    CLIENT_HELLO("16 feff 0000 000000000000 0060 01 000054 0000 000000 000054"
            + "fefd" + "5a".repeat(32) + "00 00 0002 c02b 01 00 0028"
            + "0017 0000 000a 0004 0002 0017 000b 0002 01 00 000d 0004 0002 0403 000e 0005 0002 0008 00 ff01 0001 00"),
    SERVER_HELLO("16 fefd 0000 000000000000 0034 02 000028 0000 000000 000028" + "fefd" + "5a".repeat(32)
            + "00 c02b 00 0000"),
    EMPTY_RECORDS(""),
    NO_KNOWN_HANDSHAKE("16 fefd 0000 000000000000 000d 63 000001 0000 000000 000001 00");

    private static final int FLOOD = 300;

    private final String octets;

    StrayRecords(String octets) {
        this.octets = octets;
    }

    List<ByteBuffer> datagrams() {
        if (this != EMPTY_RECORDS) {
            return List.of(bytes(octets));
        }
        List<ByteBuffer> all = new ArrayList<>();
        for (int sequence = 0; sequence < FLOOD; sequence++) {
            all.add(bytes(String.format("16 fefd 0000 %012x 0000", sequence)));
        }
        return all;
    }

    private static ByteBuffer bytes(String octets) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(octets.replace(" ", "")));
    }
}
