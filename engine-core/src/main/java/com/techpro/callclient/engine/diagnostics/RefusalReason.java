// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

/** Why the engine refuses a request by itself. */
public enum RefusalReason {
    /** It did not come from the account's own phone system (403, or no answer over UDP): see the registration's connection. */
    UNTRUSTED_SOURCE("untrusted-source"),
    /** It is for nobody who is registered here (404): the phone system sends to a Contact that this client does not have. */
    UNKNOWN_USER("unknown-user"),
    /** Its target is neither {@code sip:} nor {@code sips:} (416). */
    UNSUPPORTED_URI_SCHEME("unsupported-uri-scheme"),
    /** The method is not one of this client's (405). */
    METHOD_NOT_ALLOWED("method-not-allowed"),
    /** It requires an extension that this client does not have (420). */
    BAD_EXTENSION("bad-extension"),
    /** It belongs to a call or subscription that is not there, or not any more (481). */
    UNKNOWN_DIALOG("unknown-dialog"),
    /** It would take the place of a call that is over (603), or has been answered though only one that rings is meant (486; RFC 3891 §3). */
    NOT_REPLACEABLE("not-replaceable"),
    /**
     * It asks to be left for somebody else, and the host or its configuration does not want that, or the call cannot be left now, or who is to
     * be called is none of the account's phone system (603; RFC 3515 §2.4.2, promise S5).
     */
    REFERRAL_REFUSED("referral-refused"),
    /** Its body is of a kind that this client cannot read (415). */
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type"),
    /** Its body is longer than this client takes (413). */
    TOO_LARGE("too-large"),
    /** The request cannot be read, or the description of the sound in it (400). */
    MALFORMED("malformed"),
    /** It comes after one of its dialog that was sent later (500, RFC 3261 §12.2.2). */
    OUT_OF_ORDER("out-of-order"),
    /** It tells of an event that was not asked for (489). */
    UNEXPECTED_EVENT("unexpected-event"),
    /** It tells of a watched extension in a document that cannot be read; the busy lamp shows that nothing is known (answered 200). */
    UNREADABLE_DOCUMENT("unreadable-document"),
    /** It wants the session refreshed more often than this client lets itself be asked to (422, RFC 4028). */
    SESSION_INTERVAL_TOO_SMALL("session-interval-too-small"),
    /** The account is about to be removed, or its connection has just gone (480). */
    ACCOUNT_UNAVAILABLE("account-unavailable"),
    /** The account has as many calls as {@link com.techpro.callclient.engine.CallClientConfig.Builder#maxCalls} lets it (486). */
    TOO_MANY_CALLS("too-many-calls"),
    /** The user wants no calls now (480); the history has the call. */
    DO_NOT_DISTURB("do-not-disturb"),
    /** Its caller was sent on to somebody else, as the user wished (302); the history has the call. */
    FORWARDED("forwarded"),
    /** What it offers has nothing in common with what this account can do or is permitted: codecs, or encryption (488). */
    NOT_ACCEPTABLE_HERE("not-acceptable-here"),
    /**
     * It would change a call's sound while another change is under way, and may be sent again a moment later (491, or 500 with a Retry-After;
     * RFC 3261 §14.2, RFC 3311 §5.2).
     */
    REQUEST_PENDING("request-pending"),
    /** The same request came by another way already (482). */
    LOOP_DETECTED("loop-detected"),
    /** The engine had more to do than it can (503). */
    OVERLOAD("overload");

    private final String code;

    RefusalReason(String code) {
        this.code = code;
    }

    /** A stable word for logs and statistics. */
    public String code() {
        return code;
    }
}
