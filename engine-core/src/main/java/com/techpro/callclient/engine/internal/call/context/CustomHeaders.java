// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.context;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Headers that a host may write into INVITEs and read from them. The host lists them; headers that
 * affect routing, identity or the engine are not allowed.
 */
public final class CustomHeaders {
    private static final int MAX_VALUE = 512;
    private static final int MAX_HEADERS = 16;

    /** Names as the host wrote them, by their lower case. */
    private final Map<String, String> permitted = new LinkedHashMap<>();

    /** @param names headers that the engine does not use itself */
    public CustomHeaders(Set<String> names) {
        names.forEach(name -> permitted.put(name.toLowerCase(Locale.ROOT), name));
    }

    private boolean permits(String name) {
        return permitted.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException if a header is not on the list, or there are too many */
    public void requirePermitted(List<CallHeader> headers) {
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("at most " + MAX_HEADERS + " headers");
        }
        for (CallHeader header : headers) {
            if (!permits(header.name())) {
                throw new IllegalArgumentException("the header " + header.name() + " is not among the custom headers");
            }
        }
    }

    public static void add(List<CallHeader> headers, SipRequest.Builder invite) {
        headers.forEach(header -> invite.add(header.name(), header.value()));
    }

    /**
     * Returns the listed headers of a message. Values longer than a host's own may be are omitted.
     */
    public List<CallHeader> of(SipMessage message) {
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
