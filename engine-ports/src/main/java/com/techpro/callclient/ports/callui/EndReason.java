// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

/** Why a call ended, in as much detail as a call screen needs. */
public enum EndReason {
    /** This user ended it. */
    LOCAL,
    /** The other side ended it. */
    REMOTE,
    /** It rang and was not answered. */
    UNANSWERED,
    /** Another phone of this user answered it. */
    ANSWERED_ELSEWHERE,
    /** This user or the other side declined it. */
    DECLINED,
    BUSY,
    FAILED
}
