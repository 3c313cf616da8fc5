// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** The reason why a command of the host was refused. */
public enum CommandRefusal {
    /** The call or the stay in the room has ended, or the playback is closed. */
    ENDED("It has ended already."),
    /** Answering, silencing, rejecting and forwarding are for an incoming call that nobody has answered yet. */
    NOT_RINGING_HERE("The call does not ring here any more."),
    /** The call rings here; answer it first. */
    NOT_ANSWERED("Answer the call first."),
    /** The other side has not answered, or one of the two calls is not established. */
    NOT_ESTABLISHED("Wait until the other side has answered."),
    /** The other side of one of the two calls holds it. */
    HELD_BY_OTHER_SIDE("Wait until the other side resumes the call."),
    /** The two calls do not use the same microphone and speaker. */
    DIFFERENT_AUDIO("Use the same microphone and speaker for both calls."),
    /** One of the two calls is merged with another call already. */
    MERGED_ALREADY("One of the calls is merged with another call already."),
    /** The call is being transferred already. */
    TRANSFERRING_ALREADY("The call is being transferred already."),
    /** The other side has not requested a transfer, or no longer waits for an answer. */
    NO_TRANSFER_REQUESTED("The other side no longer asks for a transfer."),
    /** The user denied the microphone. The call keeps ringing; {@link CallEvent.AudioInterrupted} says so too. */
    MICROPHONE_DENIED("Allow this app to use the microphone, then try again."),
    /** The call was put on hold again before it was resumed. */
    HELD_AGAIN("The call was put on hold again."),
    /** Too many DTMF digits are still waiting to be sent. */
    TOO_MANY_DIGITS("Too many digits wait to be sent; press more slowly."),
    /** The room's directory names no DTMF keys for it. */
    UNKNOWN_KEYS("This room has no keys for that."),
    /** The sound of one of the two calls cannot be mixed now, or the message cannot be played. */
    NO_SOUND("There is no sound now; try again later."),
    /** A message does not play during a call. */
    IN_CALL("End the call first."),
    /** The organisation does not permit it. */
    NOT_PERMITTED("Your organisation does not allow this; ask your administrator."),
    /** The other side refused; the call is as it was. */
    OTHER_SIDE_REFUSED("The other side refused; the call is unchanged."),
    /** The other side or the phone system did not answer, or cannot be reached; all is as it was. */
    OTHER_SIDE_UNREACHABLE("There is no answer; nothing has changed. Try again later."),
    /** No favourite has this number. */
    NO_SUCH_FAVORITE("The favourite was removed before."),
    /** The list of favourites is full. */
    TOO_MANY_FAVORITES("The list is full; remove a favourite first."),
    /** The client has no account with this id. */
    NO_SUCH_ACCOUNT("The account was removed."),
    /** The client was closed before the command was carried out or stored. */
    CLIENT_CLOSED("The app is closing.");

    private final String advice;

    CommandRefusal(String advice) {
        this.advice = advice;
    }

    /** Returns what happened or what the user can do, in one English sentence. */
    public String advice() {
        return advice;
    }
}
