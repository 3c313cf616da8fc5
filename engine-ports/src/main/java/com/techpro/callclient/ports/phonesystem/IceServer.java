// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.secret.Secret;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A STUN server (RFC 8489), which tells how this device is seen from outside, or a TURN server (RFC
 * 8656), which relays its media. STUN runs over UDP. For TLS, the account's {@link TlsTrust}
 * applies, with the rules for web servers.
 */
public final class IceServer {
    /** The default port of STUN, and of TURN over UDP and TCP. */
    public static final int DEFAULT_PORT = 3478;
    /** The default port of TURN over TLS. */
    public static final int DEFAULT_TLS_PORT = 5349;

    /** The transport to a TURN server. */
    public enum Transport {
        UDP,
        TCP,
        TLS
    }

    private final HostPort address;
    private final Transport transport;
    private final @Nullable String user;
    private final @Nullable Secret password;

    private IceServer(HostPort address, Transport transport, @Nullable String user, @Nullable Secret password) {
        int usual = transport == Transport.TLS ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        this.address = new HostPort(address.host(), address.port() == 0 ? usual : address.port());
        this.transport = transport;
        this.user = user;
        this.password = password;
    }

    /** @param address {@code name}, {@code name:port} or a literal address */
    public static IceServer stun(String address) {
        return new IceServer(HostPort.parse(address), Transport.UDP, null, null);
    }

    /**
     * A TURN server over UDP.
     *
     * @param address {@code name}, {@code name:port} or a literal address
     * @param user and password are the long-term credential (RFC 8489 §9.2)
     */
    public static IceServer turn(String address, String user, Secret password) {
        return turn(address, Transport.UDP, user, password);
    }

    /**
     * As {@link #turn(String, String, Secret)}, over the given transport. Media between the server
     * and the other side always goes over UDP.
     */
    public static IceServer turn(String address, Transport transport, String user, Secret password) {
        return new IceServer(
                HostPort.parse(address),
                transport,
                Objects.requireNonNull(user, "user"),
                Objects.requireNonNull(password, "password"));
    }

    /**
     * Parses a server's URI: {@code stun:host:port} (RFC 7064),
     * {@code turn:host:port?transport=tcp} or {@code turns:host:port} (RFC 7065).
     *
     * @param user and password of a TURN server; ignored for a STUN server
     * @throws IllegalArgumentException if it is none of these, or not supported: STUN over TLS,
     *     TURN over DTLS
     */
    public static IceServer ofUri(String uri, @Nullable String user, @Nullable Secret password) {
        int colon = uri.indexOf(':');
        int query = uri.indexOf('?');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String address = uri.substring(colon + 1, query < 0 ? uri.length() : query);
        String parameter = query < 0 ? "" : uri.substring(query + 1).toLowerCase(Locale.ROOT);
        return switch (scheme + "?" + parameter) {
            case "stun?" -> stun(address);
            case "turn?", "turn?transport=udp" -> turn(address, Transport.UDP, user, password, scheme);
            case "turn?transport=tcp" -> turn(address, Transport.TCP, user, password, scheme);
            case "turns?", "turns?transport=tcp" -> turn(address, Transport.TLS, user, password, scheme);
            default -> throw new IllegalArgumentException("not the URI of a STUN or TURN server");
        };
    }

    private static IceServer turn(
            String address, Transport transport, @Nullable String user, @Nullable Secret password, String scheme) {
        if (user == null || password == null) {
            throw new IllegalArgumentException("a server of " + scheme + ": wants a user and a password");
        }
        return turn(address, transport, user, password);
    }

    public HostPort address() {
        return address;
    }

    public Transport transport() {
        return transport;
    }

    /** Null for a STUN server. */
    public @Nullable String user() {
        return user;
    }

    /** Null for a STUN server. */
    public @Nullable Secret password() {
        return password;
    }

    @Override
    public String toString() {
        return user == null ? "IceServer[STUN]" : "IceServer[TURN over " + transport + "]";
    }
}
