// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.failure;

/** Why the engine refused a request by itself. */
public enum RefusalReason {
    /**
     * It did not come from the account's own phone system (403, or no answer over UDP): check the
     * registration's connection.
     */
    UNTRUSTED_SOURCE("untrusted-source"),
    /**
     * Its target is not registered here (404): the phone system sends to a Contact that this client
     * does not have.
     */
    UNKNOWN_USER("unknown-user"),
    /** Its target is neither {@code sip:} nor {@code sips:} (416). */
    UNSUPPORTED_URI_SCHEME("unsupported-uri-scheme"),
    /** This client does not support the method (405). */
    METHOD_NOT_ALLOWED("method-not-allowed"),
    /** It requires an extension that this client does not support (420). */
    BAD_EXTENSION("bad-extension"),
    /** It belongs to a call or subscription that does not exist, or no longer exists (481). */
    UNKNOWN_DIALOG("unknown-dialog"),
    /**
     * It would replace a call that has ended (603), or one that was answered although only a
     * ringing one may be replaced (486; RFC 3891 §3).
     */
    NOT_REPLACEABLE("not-replaceable"),
    /**
     * It requests a transfer that is not possible: the host or its configuration does not permit
     * it, the call cannot be transferred now, or the target is not of the account's phone system
     * (603; RFC 3515 §2.4.2, promise S5).
     */
    REFERRAL_REFUSED("referral-refused"),
    /** This client does not support the type of its body (415). */
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type"),
    /** Its body is longer than this client accepts (413). */
    TOO_LARGE("too-large"),
    /** The request or its SDP cannot be parsed (400). */
    MALFORMED("malformed"),
    /** It arrived after a later request of its dialog (500, RFC 3261 §12.2.2). */
    OUT_OF_ORDER("out-of-order"),
    /** It notifies of an event that was not subscribed to (489). */
    UNEXPECTED_EVENT("unexpected-event"),
    /**
     * It reports a watched extension in a document that cannot be parsed. It is answered with 200;
     * the busy lamp shows an unknown state.
     */
    UNREADABLE_DOCUMENT("unreadable-document"),
    /** It requests a shorter session interval than this client accepts (422, RFC 4028). */
    SESSION_INTERVAL_TOO_SMALL("session-interval-too-small"),
    /** The account is being removed, or its connection was just lost (480). */
    ACCOUNT_UNAVAILABLE("account-unavailable"),
    /**
     * The account has reached
     * {@link com.techpro.callclient.engine.CallClientConfig.Builder#maxCalls} (486).
     */
    TOO_MANY_CALLS("too-many-calls"),
    /** Do-not-disturb is on (480); the history has the call. */
    DO_NOT_DISTURB("do-not-disturb"),
    /** The call was forwarded by the user's setting (302); the history has the call. */
    FORWARDED("forwarded"),
    /**
     * Its offer has no codec or encryption in common with what this account supports and permits
     * (488).
     */
    NOT_ACCEPTABLE_HERE("not-acceptable-here"),
    /**
     * It would change a call's media while another change is pending; the sender may retry shortly
     * (491, or 500 with Retry-After; RFC 3261 §14.2, RFC 3311 §5.2).
     */
    REQUEST_PENDING("request-pending"),
    /** The same request already arrived by another path (482). */
    LOOP_DETECTED("loop-detected"),
    /** The engine was overloaded (503). */
    OVERLOAD("overload");

    private final String code;

    RefusalReason(String code) {
        this.code = code;
    }

    /** Returns a stable word for logs and statistics. */
    public String code() {
        return code;
    }
}
