// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of call forwarding: where callers are sent instead of ringing here, or when nobody answers here. Immutable.
 * A number is one of the account's own phone system, written as for dialling: an extension, or a number with the usual
 * separators. It is not an address with a domain, as no call is sent anywhere else.
 *
 * @param always where every caller is sent, or null
 * @param busy where callers are sent while the account has a call, while do-not-disturb is on, or when the user rejects
 *     one as busy; or null
 * @param unanswered where callers are sent when nobody answers in time, or null
 * @param answerTime how long it rings before that, from one second to three minutes; never longer than {@link
 *     com.techpro.callclient.engine.CallClientConfig.Builder#ringTimeout}
 */
public record ForwardingRules(
        @Nullable String always,
        @Nullable String busy,
        @Nullable String unanswered,
        Duration answerTime) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int MOST_CHARACTERS = 64;
    /** A name or an extension; or a number with separators. */
    private static final Pattern OWN =
            Pattern.compile("(?=.*[\\p{L}\\p{N}*#])(?:[\\p{L}\\p{N}._*#+-]+|[0-9+*#() ./-]+)");

    /** No forwarding. */
    public static final ForwardingRules NONE = new ForwardingRules(null, null, null, Duration.ofSeconds(20));

    /**
     * Checks numbers and time.
     *
     * @throws IllegalArgumentException if a number is not one of the account's own phone system, or the time is out of
     *     its bounds; the message repeats neither
     */
    public ForwardingRules {
        always = checked(always);
        busy = checked(busy);
        unanswered = checked(unanswered);
        Objects.requireNonNull(answerTime, "answerTime");
        if (answerTime.compareTo(SHORTEST) < 0 || answerTime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("it rings for one second to three minutes before a call is forwarded");
        }
    }

    /** A copy with another number for every caller; null for none. */
    public ForwardingRules withAlways(@Nullable String number) {
        return new ForwardingRules(number, busy, unanswered, answerTime);
    }

    /** A copy with another number for callers while the user is busy; null for none. */
    public ForwardingRules withBusy(@Nullable String number) {
        return new ForwardingRules(always, number, unanswered, answerTime);
    }

    /** A copy with another number for callers when nobody answers in that time; null for none. */
    public ForwardingRules withUnanswered(@Nullable String number, Duration within) {
        return new ForwardingRules(always, busy, number, within);
    }

    private static @Nullable String checked(@Nullable String number) {
        return number == null ? null : requireNumber(number);
    }

    private static String requireNumber(String number) {
        String trimmed = number.trim();
        if (trimmed.length() > MOST_CHARACTERS || !OWN.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("calls are forwarded to an extension or number of the own phone system");
        }
        return trimmed;
    }

    /** Without the numbers. */
    @Override
    public String toString() {
        return "ForwardingRules[always=" + (always != null) + ", busy=" + (busy != null) + ", unanswered="
                + (unanswered != null) + ", answerTime=" + answerTime + "]";
    }
}
