// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.Failure.AuthenticationProblem;
import com.techpro.callclient.engine.call.Failure.MediaProblem;
import com.techpro.callclient.engine.call.Failure.Waited;
import com.techpro.callclient.engine.call.SipStatus;
import com.techpro.callclient.engine.internal.sip.message.ForeignText;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a final response that says no means (RFC 3261 §21): one table for calls, registrations, subscriptions, messages, transfers and the
 * history, so that none of them reads a status its own way.
 */
public enum StatusMeaning {
    /** Ask again with credentials (401, 407). */
    CREDENTIALS,
    FORBIDDEN,
    /** Nobody has that number or address. */
    NOT_FOUND,
    /** Nothing answered behind the one that says so. */
    TIMED_OUT,
    /** The number exists; no phone of it can be reached now. */
    UNAVAILABLE,
    BUSY,
    DECLINED,
    /** The request was given up by whoever made it, or has run out. */
    CANCELLED,
    /** The description of the media will not do. */
    MEDIA,
    /** A body of this type is not understood. */
    BODY,
    /** The other side knows nothing of the dialog, or of the transaction. */
    NO_DIALOG,
    /** A session is to be refreshed less often (RFC 4028 §6). */
    INTERVAL,
    /** A request of its own is on its way (§14.1). */
    GLARE,
    /** The method, an extension, the event or the scheme is one that the other side does not have. */
    UNSUPPORTED,
    REDIRECTED,
    /** A problem of the server's own. */
    SERVER_ERROR,
    OTHER;

    private static final long LONGEST_RETRY_AFTER_SECONDS = Duration.ofDays(1).getSeconds();
    private static final int LONGEST_PHRASE = 100;
    private static final Pattern DO_NOT_DISTURB =
            Pattern.compile("\\b(dnd|do[ _-]not[ _-]disturb)\\b", Pattern.CASE_INSENSITIVE);

    /** The table. */
    public static StatusMeaning of(int status) {
        return switch (status) {
            case 300, 301, 302, 305, 380 -> REDIRECTED;
            case 401, 407 -> CREDENTIALS;
            case 403 -> FORBIDDEN;
            case 404, 410, 484, 485, 604 -> NOT_FOUND;
            case 405, 416, 420, 489, 501 -> UNSUPPORTED;
            case 408 -> TIMED_OUT;
            case 415 -> BODY;
            case 422 -> INTERVAL;
            case 480 -> UNAVAILABLE;
            case 481 -> NO_DIALOG;
            case 486, 600 -> BUSY;
            case 487 -> CANCELLED;
            case 488, 606 -> MEDIA;
            case 491 -> GLARE;
            case 603, 607 -> DECLINED;
            default -> status >= 500 && status < 600 ? SERVER_ERROR : OTHER;
        };
    }

    /** Why something the user wanted did not happen, from a response to a request of ours. */
    public static Failure failure(SipResponse response) {
        return failure(response.status(), retryAfter(response));
    }

    /** Of a response that somebody else got, of which the status alone is known. */
    public static Failure failure(int status) {
        return failure(status, null);
    }

    /** @param retryAfter what a server with a problem of its own asks for, or null */
    public static Failure failure(int status, @Nullable Duration retryAfter) {
        return switch (of(status)) {
            case CREDENTIALS -> new Failure.AuthenticationFailed(AuthenticationProblem.WRONG_CREDENTIALS);
            case FORBIDDEN -> new Failure.Forbidden();
            case NOT_FOUND -> new Failure.NotFound();
            case TIMED_OUT -> new Failure.TimedOut(Waited.RESPONSE);
            case UNAVAILABLE -> new Failure.Unavailable();
            case BUSY -> new Failure.Busy();
            case DECLINED -> new Failure.Declined();
            case INTERVAL -> new Failure.SessionIntervalTooSmall();
            case MEDIA -> new Failure.MediaRefused(MediaProblem.REFUSED);
            case REDIRECTED -> new Failure.Redirected(status);
            case SERVER_ERROR -> new Failure.ServerError(status, retryAfter);
            case UNSUPPORTED ->
                status >= 500 ? new Failure.ServerError(status, retryAfter) : new Failure.Rejected(status);
            case CANCELLED, BODY, NO_DIALOG, GLARE, OTHER -> new Failure.Rejected(status);
        };
    }

