// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Parses addresses and names from text without DNS. May be called from any thread. */
public final class Addresses {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})";

    private Addresses() {}

    /** Returns whether the text looks like an address rather than a name. */
    public static boolean isLiteral(String text) {
        return text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*") || text.matches(OCTET + "(?:\\." + OCTET + "){3}");
    }

    /**
     * Parses a literal address.
     *
     * @throws IllegalArgumentException if it is not an IPv4 or IPv6 address
     */
    public static InetAddress of(String literal) {
        if (!isLiteral(literal)) {
            throw new IllegalArgumentException("not an IP address: " + literal);
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + literal, e);
        }
    }

    /** Returns whether the text can be a host name (RFC 1123 §2.1). */
    public static boolean isName(String text) {
        // No host name ends in a number (RFC 1123 §2.1); such a text is a malformed address.
        return text.length() <= 253
                && text.matches(LABEL + "(?:\\." + LABEL + ")*\\.?")
                && !text.matches("(?:.*\\.)?\\d+\\.?");
    }

    /** Returns whether both are IPv4, or both IPv6. */
    public static boolean sameFamily(InetAddress one, InetAddress other) {
        return one instanceof Inet6Address == other instanceof Inet6Address;
    }
}
