// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.secret.Secret;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The credentials and server that the user enters to log in. Prints without personal data.
 *
 * @param user the e-mail address, or the user name that this phone system uses instead
 * @param password the user's password
 * @param server the phone system's server, or null to find it from the domain of the e-mail address
 * @param oneTimeCode the second factor, or null
 * @param trust the trust settings of the encrypted connections
 */
public record Login(
        String user,
        Secret password,
        @Nullable HostPort server,
        @Nullable Secret oneTimeCode,
        TlsTrust trust) {
    public Login {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(trust, "trust");
        if (user.isEmpty() || user.length() > 320 || user.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("a user name is 1 to 320 printable characters");
        }
    }

    public static Login of(String user, Secret password) {
        return new Login(user, password, null, null, TlsTrust.PLATFORM);
    }

    public Login at(@Nullable HostPort host) {
        return new Login(user, password, host, oneTimeCode, trust);
    }

    public Login trusting(TlsTrust choice) {
        return new Login(user, password, server, oneTimeCode, choice);
    }

    public Login withOneTimeCode(@Nullable Secret code) {
        return new Login(user, password, server, code, trust);
    }

    @Override
    public String toString() {
        return "Login[redacted]";
    }
}
