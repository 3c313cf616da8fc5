// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Parses and writes literal addresses as in SIP and SDP, without ever asking a name server. */
public final class NumericHost {
    private NumericHost() {}

    /** Returns the address in the text, or null if it is a name. IPv6 without brackets. */
    public static @Nullable InetAddress parse(String host) {
        try {
            if (host.indexOf(':') >= 0) {
                boolean literal = host.chars().allMatch(c -> "0123456789abcdefABCDEF:.".indexOf(c) >= 0);
                // The platform parses text with a colon as a literal or refuses it; it resolves
                // nothing.
                return literal ? InetAddress.getByName(host) : null;
            }
            byte[] octets = ipv4(host);
            return octets == null ? null : InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * Whether both are the same name, or the same address: IPv6 addresses have several spellings
     * (RFC 4291 §2.2, RFC 5954 §4.1).
     */
    public static boolean same(String one, String other) {
        if (one.equalsIgnoreCase(other)) {
            return true;
        }
        InetAddress address = one.indexOf(':') < 0 || other.indexOf(':') < 0 ? null : parse(one);
        return address != null && address.equals(parse(other));
    }

    private static byte @Nullable [] ipv4(String host) {
        byte[] octets = new byte[4];
        int index = 0;
        int digits = 0;
        int value = 0;
        for (int i = 0; i <= host.length(); i++) {
            char c = i < host.length() ? host.charAt(i) : '.';
            if (c >= '0' && c <= '9' && digits < 3) {
                value = value * 10 + (c - '0');
                digits++;
            } else if (c == '.' && digits > 0 && value < 256 && index < 4) {
                octets[index++] = (byte) value;
                digits = 0;
                value = 0;
            } else {
                return null;
            }
        }
        return index == 4 ? octets : null;
    }

    /** Returns the address as in SIP and SDP: without zone and without brackets. */
    public static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
