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
                || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '@' || c > '~')) {
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

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == 0 ? shown : shown + ":" + port;
    }
}
