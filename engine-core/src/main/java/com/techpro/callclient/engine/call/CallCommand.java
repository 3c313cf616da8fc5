// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** The commands that a host may give a call. {@link Call#hangUp} is not among them: it is never refused. */
public enum CallCommand {
    ANSWER,
    SILENCE,
    REJECT,
    FORWARD,
    HOLD,
    RESUME,
    SEND_DTMF,
    MERGE,
    TRANSFER,
    ACCEPT_TRANSFER,
    REFUSE_TRANSFER,
    SET_MUTED,
    USE_DEVICES
}
