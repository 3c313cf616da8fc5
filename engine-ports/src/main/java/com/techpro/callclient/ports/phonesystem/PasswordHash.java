// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/**
 * The realm and algorithm of a password hash. Some phone systems give
 * {@code H(user:realm:password)} (RFC 7616 §3.4.2: the unquoted A1) in place of the password. Such
 * a hash works for this realm and algorithm only.
 *
 * @param algorithm as in a challenge, such as {@code SHA-256}; without {@code -sess}
 */
public record PasswordHash(String realm, String algorithm) {
    @Override
    public String toString() {
        return "PasswordHash[redacted]";
    }
}
