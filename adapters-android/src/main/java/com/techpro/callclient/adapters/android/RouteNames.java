// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names for a network with its addresses, which only show whether two are the same (MON-3). */
final class RouteNames {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN = 12;

    private final byte[] key = new byte[32];

    RouteNames(SecureRandom random) {
        random.nextBytes(key);
    }

    /**
     * @param addresses in any order; link-local ones do not count, because no packet leaves the
     *     network from them
     */
    String of(long network, List<InetAddress> addresses) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(network).array());
            addresses.stream()
                    .filter(address -> !address.isLinkLocalAddress())
                    .map(InetAddress::getAddress)
                    .sorted((one, other) -> ByteBuffer.wrap(one).compareTo(ByteBuffer.wrap(other)))
                    .forEach(address -> {
                        mac.update((byte) address.length);
                        mac.update(address);
                    });
            byte[] name = new byte[SHOWN];
            System.arraycopy(mac.doFinal(), 0, name, 0, SHOWN);
            return Base64.getEncoder().encodeToString(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Android has HmacSHA256", e);
        }
    }
}
