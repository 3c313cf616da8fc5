// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.settings;

/**
 * What phone systems in the field do and the embedded PBX does not, unless {@code PbxBuilder.behaving} says so. {@code PbxBuilder.fieldProfile}
 * turns all of it on.
 */
public enum FieldBehaviour {
    /** Sends CRLFCRLF of its own on TCP and TLS every 90 s. */
    OWN_PINGS,
    /** Answers no CRLFCRLF of a phone (RFC 5626 §4.4.1 would have it do so). */
    NO_PONGS,
    /** Closes a TCP or TLS connection on which the phone sent nothing for 120 s. */
    CLOSES_IDLE_CONNECTIONS,
    /** Replaces the host and port of a registered Contact by where the REGISTER came from, and lists it so. */
    REWRITES_CONTACTS,
    /** Tells the lamp right after REGISTER, out of any dialog, until the phone subscribes. */
    UNSOLICITED_MWI,
    /** CANCEL and BYE have two Reason headers, of SIP and of Q.850. */
    TWO_REASONS,
    /** 603 of a phone reaches the caller as 403. */
    MAPS_603_TO_403,
    /** Numbers that begin with 7 are queues: one that does not exist is 503. */
    UNKNOWN_QUEUE_503,
    /** 183 without a description comes before 180. */
    PROGRESS_BEFORE_RINGING,
    /**
     * UPDATE in the caller's early dialog, just before the 200, tells who answers (RFC 3311, RFC 3325); a re-INVITE after the ACK does where the caller does
     * not allow UPDATE. A 481 to either ends the call.
     */
    CONNECTED_LINE_UPDATE,
    /** A re-INVITE right after the caller's ACK tells who has answered; a 481 to it ends the call. */
    CONNECTED_LINE_REINVITE,
    /** Sessions of 90 s, refreshed by UPDATE: first by the PBX, then by the phone; less than 90 s is 422 (RFC 4028). */
    SHORT_SESSION_TIMERS,
    /** The first refresh of the PBX in such a session is a re-INVITE, after which it is the PBX's turn again. */
    REFRESHES_BY_REINVITE,
    /** The other side of a held call hears music, and is not told that it is held. */
    MUSIC_ON_HOLD,
    /**
     * Half a second after the answer re-INVITEs point two phones' sound at each other, keys included, and back at the PBX when one holds; the 200 to that
     * hold still names the other phone. Only between two phones that both have this, and only if both encrypt with SDES or neither encrypts.
     */
    DIRECT_MEDIA,
    /** Telephone events passed on get timestamps of their own, from 0 (RFC 4733 §2.2.1), and the tone service begins with a key. */
    RESTAMPS_KEYS,
    /** Each telephone event that is passed on, or echoed, is also told by INFO with {@code application/dtmf-relay} when it ends. */
    KEYS_BY_INFO_TOO,
    /** Descriptions of the PBX's own media name ICE candidates at which nobody answers; the address of c= and m= is right. */
    DEAD_ICE_CANDIDATES,
    /** Every call first offers keys by DTLS alone; refused with 488, it offers what it would have offered without, in the same dialog's next INVITE. */
    DTLS_OFFERS,
    /**
     * Without ICE each later offer and answer ends the DTLS association of a leg: the next is made at once, by a hello of the PBX where it is the client, which it
     * would rather be. Its descriptions call each association new. The keys before stay in use until there are others, for a second at most: a phone that makes no other
     * handshake is not heard again.
     */
    FORGETS_DTLS,
    /** A phone's first offer is refused with 488, and no word of why, unless it has the keys of its extension and no others: DTLS behind a WebSocket or where {@code PbxBuilder.dtls} says so, else SDES. */
    ONE_KIND_OF_KEYS,
    /** The first codec of a later offer is taken as the new one, and the call ends if that is not what the two speak. */
    FIRST_CODEC_OF_LATER_OFFERS,
    /** Two seconds after a blind transfer has failed, the phone that was to be transferred is hung up; the other one's call goes on with reports alone. */
    LOSES_THE_TRANSFEREE,
    /** Of a forwarded call Diversion alone tells, as a dialplan writes it by hand: a bare number, and a reason that is no token. */
    DIVERSION_BY_DIALPLAN
}
