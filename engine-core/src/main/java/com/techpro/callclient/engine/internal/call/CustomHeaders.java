// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Headers that a host may put into INVITEs and read from them: those of its list, and none that says where a message goes, who sent it, or what
 * it means to the engine.
 */
public final class CustomHeaders {
    private static final int MAX_VALUE = 512;
    private static final int MAX_HEADERS = 16;

    /** As the host wrote them, by their lower case. */
    private final Map<String, String> permitted = new LinkedHashMap<>();

    /** @param names that are not the engine's own */
    public CustomHeaders(Set<String> names) {
        names.forEach(name -> permitted.put(name.toLowerCase(Locale.ROOT), name));
    }

    private boolean permits(String name) {
        return permitted.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException for a header that is not on the list, or too many of them */
    void requirePermitted(List<CallHeader> headers) {
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("at most " + MAX_HEADERS + " headers");
        }
        for (CallHeader header : headers) {
            if (!permits(header.name())) {
                throw new IllegalArgumentException("the header " + header.name() + " is not among the custom headers");
            }
        }
    }

    static void add(List<CallHeader> headers, SipRequest.Builder invite) {
        headers.forEach(header -> invite.add(header.name(), header.value()));
    }

    /** Those of the list that a message has; what is longer than a host's own may be is left out. */
    List<CallHeader> of(SipMessage message) {
        List<CallHeader> found = new ArrayList<>(permitted.size());
        for (String name : permitted.values()) {
            for (String value : message.headers(name)) {
                if (found.size() < MAX_HEADERS && value.length() <= MAX_VALUE && isOneLine(value)) {
                    found.add(new CallHeader(name, value));
                }
            }
        }
        return found;
    }

    private static boolean isOneLine(String value) {
        return value.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 0x7f);
    }
}
