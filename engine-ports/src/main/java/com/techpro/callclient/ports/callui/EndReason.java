// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

/** Why a call left the screen, as far as a screen needs to know. */
public enum EndReason {
    /** This user ended it. */
    LOCAL,
    /** The other side did. */
    REMOTE,
    /** It rang, and nobody took it. */
    UNANSWERED,
    /** Another phone of this user took it. */
    ANSWERED_ELSEWHERE,
    /** This user, or the other, does not want it. */
    DECLINED,
    BUSY,
    FAILED
}
