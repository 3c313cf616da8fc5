// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a parsed URI.
 *
 * @param user unescaped; null if there is none
 * @param host without brackets; empty for schemes other than sip and sips
 * @param port 0 if none was given
 * @param params unescaped, with names in lower case
 * @param headers unescaped, with names as written
 */
record UriParts(
        String scheme,
        @Nullable String user,
        String host,
        int port,
        Map<String, String> params,
        Map<String, String> headers) {
    /** Redacted like that of a URI: it is personal. */
    @Override
    public String toString() {
        return "UriParts[" + scheme + "]";
    }
}
