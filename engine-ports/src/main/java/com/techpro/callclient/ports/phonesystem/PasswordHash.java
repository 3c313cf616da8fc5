// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/**
 * What a digest secret was made for, where a phone system gives {@code H(user:realm:password)} (RFC 7616 §3.4.2: the unquoted A1) in place
 * of the password: it proves the user's identity to this realm with this algorithm, and to nobody else.
 *
 * @param algorithm as in a challenge, such as {@code SHA-256}; without {@code -sess}
 */
public record PasswordHash(String realm, String algorithm) {
    @Override
    public String toString() {
        return "PasswordHash[redacted]";
    }
}
