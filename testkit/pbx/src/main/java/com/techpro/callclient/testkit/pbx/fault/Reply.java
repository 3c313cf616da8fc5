// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A reply that the PBX sends instead of its own. Immutable.
 *
 * @param status of a final response: 200 to 699
 * @param reason the reason phrase; the usual one if empty
 * @param headers headers in addition to those of every response
 */
public record Reply(int status, String reason, Map<String, String> headers) {
    public Reply {
        if (status < 200 || status > 699) {
            throw new IllegalArgumentException("the status of a final response is 200 to 699, not " + status);
        }
        headers = Map.copyOf(headers);
    }

    /** With the usual reason phrase. */
    public static Reply of(int status) {
        return of(status, "");
    }

    public static Reply of(int status, String reason) {
        return new Reply(status, reason, Map.of());
    }

    /** Returns a copy with this header added or replaced. */
    public Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, reason, more);
    }
}
