// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.failure.Failure.Waited;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.stack.sip.message.ForeignText;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a final response that is not a 2xx (RFC 3261 §21). This one table serves calls,
 * registrations, subscriptions, messages, transfers and the call history, so that all read a status
 * the same way.
 */
public enum StatusMeaning {
    /** Send again with credentials (401, 407). */
    CREDENTIALS,
    FORBIDDEN,
    /** Nobody has this number or address. */
    NOT_FOUND,
    /** The responding server itself got no response. */
    TIMED_OUT,
    /** The number exists, but none of its phones can be reached now. */
    UNAVAILABLE,
    BUSY,
    DECLINED,
    /** The sender cancelled the request, or it expired. */
    CANCELLED,
    /** The session description is not acceptable. */
    MEDIA,
    /** A body of this type is not understood. */
    BODY,
    /** The other side does not know the dialog or transaction. */
    NO_DIALOG,
    /** The session must be refreshed less often (RFC 4028 §6). */
    INTERVAL,
    /** The other side has sent a request of its own (§14.1). */
    GLARE,
    /** The other side does not support the method, extension, event or URI scheme. */
    UNSUPPORTED,
    REDIRECTED,
    /** The server itself has a problem. */
    SERVER_ERROR,
    OTHER;

    private static final long LONGEST_RETRY_AFTER_SECONDS = Duration.ofDays(1).getSeconds();
    private static final int LONGEST_PHRASE = 100;
    private static final Pattern DO_NOT_DISTURB =
            Pattern.compile("\\b(dnd|do[ _-]not[ _-]disturb)\\b", Pattern.CASE_INSENSITIVE);

    /** Returns the meaning of a status. */
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

    /** Returns why something the user wanted did not happen, from a response to our request. */
    public static Failure failure(SipResponse response) {
        return failure(response.status(), retryAfter(response));
    }

    /**
     * As {@link #failure(SipResponse)}, if only the status is known, because another party got the
     * response.
     */
    public static Failure failure(int status) {
        return failure(status, null);
    }

    /**
     * @param retryAfter the Retry-After of a server with a problem, or null
     */
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
     * Returns the meaning of a final response to an INVITE, by its Reason header too.
     *
     * @param rang whether a phone may have rung; if not, nobody could have left the call unanswered
     */
    public static StatusMeaning ofInvite(SipResponse response, boolean rang) {
        return refined(of(response.status()), response, rang);
    }

    /**
     * Some phone systems answer 403, 480 or 5xx for everything and give the cause in a Reason
     * header (RFC 6432). Q.850 causes follow the table of RFC 3398 §7.2.4.1, except that a rejected
     * call counts as declined.
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
                // Phone systems send this cause for a phone's 480, even if the phone did not ring
                // at all.
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

    /**
     * Whether the text says that the user does not want to be disturbed; Q.850 has no cause for it.
     */
    private static boolean wantsNoCalls(SipResponse response) {
        return Stream.of("Reason", "Warning")
                .flatMap(name -> response.headers(name).stream())
                .anyMatch(value -> DO_NOT_DISTURB.matcher(value).find());
    }

    /**
     * Whether a Reason header (RFC 3326) says that another phone took the call: SIP cause 200, or
     * Q.850 cause 26 (non-selected user clearing). There may be several such headers.
     */
    public static boolean isAnsweredElsewhere(SipMessage message) {
        for (String reason : message.headers("Reason")) {
            if (cause(reason, "sip") == 200 || cause(reason, "q.850") == 26) {
                return true;
            }
        }
        return false;
    }

    /** Returns the cause of a Reason header, or -1 if it has none or is of another protocol. */
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

    /**
     * Whether a subscription should not be tried again, because nothing will change by itself (RFC
     * 6665 §4.1.2.3).
     */
    public boolean isLasting() {
        return this == FORBIDDEN || this == NOT_FOUND || this == UNSUPPORTED || this == NO_DIALOG;
    }

    /** Whether the dialog of the request is over (RFC 3261 §12.2.1.2). */
    public boolean endsDialog() {
        return this == NO_DIALOG || this == TIMED_OUT;
    }

    /** Returns the response as received, for diagnosis. */
    public static SipStatus shown(SipResponse response) {
        return new SipStatus(response.status(), ForeignText.clean(response.reason(), LONGEST_PHRASE));
    }

    /** Returns at most a day, whatever the server says. */
    private static @Nullable Duration retryAfter(SipResponse response) {
        long seconds = response.number("Retry-After");
        return seconds < 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS));
    }
}
