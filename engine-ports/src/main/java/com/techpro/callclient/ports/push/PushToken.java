// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.push;

import org.jspecify.annotations.Nullable;

/**
 * The push parameters with which the phone system can wake this app (RFC 8599 §4). The engine sends
 * them to the phone system in the Contact of REGISTER, nowhere else. Prints without its values.
 *
 * @param provider {@code pn-provider}: apns, fcm, webpush or another registered name
 * @param resource {@code pn-prid}: identifies this app on this device
 * @param parameter {@code pn-param}: further data that the provider needs, or null
 */
public record PushToken(
        String provider, String resource, @Nullable String parameter) {
    private static final int LONGEST = 1_024;

    public PushToken {
        check(provider);
        check(resource);
        if (parameter != null) {
            check(parameter);
        }
    }

    @Override
    public String toString() {
        return "PushToken[redacted]";
    }

    private static void check(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("a part of a push token is 1 to 1024 printable ASCII characters");
        }
    }
}
