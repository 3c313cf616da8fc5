// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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
    private static final int MAX_NAME = 64;
    private static final int MAX_VALUE = 512;
    private static final int MAX_HEADERS = 16;

    /** In lower case. Compact forms are single letters, which no header of a host's has. */
    private static final Set<String> ENGINE =
            new HashSet<>(Arrays.asList(("accept accept-contact accept-encoding accept-language allow"
                            + " allow-events authentication-info authorization call-id contact content-disposition content-encoding"
                            + " content-language content-length content-type cseq date diversion error-info event expires flow-timer from"
                            + " history-info identity identity-info in-reply-to join max-forwards mime-version min-expires min-se"
                            + " p-access-network-info p-asserted-identity p-associated-uri p-called-party-id p-preferred-identity path"
                            + " privacy proxy-authenticate proxy-authentication-info proxy-authorization proxy-require rack reason"
                            + " record-route refer-sub refer-to referred-by reject-contact remote-party-id replaces reply-to"
                            + " request-disposition require retry-after route rseq security-client security-server security-verify server"
                            + " service-route session-expires session-id sip-etag sip-if-match subscription-state supported target-dialog"
                            + " timestamp to unsupported user-agent via warning www-authenticate")
                    .split(" ", -1)));

    /** As the host wrote them, by their lower case. */
    private final Map<String, String> permitted = new LinkedHashMap<>();

    /** @param names as {@link #requirePermissible} lets them pass */
    public CustomHeaders(Set<String> names) {
        names.forEach(name -> permitted.put(name.toLowerCase(Locale.ROOT), name));
    }

    /** @throws IllegalArgumentException unless a host may have a header of this name */
    public static void requirePermissible(String name) {
        requireName(name);
        if (name.length() == 1 || ENGINE.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the header " + name + " is the engine's own");
        }
    }

    /** @throws IllegalArgumentException unless it is a token (RFC 3261 §25.1) */
    public static void requireName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME || !name.chars().allMatch(CustomHeaders::isToken)) {
            throw new IllegalArgumentException("a header's name is a token of at most " + MAX_NAME + " characters");
        }
    }

    /** @throws IllegalArgumentException unless it can stand in one line; without the value, which may name somebody */
    public static void requireValue(String value) {
        if (value.length() > MAX_VALUE || !isOneLine(value)) {
            throw new IllegalArgumentException(
                    "a header's value has at most " + MAX_VALUE + " characters and no line breaks or other controls");
        }
    }

    private static boolean isToken(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-.!%*_+`'~".indexOf(c) >= 0;
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
        return value.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
    }
}
