// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Header names, their compact forms (RFC 3261 §7.3.3), and which of them are lists or occur once.
 */
final class HeaderName {
    static final String VIA = "Via";
    static final String FROM = "From";
    static final String TO = "To";
    static final String CALL_ID = "Call-ID";
    static final String CSEQ = "CSeq";
    static final String CONTACT = "Contact";
    static final String ROUTE = "Route";
    static final String RECORD_ROUTE = "Record-Route";
    static final String PATH = "Path";
    static final String SERVICE_ROUTE = "Service-Route";
    static final String MAX_FORWARDS = "Max-Forwards";
    static final String CONTENT_LENGTH = "Content-Length";
    static final String CONTENT_TYPE = "Content-Type";
    static final String DATE = "Date";
    static final String EXPIRES = "Expires";
    static final String RSEQ = "RSeq";
    static final String RACK = "RAck";

    /**
     * List headers of which each value becomes a field here, so that a single one can be removed.
     */
    private static final Set<String> SEPARATED =
            new HashSet<>(List.of(VIA, CONTACT, ROUTE, RECORD_ROUTE, PATH, SERVICE_ROUTE));

    private static final List<String> LISTS = List.of(
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Alert-Info",
            "Allow",
            "Allow-Events",
            "Call-Info",
            "Content-Encoding",
            "Content-Language",
            "Diversion",
            "Error-Info",
            "History-Info",
            "In-Reply-To",
            "P-Asserted-Identity",
            "P-Associated-URI",
            "P-Preferred-Identity",
            "Proxy-Require",
            "Reason",
            "Recv-Info",
            "Require",
            "Security-Client",
            "Security-Server",
            "Security-Verify",
            "Supported",
            "Unsupported",
            "Warning");

    /** A message with two of these would have two interpretations. */
    private static final List<String> ONCE = List.of(
            FROM,
            TO,
            CALL_ID,
            CSEQ,
            MAX_FORWARDS,
            CONTENT_LENGTH,
            CONTENT_TYPE,
            EXPIRES,
            RSEQ,
            RACK,
            "Event",
            "Min-Expires",
            "Min-SE",
            "Refer-To",
            "Replaces",
            "Retry-After",
            "Session-Expires",
            "Subscription-State");

    private static final Set<String> COMMA_SEPARATED = new HashSet<>(LISTS);
    private static final Map<String, Integer> ONCE_BITS = new HashMap<>();
    private static final Map<String, String> CANONICAL = new HashMap<>();
    /** The names of {@link #CANONICAL} by {@link #hash}; a taken place is the next name's. */
    private static final String[] TABLE = new String[512];

    static {
        List.of(
                        "a=Accept-Contact",
                        "b=Referred-By",
                        "c=Content-Type",
                        "d=Request-Disposition",
                        "e=Content-Encoding",
                        "f=From",
                        "i=Call-ID",
                        "j=Reject-Contact",
                        "k=Supported",
                        "l=Content-Length",
                        "m=Contact",
                        "n=Identity-Info",
                        "o=Event",
                        "r=Refer-To",
                        "s=Subject",
                        "t=To",
                        "u=Allow-Events",
                        "v=Via",
                        "x=Session-Expires",
                        "y=Identity")
                .forEach(pair -> CANONICAL.put(pair.substring(0, 1), pair.substring(2)));
        for (String name : List.of(
                "Accept-Contact",
                "Authentication-Info",
                "Authorization",
                "Content-Disposition",
                "Date",
                "Flow-Timer",
                "Identity",
                "Info-Package",
                "MIME-Version",
                "Organization",
                "P-Access-Network-Info",
                "Priority",
                "Privacy",
                "Proxy-Authenticate",
                "Proxy-Authentication-Info",
                "Proxy-Authorization",
                "Referred-By",
                "Reply-To",
                "Server",
                "SIP-ETag",
                "SIP-If-Match",
                "Subject",
                "Timestamp",
                "User-Agent",
                "WWW-Authenticate")) {
            addCanonical(name);
        }
        SEPARATED.forEach(HeaderName::addCanonical);
        LISTS.forEach(HeaderName::addCanonical);
        ONCE.forEach(HeaderName::addCanonical);
        ONCE.forEach(name -> ONCE_BITS.put(name, 1 << ONCE_BITS.size()));
        CANONICAL.keySet().forEach(HeaderName::tabulate);
    }

    private HeaderName() {}

    private static void addCanonical(String name) {
        CANONICAL.put(name.toLowerCase(Locale.ROOT), name);
    }

    private static void tabulate(String lower) {
        byte[] bytes = lower.getBytes(StandardCharsets.US_ASCII);
        int place = hash(bytes, 0, bytes.length);
        while (TABLE[place] != null) {
            place = (place + 1) % TABLE.length;
        }
        TABLE[place] = lower;
    }

    private static int hash(byte[] name, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + (name[i] | 0x20);
        }
        return (hash ^ (hash >>> 9)) & (TABLE.length - 1);
    }

    /** Returns the canonical spelling of a token without making a text of a known one. */
    static String canonical(byte[] buffer, int from, int to) {
        for (int place = hash(buffer, from, to); TABLE[place] != null; place = (place + 1) % TABLE.length) {
            if (isNamed(TABLE[place], buffer, from, to)) {
                return Objects.requireNonNull(CANONICAL.get(TABLE[place]));
            }
        }
        return new String(buffer, from, to - from, StandardCharsets.US_ASCII);
    }

    private static boolean isNamed(String lower, byte[] buffer, int from, int to) {
        if (lower.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            int c = buffer[i] >= 'A' && buffer[i] <= 'Z' ? buffer[i] + ('a' - 'A') : buffer[i];
            if (lower.charAt(i - from) != c) {
                return false;
            }
        }
        return true;
    }

    /** Returns the canonical spelling of a name; an unknown one is returned unchanged. */
    static String canonical(String name) {
        String known = CANONICAL.get(name);
        if (known == null) {
            known = CANONICAL.get(name.toLowerCase(Locale.ROOT));
        }
        return known == null ? name : known;
    }

    static boolean isSeparated(String canonical) {
        return SEPARATED.contains(canonical);
    }

    static boolean isCommaSeparated(String canonical) {
        return COMMA_SEPARATED.contains(canonical);
    }

    /** Returns the header's bit among those that appear once; 0 if it may appear more often. */
    static int onceBit(String canonical) {
        return ONCE_BITS.getOrDefault(canonical, 0);
    }
}
