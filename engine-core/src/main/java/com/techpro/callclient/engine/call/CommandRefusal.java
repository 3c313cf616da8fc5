// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** The reason why a command of the host was refused. */
public enum CommandRefusal {
    /** The call or the stay in the room has ended, or the playback is closed. */
    ENDED,
    /** Answering, silencing, rejecting and forwarding are for an incoming call that nobody has answered yet. */
    NOT_RINGING_HERE,
    /** The call rings here; answer it first. */
    NOT_ANSWERED,
    /** The other side has not answered, or one of the two calls is not established. */
    NOT_ESTABLISHED,
    /** The other side of one of the two calls holds it. */
    HELD_BY_OTHER_SIDE,
    /** The two calls do not use the same microphone and speaker. */
    DIFFERENT_AUDIO,
    /** One of the two calls is merged with another call already. */
    MERGED_ALREADY,
    /** The call is being transferred already. */
    TRANSFERRING_ALREADY,
    /** The other side has not requested a transfer, or no longer waits for an answer. */
    NO_TRANSFER_REQUESTED,
    /** The user denied the microphone. The call keeps ringing; {@link CallEvent.AudioInterrupted} says so too. */
    MICROPHONE_DENIED,
    /** The call was put on hold again before it was resumed. */
    HELD_AGAIN,
    /** Too many DTMF digits are still waiting to be sent. */
    TOO_MANY_DIGITS,
    /** The room's directory names no DTMF keys for it. */
    UNKNOWN_KEYS,
    /** The sound of one of the two calls cannot be mixed now, or the message cannot be played. */
    NO_SOUND,
    /** A message does not play during a call. */
    IN_CALL,
    /** The organisation does not permit it. */
    NOT_PERMITTED,
    /** The other side refused; the call is as it was. */
    OTHER_SIDE_REFUSED,
    /** The other side or the phone system did not answer, or cannot be reached; all is as it was. */
    OTHER_SIDE_UNREACHABLE,
    /** No favourite has this number. */
    NO_SUCH_FAVORITE,
    /** The list of favourites is full. */
    TOO_MANY_FAVORITES,
    /** The client has no account with this id. */
    NO_SUCH_ACCOUNT,
    /** The client was closed before the command was carried out or stored. */
    CLIENT_CLOSED
}
