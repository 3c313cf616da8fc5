// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.message.TextMessages;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The checks of a {@link CallClientConfig}'s values; each throws {@link IllegalArgumentException} for a value that is
 * not permitted.
 */
final class ConfigBounds {
    /** In lower case. Compact forms are single letters, which no header of a host's has. */
    private static final Set<String> ENGINE_HEADERS =
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

    private ConfigBounds() {}

    static String country(String country) {
        if (!country.matches("[A-Za-z]{2}")) {
            throw new IllegalArgumentException("a country is two letters, such as DE");
        }
        return country;
    }

    static String product(String product) {
        if (product.isEmpty() || product.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("a user agent is printable ASCII");
        }
        return product;
    }

    static int mediaLoops(int loops) {
        if (loops < 1 || loops > 64) {
            throw new IllegalArgumentException("1 to 64 media loops, not " + loops);
        }
        return loops;
    }

    static int tracedCalls(int calls) {
        if (calls < 0 || calls > 10_000) {
            throw new IllegalArgumentException("0 to 10000 traced calls, not " + calls);
        }
        return calls;
    }

    static int calls(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("at least one call, not " + calls);
        }
        return calls;
    }

    static int texts(int texts) {
        if (texts < 0 || texts > TextMessages.MOST) {
            throw new IllegalArgumentException("0 to " + TextMessages.MOST + " texts, not " + texts);
        }
        return texts;
    }

    static Set<String> customHeaders(String... names) {
        Set<String> permitted = new LinkedHashSet<>();
        for (String name : names) {
            requireNotOurs(new CallHeader(name, "").name());
            permitted.add(name);
        }
        return Collections.unmodifiableSet(permitted);
    }

    static Duration positive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a timeout is longer than nothing, not " + duration);
        }
        return duration;
    }

    private static void requireNotOurs(String name) {
        if (name.length() == 1 || ENGINE_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the header " + name + " is the engine's own");
        }
    }
}
