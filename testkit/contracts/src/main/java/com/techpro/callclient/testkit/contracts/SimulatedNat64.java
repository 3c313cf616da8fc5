// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A NAT64 between IPv6 hosts and IPv4 addresses, which it maps into a /96 (RFC 6146, RFC 6052). */
final class SimulatedNat64 {
    private static final int PREFIX = 12;

    private final SimulatedNat nat;
    private final byte[] prefix;

    SimulatedNat64(SimulatedNat nat, InetAddress prefix) {
        this.nat = nat;
        this.prefix = Arrays.copyOf(prefix.getAddress(), PREFIX);
    }

    SimulatedNat nat() {
        return nat;
    }

    /** Returns the IPv4 destination of an address, or null if it is not such an address. */
    @Nullable
    InetSocketAddress behind(InetSocketAddress shown) {
        byte[] address = shown.getAddress().getAddress();
        boolean ours = address.length == 16 && Arrays.equals(Arrays.copyOf(address, PREFIX), prefix);
        return ours ? at(Arrays.copyOfRange(address, PREFIX, 16), shown.getPort()) : null;
    }

    InetSocketAddress shown(InetSocketAddress ipv4) {
        byte[] address = Arrays.copyOf(prefix, 16);
        System.arraycopy(ipv4.getAddress().getAddress(), 0, address, PREFIX, 4);
        return at(address, ipv4.getPort());
    }

    private static InetSocketAddress at(byte[] address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are addresses", e);
        }
    }
}
