// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

/** The result of protecting or unprotecting a packet. */
public enum SrtpStatus {
    OK,
    /** Too short, or with an invalid header. */
    MALFORMED,
    /** The tag is wrong: altered, forged, or from another key. */
    AUTH_FAILED,
    /** Accepted before, or too old to tell (RFC 3711 §3.3.2). */
    REPLAYED,
    /** The master key's lifetime is used up (RFC 3711 §9.2). It protects nothing more. */
    KEY_EXPIRED,
    /** SRTCP whose E bit says that it is not encrypted. */
    NOT_ENCRYPTED,
    /** More sources than one context keeps. */
    TOO_MANY_SOURCES,
    /** The buffer has no room for the tag. */
    NO_ROOM
}
