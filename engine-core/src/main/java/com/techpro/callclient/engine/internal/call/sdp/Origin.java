// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code o=} line: who made the description, and which version of it this is (RFC 8866 §5.2). The numbers stay text, as peers send
 * numbers beyond 64 bits.
 */
public record Origin(String username, String sessionId, String version, String address) {
    /** The user name may have spaces, as some phones write it. */
    private static final Pattern FIELDS = Pattern.compile("(?s)(.*) (\\S*) (\\S*) (\\S* \\S* \\S*)");

    /** Ours: no user name (promise C12), numbers from the caller. */
    static Origin of(long sessionId, long version, InetAddress address) {
        return new Origin("-", Long.toString(sessionId), Long.toString(version), LiteralAddress.connection(address));
    }

    /** Of the next description of this session (RFC 3264 §8); ours, whose numbers are small. */
    Origin next() {
        return new Origin(username, sessionId, Long.toString(Long.parseLong(version) + 1), address);
    }

    static Origin parse(String text) throws SdpException {
        Matcher fields = FIELDS.matcher(text);
        if (!fields.matches()) {
            throw new SdpException("o= has six fields (RFC 8866 §5.2)");
        }
        return new Origin(fields.group(1), fields.group(2), fields.group(3), fields.group(4));
    }

    String encode() {
        return username + " " + sessionId + " " + version + " " + address;
    }

    @Override
    public String toString() {
        return "Origin[redacted]";
    }
}
