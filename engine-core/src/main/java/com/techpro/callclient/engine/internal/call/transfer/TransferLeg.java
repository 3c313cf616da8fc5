// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.transfer;

import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.party.ReferredTo;
import com.techpro.callclient.engine.internal.call.signalling.CallSignalling;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call as its transfers see it, including those of a call that consults it. On the loop. */
public interface TransferLeg {
    CallPhase phase();

    void feed(CallInput input);

    /** Returns null before the call is dialled. */
    @Nullable
    CallSignalling signalling();

    /**
     * Sets whether a transfer to this call's far end is in progress; a BYE from that far end then
     * means success.
     */
    default void consulting(boolean now) {
        CallSignalling own = signalling();
        if (own != null) {
            own.consulting(now);
        }
    }

    /**
     * Calls the transfer target, with the same microphone and speaker.
     *
     * @param heard receives the events of the new call
     */
    void follow(ReferredTo wanted, Consumer<CallEvent> heard);

    /** Resumes the call because the transfer target was not reached. */
    void resumeAfterTransfer();

    /** Returns how many audio packets have arrived so far. */
    long packetsHeard();
}
