// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses as {@code c=} and {@code o=} lines write them (RFC 8866 §5.7). Never asks a name server. */
final class LiteralAddress {
    private LiteralAddress() {}

    /** {@code IN IP4 192.0.2.1} */
    static String connection(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return (address instanceof Inet6Address ? "IN IP6 " : "IN IP4 ")
                + (scope < 0 ? text : text.substring(0, scope));
    }

    /** The address of a {@code c=} line, or null if it is a name, a multicast group or nonsense. */
    static @Nullable InetAddress parseConnection(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 3 || !words[0].equals("IN")) {
            return null;
        }
        InetAddress address = words[1].equals("IP4") ? ip4(words[2]) : words[1].equals("IP6") ? ip6(words[2]) : null;
        return address == null || address.isMulticastAddress() ? null : address;
    }

    private static @Nullable InetAddress ip4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = Digits.parse(parts[i], 255);
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return of(bytes);
    }

    private static @Nullable InetAddress ip6(String text) {
        if (text.length() > 45 || text.indexOf(':') < 0) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
                return null;
            }
        }
        try {
            // Only a literal can hold a colon, so nothing is looked up.
            InetAddress address = InetAddress.getByName(text);
            return address instanceof Inet4Address ? null : address;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
