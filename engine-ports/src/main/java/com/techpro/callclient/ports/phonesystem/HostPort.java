// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.Locale;

/**
 * A host, by name or literal address (IPv6 without brackets), and a port.
 *
 * @param port 1 to 65535, or 0 where none was given and the protocol's rules choose it (RFC 3263)
 */
public record HostPort(String host, int port) {
    public HostPort {
        host = host.toLowerCase(Locale.ROOT);
        if (host.isEmpty()
                || host.length() > 255
                || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '@' || c > '~')
                || (host.indexOf(':') >= 0 && !isIpv6(host))) {
            throw new IllegalArgumentException("not a host name or address");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
    }

    /** Reads {@code host}, {@code host:port}, {@code [v6]} and {@code [v6]:port}. */
    public static HostPort parse(String text) {
        String host = text;
        String port = "";
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        if (bracket > 0) {
            host = text.substring(1, bracket);
            String rest = text.substring(bracket + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw new IllegalArgumentException("not a host and port");
            }
            port = rest.isEmpty() ? "" : rest.substring(1);
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':') + 1);
        }
        try {
            return new HostPort(host, port.isEmpty() ? 0 : Integer.parseInt(port));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a port is a number", e);
        }
    }

    /** RFC 4291 §2.2, with the zone of RFC 4007 §11 where there is one. */
    private static boolean isIpv6(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        int gap = address.indexOf("::");
        if (zone == text.length() - 1 || (gap >= 0 && address.indexOf("::", gap + 1) >= 0)) {
            return false;
        }
        if (gap < 0) {
            return groups(address, true) == 8;
        }
        String left = address.substring(0, gap);
        String right = address.substring(gap + 2);
        int before = left.isEmpty() ? 0 : groups(left, false);
        int after = right.isEmpty() ? 0 : groups(right, true);
        return before >= 0 && after >= 0 && before + after < 8;
    }

    /** How many groups of 16 bits the text writes, of which the last two may be an IPv4 address; -1 if it is malformed. */
    private static int groups(String text, boolean mayEndInIpv4) {
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].matches("[0-9a-f]{1,4}")) {
                count++;
            } else if (mayEndInIpv4 && i == parts.length - 1 && isIpv4(parts[i])) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }

    private static boolean isIpv4(String text) {
        return text.matches(
                "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[0-9]{1,2})(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[0-9]{1,2})){3}");
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == 0 ? shown : shown + ":" + port;
    }
}
