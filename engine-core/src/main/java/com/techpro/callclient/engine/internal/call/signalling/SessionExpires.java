// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The session timer that both sides agreed (RFC 4028): the session ends unless one side refreshes
 * it in time.
 *
 * @param interval from one refresh to the end
 * @param ours whether we refresh
 */
public record SessionExpires(Duration interval, boolean ours) {
    /** The header's option tag. */
    static final String TIMER = "timer";

    /** The minimum that may be asked for (§5). */
    public static final Duration SHORTEST = Duration.ofSeconds(90);
    /** The recommended interval, half an hour (§4). */
    static final Duration USUAL = Duration.ofMinutes(30);

    private static final long LONGEST_SECONDS = 86_400;

    /** Whether a request asks for too short an interval and its sender understands a 422 (§9). */
    public static boolean isTooShort(SipRequest request) {
        long seconds = request.number("Session-Expires");
        return seconds >= 0 && seconds < SHORTEST.getSeconds() && supportsTimer(request);
    }

    /**
     * Returns what accepting a request agrees to (§9, table 2); null if the request asks for no
     * timer. If the choice is ours, the sender refreshes.
     */
    static @Nullable SessionExpires answering(SipRequest request) {
        Duration interval = interval(request);
        if (interval == null) {
            return null;
        }
        return new SessionExpires(interval, !supportsTimer(request) || "uas".equals(refresher(request)));
    }

    /** Returns what a 2xx to our request agrees to (§7.2); null if it has no timer. */
    static @Nullable SessionExpires agreed(SipResponse success) {
        Duration interval = interval(success);
        return interval == null ? null : new SessionExpires(interval, !"uas".equals(refresher(success)));
    }

    /**
     * Asks for a session timer in our request (§7.1, §7.4).
     *
     * @param interval the interval to ask for
     * @param shortest the minimum to which proxies may reduce it
     * @param now the timer in force; null for a first request, which lets the far end choose the
     *     refresher
     */
    static void ask(SipRequest.Builder request, Duration interval, Duration shortest, @Nullable SessionExpires now) {
        String who = now == null ? "" : now.ours ? ";refresher=uac" : ";refresher=uas";
        request.set("Session-Expires", interval.getSeconds() + who);
        if (shortest.compareTo(SHORTEST) > 0) {
            request.set("Min-SE", Long.toString(shortest.getSeconds()));
        }
    }

    /** Writes the agreed timer into the 2xx. */
    void tell(SipResponse.Builder success) {
        success.set("Session-Expires", interval.getSeconds() + (ours ? ";refresher=uas" : ";refresher=uac"));
        if (!ours) {
            success.set("Require", TIMER);
        }
    }

    private static @Nullable Duration interval(SipMessage message) {
        long seconds = message.number("Session-Expires");
        return seconds < 0
                ? null
                : Duration.ofSeconds(Math.max(SHORTEST.getSeconds(), Math.min(seconds, LONGEST_SECONDS)));
    }

    private static @Nullable String refresher(SipMessage message) {
        String value = message.header("Session-Expires");
        if (value == null) {
            return null;
        }
        String[] parts = value.toLowerCase(Locale.ROOT).replace(" ", "").split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("refresher=")) {
                return parts[i].substring("refresher=".length());
            }
        }
        return null;
    }

    private static boolean supportsTimer(SipMessage message) {
        return message.headers("Supported").contains(TIMER)
                || message.headers("Require").contains(TIMER);
    }
}
