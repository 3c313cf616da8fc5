// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.secret.Secret;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server that tells how this device is seen from outside (STUN, RFC 8489), or that relays its sound (TURN, RFC 8656). Over UDP. */
public final class IceServer {
    /** What both have if none is said. */
    public static final int DEFAULT_PORT = 3478;

    private final HostPort address;
    private final @Nullable String user;
    private final @Nullable Secret password;

    private IceServer(HostPort address, @Nullable String user, @Nullable Secret password) {
        this.address = new HostPort(address.host(), address.port() == 0 ? DEFAULT_PORT : address.port());
        this.user = user;
        this.password = password;
    }

    /** @param address {@code name}, {@code name:port} or a literal address */
    public static IceServer stun(String address) {
        return new IceServer(HostPort.parse(address), null, null);
    }

    /**
     * @param address {@code name}, {@code name:port} or a literal address
     * @param user and password are the long-term credential (RFC 8489 §9.2)
     */
    public static IceServer turn(String address, String user, Secret password) {
        return new IceServer(
                HostPort.parse(address),
                Objects.requireNonNull(user, "user"),
                Objects.requireNonNull(password, "password"));
    }

    public HostPort address() {
        return address;
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
        return user == null ? "IceServer[STUN]" : "IceServer[TURN]";
    }
}
