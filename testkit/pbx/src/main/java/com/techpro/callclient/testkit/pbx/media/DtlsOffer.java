// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What a phone system offers whose phones are browsers: keys by DTLS alone (RFC 5763), in one bundle (RFC 8843). The PBX itself speaks no DTLS. */
public final class DtlsOffer {
    private static final String FINGERPRINT =
            "a=fingerprint:sha-256 " + String.join(":", Collections.nCopies(32, "D7"));

    private DtlsOffer() {}

    /** The same offer without its keys. */
    public static byte[] of(byte[] offer) {
        List<String> lines = new String(offer, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("a=crypto:"))
                .map(DtlsOffer::keyedByDtls)
                .collect(Collectors.toList());
        return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String keyedByDtls(String line) {
        if (line.startsWith("t=")) {
            return line + "\r\na=group:BUNDLE 0";
        }
        return line.startsWith("m=audio ")
                ? line.replaceFirst(" RTP/S?AVP ", " UDP/TLS/RTP/SAVP ") + "\r\na=mid:0\r\na=setup:actpass\r\n"
                        + FINGERPRINT
                : line;
    }
}
