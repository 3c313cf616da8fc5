// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import java.util.Locale;

/** Why a voicemail request failed, in as much detail as advice to the user needs. */
public enum VoicemailProblem {
    UNREACHABLE("The mailbox does not answer; check the network, or try again later."),
    UNTRUSTED("The mailbox's server did not prove who it is; ask the administrator before you go on."),
    REFUSED("The mailbox does not accept your credentials; log in again, or ask the administrator."),
    NO_SUCH_MESSAGE("The message is not there any more."),
    FULL("The mailbox is full; delete messages that you do not need."),
    UNSUPPORTED("This mailbox cannot do that."),
    PROTOCOL("The mailbox answered something that makes no sense; try again, or tell the administrator."),
    /**
     * Nobody is logged in, the phone system has no mailbox, or the policy switched voicemail off.
     */
    NOT_AVAILABLE("There is no mailbox to reach; log in, or call the voicemail."),
    /** No audio could be read from the message. */
    NO_SOUND("The message holds no sound that can be played; call the voicemail to hear it."),
    AMR("The message is recorded in AMR, which cannot be played here; ask the administrator for WAV, or call the"
            + " voicemail to hear it."),
    MP3("The message is recorded in MP3, which cannot be played here; ask the administrator for WAV, or call the"
            + " voicemail to hear it."),
    /** Another known format that cannot be decoded. */
    FORMAT("The message is recorded in a way that cannot be played here; call the voicemail to hear it."),
    TOO_LONG("The message is too long to be played to its end here; call the voicemail to hear all of it."),
    NO_SPEAKER("The loudspeaker cannot be used; choose another, or close other programs that use it.");

    private final String advice;

    VoicemailProblem(String advice) {
        this.advice = advice;
    }

    /** Returns a stable word for logs and statistics, such as {@code no-such-message}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what the user can do, in one sentence. */
    public String advice() {
        return advice;
    }
}
