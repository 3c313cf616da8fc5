// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallEvent;
import java.util.function.Consumer;

/** One call, as its transfers see it, and those of a call that it was made to consult. On the loop. */
interface TransferLeg {
    CallPhase phase();

    void feed(CallInput input);

    /** Whether somebody is to be connected with its far end: whose goodbye means then that it talks to that one. */
    void consulting(boolean now);

    /**
     * Calls whom the far end wants to be left for, with the same microphone and speaker.
     *
     * @param heard gets the events of that call
     */
    void follow(ReferredTo wanted, Consumer<CallEvent> heard);

    /** Whom it was left for is not there. */
    void resumeAfterTransfer();

    /** Packets of sound that have come so far. */
    long packetsHeard();
}
