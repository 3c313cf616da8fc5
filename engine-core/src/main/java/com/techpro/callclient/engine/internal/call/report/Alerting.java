// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.report;

import com.techpro.callclient.engine.call.RingKind;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an INVITE asks to alert the user. It reads Alert-Info (RFC 3261 §20.4) with the URNs of RFC
 * 7462 and vendors' common values, Call-Info with {@code answer-after}, and Answer-Mode (RFC 5373).
 *
 * @param answerAfter how long it rings before it is answered automatically; null if it is not
 */
public record Alerting(RingKind kind, @Nullable Duration answerAfter) {
    /** The normal ring, for outgoing calls and for INVITEs from untrusted sources. */
    public static final Alerting PLAIN = new Alerting(RingKind.STANDARD, null);

    private static final int LONGEST_SECONDS = 60;
    private static final Pattern DISTINCTIVE = Pattern.compile("bellcore-dr([1-5])\\b");
    private static final Pattern ANSWER_AFTER = Pattern.compile("[;,\\s]answer-after\\s*=\\s*(\\d{1,4})\\b");
    private static final Pattern DELAY = Pattern.compile("[;,\\s](?:delay|answer-after)\\s*=\\s*(\\d{1,4})\\b");

    public static Alerting of(SipRequest invite) {
        String alert = joined(invite, "Alert-Info");
        return new Alerting(kind(alert), answerAfter(invite, alert));
    }

    private static String joined(SipRequest invite, String header) {
        return String.join(",", invite.headers(header)).toLowerCase(Locale.ROOT);
    }

    private static RingKind kind(String alert) {
        Matcher distinctive = DISTINCTIVE.matcher(alert);
        if (distinctive.find()) {
            return RingKind.valueOf("DISTINCTIVE_" + distinctive.group(1));
        }
        if (alert.contains("urn:alert:priority:high") || alert.contains("alert-emergency")) {
            return RingKind.PRIORITY;
        }
        if (alert.contains("urn:alert:source:internal") || alert.contains("alert-internal")) {
            return RingKind.INTERNAL;
        }
        boolean external = alert.contains("urn:alert:source:external") || alert.contains("alert-external");
        return external ? RingKind.EXTERNAL : RingKind.STANDARD;
    }

    private static @Nullable Duration answerAfter(SipRequest invite, String alert) {
        Matcher after = ANSWER_AFTER.matcher(joined(invite, "Call-Info"));
        if (after.find()) {
            return seconds(after.group(1));
        }
        if (alert.contains("alert-autoanswer") || alert.contains("auto answer") || alert.contains("ring-answer")) {
            Matcher delay = DELAY.matcher(alert);
            return delay.find() ? seconds(delay.group(1)) : Duration.ZERO;
        }
        boolean automatic = joined(invite, "Answer-Mode").startsWith("auto")
                || joined(invite, "Priv-Answer-Mode").startsWith("auto");
        return automatic ? Duration.ZERO : null;
    }

    private static @Nullable Duration seconds(String digits) {
        int seconds = Integer.parseInt(digits);
        return seconds > LONGEST_SECONDS ? null : Duration.ofSeconds(seconds);
    }
}
