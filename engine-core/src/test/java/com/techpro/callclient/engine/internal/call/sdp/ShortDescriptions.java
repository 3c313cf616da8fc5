// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Agreed;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Session descriptions in short: lines are separated by bars, and {@code $80}, {@code $256} and {@code $128} stand for keys. */
final class ShortDescriptions {
    static final SecurityFloor LAB = SecurityFloor.DEFAULT.labAllowCleartextMedia();
    static final String KEY_80 = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    static final String KEY_256 = inline(44, 'x');
    static final String KEY_128 = inline(28, 'y');

    private ShortDescriptions() {}

    static LocalMedia local(SecurityFloor floor) {
        return SdesOnly.of(
                42,
                new InetSocketAddress("192.0.2.1", 9000),
                floor,
                Map.of(
                        SrtpSuite.AEAD_AES_256_GCM, keys(SrtpSuite.AEAD_AES_256_GCM, 'x'),
                        SrtpSuite.AEAD_AES_128_GCM, keys(SrtpSuite.AEAD_AES_128_GCM, 'y'),
                        SrtpSuite.AES_CM_128_HMAC_SHA1_80,
                                new SrtpKeys(
                                        SrtpSuite.AES_CM_128_HMAC_SHA1_80,
                                        Base64.getDecoder().decode(KEY_80.substring("inline:".length())),
                                        SrtpKeys.MAX_LIFETIME)));
    }

    static SrtpKeys keys(SrtpSuite suite, char fill) {
        byte[] keySalt = new byte[suite.keyLength() + suite.saltLength()];
        java.util.Arrays.fill(keySalt, (byte) fill);
        return new SrtpKeys(suite, keySalt, SrtpKeys.MAX_LIFETIME);
    }

    static String inline(int length, char fill) {
        byte[] keySalt = new byte[length];
        java.util.Arrays.fill(keySalt, (byte) fill);
        return "inline:" + Base64.getEncoder().encodeToString(keySalt);
    }

    static String keyed(String lines) {
        return lines.replace("$80", KEY_80).replace("$256", KEY_256).replace("$128", KEY_128);
    }

    static SessionDescription remote(String lines) throws SdpException {
        String connection = lines.startsWith("c=") ? "" : "c=IN IP4 192.0.2.9\r\n";
        String text = "v=0\r\no=bob 1 1 IN IP4 192.0.2.9\r\ns=-\r\n" + connection + "t=0 0\r\n"
                + keyed(lines).replace("|", "\r\n");
        return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    static Agreed agreed(Negotiation outcome) {
        assertThat(outcome).isInstanceOf(Agreed.class);
        return (Agreed) outcome;
    }

    static String mediaLines(SessionDescription description) {
        List<String> lines = List.of(new String(description.encode(), StandardCharsets.UTF_8).split("\r\n"));
        int first = 0;
        while (!lines.get(first).startsWith("m=")) {
            first++;
        }
        return String.join("|", lines.subList(first, lines.size()));
    }
}
