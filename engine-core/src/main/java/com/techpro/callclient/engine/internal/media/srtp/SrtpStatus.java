// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.srtp;

/** What became of a packet. */
public enum SrtpStatus {
    OK,
    /** Too short, or its header is broken. */
    MALFORMED,
    /** The tag is wrong: altered, forged, or of another key. */
    AUTH_FAILED,
    /** Accepted before, or so old that nobody can tell (RFC 3711 §3.3.2). */
    REPLAYED,
    /** The master key's lifetime is used up (RFC 3711 §9.2). Nothing more is protected with it. */
    KEY_EXPIRED,
    /** SRTCP whose E bit says it is not encrypted. */
    NOT_ENCRYPTED,
    /** More sources than one context keeps. */
    TOO_MANY_SOURCES,
    /** The buffer has no room for the tag. */
    NO_ROOM
}
