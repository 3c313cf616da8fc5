// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

/**
 * Behaviours of phone systems in the field that the embedded PBX shows only if
 * {@code PbxBuilder.behaving} enables them. {@code PbxBuilder.fieldProfile} enables all.
 */
public enum FieldBehaviour {
    /** Sends its own CRLFCRLF on TCP and TLS every 90 s. */
    OWN_PINGS,
    /** Does not answer a phone's CRLFCRLF, contrary to RFC 5626 §4.4.1. */
    NO_PONGS,
    /** Closes a TCP or TLS connection on which the phone sent nothing for 120 s. */
    CLOSES_IDLE_CONNECTIONS,
    /**
     * Replaces the host and port of a registered Contact by the source of the REGISTER, and lists
     * it so.
     */
    REWRITES_CONTACTS,
    /**
     * Sends message-waiting NOTIFYs directly after REGISTER, outside dialogs, until the phone
     * subscribes.
     */
    UNSOLICITED_MWI,
    /** CANCEL and BYE have two Reason headers, of SIP and of Q.850. */
    TWO_REASONS,
    /** A phone's 603 reaches the caller as 403. */
    MAPS_603_TO_403,
    /** Numbers that begin with 7 are queues; an unknown queue gets 503. */
    UNKNOWN_QUEUE_503,
    /** A 183 without SDP comes before 180. */
    PROGRESS_BEFORE_RINGING,
    /**
     * An UPDATE in the caller's early dialog, just before the 200, names the answering side (RFC
     * 3311, RFC 3325). If the caller does not allow UPDATE, a re-INVITE after the ACK does. A 481
     * to either ends the call.
     */
    CONNECTED_LINE_UPDATE,
    /**
     * A re-INVITE directly after the caller's ACK names the answering side; a 481 to it ends the
     * call.
     */
    CONNECTED_LINE_REINVITE,
    /**
     * Sessions of 90 s, refreshed by UPDATE: first by the PBX, then by the phone. Less than 90 s
     * gets 422 (RFC 4028).
     */
    SHORT_SESSION_TIMERS,
    /** The PBX's first refresh in such a session is a re-INVITE, after which it refreshes again. */
    REFRESHES_BY_REINVITE,
    /** The held side of a call hears music, and is not told that it is held. */
    MUSIC_ON_HOLD,
    /**
     * Half a second after the answer, re-INVITEs make two phones send media to each other, keys
     * included. A hold brings it back to the PBX; the 200 to that hold still names the other phone.
     * Only between two phones that both have this behaviour, and only if both use SDES or neither
     * encrypts.
     */
    DIRECT_MEDIA,
    /**
     * Forwarded telephone events get new timestamps from 0 (RFC 4733 §2.2.1), and the tone service
     * begins with a digit.
     */
    RESTAMPS_KEYS,
    /**
     * Each forwarded or echoed telephone event is also sent as INFO with
     * {@code application/dtmf-relay} when it ends.
     */
    KEYS_BY_INFO_TOO,
    /**
     * SDP for the PBX's own media names ICE candidates at which nothing answers; the address in c=
     * and m= is right.
     */
    DEAD_ICE_CANDIDATES,
    /**
     * Every call first offers DTLS keys only. If refused with 488, the next INVITE of the same
     * dialog offers what the PBX would have offered without.
     */
    DTLS_OFFERS,
    /**
     * Without ICE each later offer and answer ends the DTLS association of a leg. The next
     * handshake begins at once, by a ClientHello of the PBX if it is the client, which it prefers.
     * Its SDP declares each association as new. The previous keys stay in use until there are new
     * ones, for a second at most. A phone that makes no new handshake is then no longer heard.
     */
    FORGETS_DTLS,
    /**
     * Refuses a phone's first offer with 488 and no reason unless it has only its extension's kind
     * of keys. That is DTLS over WebSocket or where {@code PbxBuilder.dtls} says so, else SDES.
     */
    ONE_KIND_OF_KEYS,
    /**
     * Takes the first codec of a later offer as the new one, and ends the call if the two sides do
     * not use it.
     */
    FIRST_CODEC_OF_LATER_OFFERS,
    /**
     * Two seconds after a failed blind transfer, hangs up the transferee; the other phone's call
     * continues with RTCP only.
     */
    LOSES_THE_TRANSFEREE,
    /**
     * A forwarded call has only a Diversion header, as a hand-written dialplan makes it: a bare
     * number, and a reason that is no token.
     */
    DIVERSION_BY_DIALPLAN
}
