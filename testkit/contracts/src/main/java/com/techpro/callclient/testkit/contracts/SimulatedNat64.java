// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A NAT between hosts of IPv6 and the addresses of IPv4, which it shows under a /96 (RFC 6146, RFC 6052). */
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

    /** Whom of IPv4 an address leads to, or null if it is no such address. */
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
