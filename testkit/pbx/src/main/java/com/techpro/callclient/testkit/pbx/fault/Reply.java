// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the PBX answers a request with, in place of what it would have done. Immutable.
 *
 * @param status of a final response: 200 to 699
 * @param reason the phrase behind the status; the usual one if it is empty
 * @param headers besides those that every response has
 */
public record Reply(int status, String reason, Map<String, String> headers) {
    public Reply {
        if (status < 200 || status > 699) {
            throw new IllegalArgumentException("the status of a final response is 200 to 699, not " + status);
        }
        headers = Map.copyOf(headers);
    }

    /** With the usual phrase. */
    public static Reply of(int status) {
        return of(status, "");
    }

    public static Reply of(int status, String reason) {
        return new Reply(status, reason, Map.of());
    }

    /** With one more header, or another value of it. */
    public Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, reason, more);
    }
}
