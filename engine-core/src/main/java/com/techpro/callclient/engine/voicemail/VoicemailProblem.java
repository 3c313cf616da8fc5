// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import java.util.Locale;

/** Why a voicemail request failed, in as much detail as advice to the user needs. */
public enum VoicemailProblem {
    UNREACHABLE("The mailbox does not answer; check the network, or try again later."),
    UNTRUSTED("The mailbox server did not prove its identity; ask the administrator before you continue."),
    REFUSED("The mailbox does not accept your credentials; log in again, or ask the administrator."),
    NO_SUCH_MESSAGE("The message no longer exists."),
    FULL("The mailbox is full; delete messages that you do not need."),
    UNSUPPORTED("This mailbox cannot do that."),
    PROTOCOL("The mailbox sent an invalid response; try again, or tell the administrator."),
    /**
     * Nobody is logged in, the phone system has no mailbox, or the policy switched voicemail off.
     */
    NOT_AVAILABLE("No mailbox is available; log in, or call your voicemail."),
    /** No audio could be read from the message. */
    NO_SOUND("The message has no audio that can be played; call your voicemail to hear it."),
    AMR("The message is recorded in AMR, which cannot be played here; ask the administrator for WAV, or call your"
            + " voicemail to hear it."),
    MP3("The message is recorded in MP3, which cannot be played here; ask the administrator for WAV, or call your"
            + " voicemail to hear it."),
    /** Another known format that cannot be decoded. */
    FORMAT("The message is in a format that cannot be played here; call your voicemail to hear it."),
    TOO_LONG("The message is too long to be played in full here; call your voicemail to hear all of it."),
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
