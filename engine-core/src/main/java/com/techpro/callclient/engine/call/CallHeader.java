// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.internal.call.CustomHeaders;

/**
 * A header of the host's own in an INVITE, such as {@code X-Queue: sales}. Prints without its value.
 *
 * @param name a token of RFC 3261 §25.1, compared without regard to case
 * @param value at most 512 characters on one line; of an incoming call whatever the other side wrote, and not to be trusted
 */
public record CallHeader(String name, String value) {
    /** @throws IllegalArgumentException for a name that is no token, or a value that is too long or has a control character in it */
    public CallHeader {
        CustomHeaders.requireName(name);
        CustomHeaders.requireValue(value);
    }

    @Override
    public String toString() {
        return "CallHeader[" + name + ": redacted]";
    }
}
