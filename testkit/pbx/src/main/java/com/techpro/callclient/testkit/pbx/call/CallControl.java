// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.List;

/** Decides what happens to the legs of a call. On the signalling loop. */
public interface CallControl {
    /** The methods that devices may send in their dialogs. */
    String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REGISTER, SUBSCRIBE, REFER";

    /** A call whose legs do nothing. */
    CallControl NONE = new CallControl() {
        @Override
        public void requested(Leg leg, ServerTransactionHandle transaction) {
            transaction.respond(481);
        }

        @Override
        public void cancelled(Leg leg) {}

        @Override
        public void acknowledged(Leg leg, SipRequest ack) {}

        @Override
        public void lost(Leg leg) {}

        @Override
        public void release(Leg leg) {}

        @Override
        public void hangUp() {}

        @Override
        public void drop() {}
    };

    /** Returns the current legs, the caller first. */
    default List<Leg> legs() {
        return List.of();
    }

    /** Answers an in-order request in one of its dialogs. */
    void requested(Leg leg, ServerTransactionHandle transaction);

    /** A device cancelled its INVITE. */
    void cancelled(Leg leg);

    /** A device sent the ACK for the 2xx of its INVITE. */
    void acknowledged(Leg leg, SipRequest ack);

    /** A device never sent its ACK, or its connection is gone. */
    void lost(Leg leg);

    /**
     * Another call has taken a leg over. This call ends without a message to that leg, and leaves
     * its other leg, if any, alone.
     */
    void release(Leg leg);

    /** Ends the call from the PBX's side. */
    void hangUp();

    /** Drops the call without a message, as a crash does. */
    void drop();
}
