// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A host, by name or literal address (IPv6 without brackets), and a port.
 *
 * <p>The name is valid in DNS and TLS (RFC 1123 §2.1, RFC 6066 §3): letters, digits and hyphens,
 * with no hyphen at the start or end of a label and no trailing dot. The last label is not a
 * number, because implementations disagree whether such a text is an address or a name.
 *
 * @param port 1 to 65535; 0 if none was given, so that the protocol's rules choose it (RFC 3263)
 */
public record HostPort(String host, int port) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern ZONE = Pattern.compile("[a-z0-9._~-]{1,32}");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    public HostPort {
        host = Objects.requireNonNull(host, "host").toLowerCase(Locale.ROOT);
        if (!(host.indexOf(':') >= 0 ? isIpv6(host) : isIpv4(host) || isName(host))) {
            throw new IllegalArgumentException("not a host name or address; give no scheme and no path");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
    }

    /** Parses {@code host}, {@code host:port}, {@code [v6]} and {@code [v6]:port}. */
    public static HostPort parse(String text) {
        Objects.requireNonNull(text, "text");
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
        if (!port.matches("[0-9]{0,5}")) {
            throw new IllegalArgumentException("a port is a number");
        }
        return new HostPort(host, port.isEmpty() ? 0 : Integer.parseInt(port));
    }

    private static boolean isName(String text) {
        // RFC 1035 §2.3.4: 255 octets on the wire are 253 characters.
        if (text.length() > 253) {
            return false;
        }
        String[] labels = text.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return !NUMBER.matcher(labels[labels.length - 1]).matches();
    }

    /** RFC 4291 §2.2, optionally with the zone of RFC 4007 §11. */
    private static boolean isIpv6(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        int gap = address.indexOf("::");
        if ((zone >= 0 && !ZONE.matcher(text.substring(zone + 1)).matches())
                || (gap >= 0 && address.indexOf("::", gap + 1) >= 0)) {
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

    /**
     * Returns how many groups of 16 bits the text has, where an IPv4 address at its end counts as
     * two; -1 if it is malformed.
     */
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
        return IPV4.matcher(text).matches();
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == 0 ? shown : shown + ":" + port;
    }
}
