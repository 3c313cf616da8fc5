// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.net;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The IPv6 prefix of a network's NAT64 translator for IPv4 addresses (RFC 6052 §2). Immutable. */
public final class Nat64Prefix {
    /** In bits, the most common first. */
    private static final int[] LENGTHS = {96, 64, 56, 48, 40, 32};

    /** RFC 6052 §2.1: 64:ff9b::/96. */
    private static final byte[] WELL_KNOWN = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    /** RFC 7050 §8.2: the IPv4 addresses of {@code ipv4only.arpa}, 192.0.0.170 and 192.0.0.171. */
    private static final byte[][] IPV4_ONLY = {{(byte) 192, 0, 0, (byte) 170}, {(byte) 192, 0, 0, (byte) 171}};

    /** RFC 6052 §2.2: bits 64 to 71 are not part of the address. */
    private static final int RESERVED = 8;

    private final byte[] prefix;
    private final int length;

    private Nat64Prefix(byte[] address, int length) {
        this.prefix = Arrays.copyOf(Arrays.copyOf(address, length / 8), 16);
        this.length = length;
    }

    /**
     * @param length in bits: 32, 40, 48, 56, 64 or 96
     */
    public static Nat64Prefix of(Inet6Address prefix, int length) {
        if (Arrays.stream(LENGTHS).noneMatch(known -> known == length) || prefix.getAddress()[RESERVED] != 0) {
            throw new IllegalArgumentException("no prefix of RFC 6052");
        }
        return new Nat64Prefix(prefix.getAddress(), length);
    }

    /**
     * Returns the prefix of these addresses of {@code ipv4only.arpa} (RFC 7050 §3), or null if they
     * have none. If several prefixes are possible, returns the one that explains most of the
     * addresses.
     */
    public static @Nullable Nat64Prefix discovered(Collection<InetAddress> ofIpv4Only) {
        Map<Nat64Prefix, Integer> explained = new LinkedHashMap<>();
        for (int length : LENGTHS) {
            for (InetAddress address : ofIpv4Only) {
                byte[] bytes = address.getAddress();
                if (bytes.length == 16 && bytes[RESERVED] == 0 && isIpv4Only(embedded(bytes, length))) {
                    explained.merge(new Nat64Prefix(bytes, length), 1, Integer::sum);
                }
            }
        }
        Nat64Prefix best = null;
        for (Map.Entry<Nat64Prefix, Integer> each : explained.entrySet()) {
            if (best == null || each.getValue() > explained.getOrDefault(best, 0)) {
                best = each.getKey();
            }
        }
        return best;
    }

    private static boolean isIpv4Only(byte[] address) {
        return Arrays.equals(address, IPV4_ONLY[0]) || Arrays.equals(address, IPV4_ONLY[1]);
    }

    /**
     * Returns the translator's address for an IPv4 address. Returns null for one that must not be
     * translated: loopback, link-local, multicast and, under the well-known prefix, one that is not
     * global (RFC 6052 §3.1).
     */
    public @Nullable InetAddress map(Inet4Address address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.getAddress()[0] == -1
                || (isWellKnown() && address.isSiteLocalAddress())) {
            return null;
        }
        byte[] mapped = prefix.clone();
        byte[] embedded = address.getAddress();
        int at = length / 8;
        for (byte each : embedded) {
            at += at == RESERVED ? 1 : 0;
            mapped[at++] = each;
        }
        return of(mapped);
    }

    /** Returns the IPv4 address that {@link #map} maps to this one, or null. */
    public @Nullable InetAddress unmap(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16) {
            return null;
        }
        InetAddress embedded = of(embedded(bytes, length));
        return embedded instanceof Inet4Address ipv4 && address.equals(map(ipv4)) ? embedded : null;
    }

    private boolean isWellKnown() {
        return length == 96 && Arrays.equals(prefix, WELL_KNOWN);
    }

    private static byte[] embedded(byte[] address, int length) {
        byte[] embedded = new byte[4];
        int at = length / 8;
        for (int i = 0; i < 4; i++) {
            at += at == RESERVED ? 1 : 0;
            embedded[i] = address[at++];
        }
        return embedded;
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are addresses", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Nat64Prefix that && length == that.length && Arrays.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(prefix) * 31 + length;
    }

    /** Omits the address: it reveals a location. */
    @Override
    public String toString() {
        return "Nat64Prefix[/" + length + "]";
    }
}