    /**
     * How a call ends by a final response to its INVITE.
     *
     * @param why what {@link #failure} makes of it, or what the digest found
     * @param refusedMedia what it means that our description will not do
     * @param rang whether a phone may have rung: else nobody was there to leave the call unanswered
     */
    public static CallEnding callEnding(SipResponse response, Failure why, MediaProblem refusedMedia, boolean rang) {
        return switch (refined(of(response.status()), response, rang)) {
            case BUSY -> new CallEnding.Busy();
            case DECLINED -> new CallEnding.Declined();
            case NOT_FOUND -> new CallEnding.NotFound();
            case UNAVAILABLE -> new CallEnding.Unavailable();
            case TIMED_OUT, CANCELLED -> new CallEnding.NoAnswer();
            case MEDIA, BODY -> new CallEnding.Failed(new Failure.MediaRefused(refusedMedia));
            case CREDENTIALS, FORBIDDEN, NO_DIALOG, INTERVAL, GLARE, UNSUPPORTED, REDIRECTED, SERVER_ERROR, OTHER ->
                new CallEnding.Failed(why);
        };
    }

    /**
     * A phone system that makes 403, 480 or 5xx of everything may say in a Reason header what it was (RFC 6432; Q.850 by the table of RFC
     * 3398 §7.2.4.1, except that who rejects a call declines it).
     */
    private static StatusMeaning refined(StatusMeaning general, SipResponse response, boolean rang) {
        if (general == UNAVAILABLE && wantsNoCalls(response)) {
            return UNAVAILABLE;
        }
        if (general != FORBIDDEN && general != UNAVAILABLE && general != SERVER_ERROR) {
            return general;
        }
        for (String reason : response.headers("Reason")) {
            int cause = cause(reason, "q.850");
            StatusMeaning exact = switch (cause) {
                case 1, 22, 28 -> NOT_FOUND;
                case 17 -> BUSY;
                // What a phone system makes of a 480 of a phone, also of one that did not ring at all.
                case 18, 19 -> rang ? TIMED_OUT : UNAVAILABLE;
                case 20 -> UNAVAILABLE;
                case 21 -> DECLINED;
                default -> of(cause(reason, "sip"));
            };
            if (exact == NOT_FOUND
                    || exact == BUSY
                    || exact == DECLINED
                    || exact == UNAVAILABLE
                    || exact == TIMED_OUT) {
                return exact;
            }
        }
        return general;
    }

    /** Whether somebody says in words that its user is not to be disturbed, which no cause of Q.850 says. */
    private static boolean wantsNoCalls(SipResponse response) {
        return Stream.of("Reason", "Warning")
                .flatMap(name -> response.headers(name).stream())
                .anyMatch(value -> DO_NOT_DISTURB.matcher(value).find());
    }

    /**
     * Whether one of the Reason headers (RFC 3326) says that another phone took the call: SIP cause 200, or Q.850 cause 26,
     * non-selected user clearing. There may be several headers.
     */
    public static boolean isAnsweredElsewhere(SipMessage message) {
        for (String reason : message.headers("Reason")) {
            if (cause(reason, "sip") == 200 || cause(reason, "q.850") == 26) {
                return true;
            }
        }
        return false;
    }

    /** The cause of a Reason header, or -1 if it has none or is not of that protocol. */
    private static int cause(String reason, String protocol) {
        String[] parts = reason.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].trim().equals(protocol)) {
            return -1;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace(" ", "");
            if (parameter.matches("cause=\\d{1,3}")) {
                return Integer.parseInt(parameter.substring("cause=".length()));
            }
        }
        return -1;
    }

    /** Whether asking again later makes no sense, as nothing will have changed by itself: of a subscription (RFC 6665 §4.1.2.3). */
    public boolean isLasting() {
        return this == FORBIDDEN || this == NOT_FOUND || this == UNSUPPORTED || this == NO_DIALOG;
    }

    /** Whether the dialog that the request was sent in is over (RFC 3261 §12.2.1.2). */
    public boolean endsDialog() {
        return this == NO_DIALOG || this == TIMED_OUT;
    }

    /** The response as it was, for whoever has to find out. */
    public static SipStatus shown(SipResponse response) {
        return new SipStatus(response.status(), ForeignText.clean(response.reason(), LONGEST_PHRASE));
    }

    /** Not longer than a day, whatever the server writes. */
    private static @Nullable Duration retryAfter(SipResponse response) {
        long seconds = response.number("Retry-After");
        return seconds < 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS));
    }
}
