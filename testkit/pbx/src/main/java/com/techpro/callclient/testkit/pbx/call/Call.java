// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import java.util.List;

/** Decides what happens to the legs of a call. On the signalling loop. */
public interface Call {
    /** What devices may ask for in their dialogs. */
    String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REGISTER, SUBSCRIBE, REFER";

    /** Whose legs do nothing. */
    Call NONE = new Call() {
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

    /** The legs that it has now, who calls first. */
    default List<Leg> legs() {
        return List.of();
    }

    /** A request came in one of its dialogs, in order; the call answers it. */
    void requested(Leg leg, ServerTransactionHandle transaction);

    /** A device took its INVITE back. */
    void cancelled(Leg leg);

    /** A device acknowledged the 2xx of its INVITE. */
    void acknowledged(Leg leg, SipRequest ack);

    /** A device never acknowledged, or its connection is gone. */
    void lost(Leg leg);

    /** Another call has taken a leg over: this one is over, without a word to that leg. The other one, if there is any, is left alone. */
    void release(Leg leg);

    /** Ends the call from the PBX's side. */
    void hangUp();

    /** Forgets the call without a word, as a crash would. */
    void drop();
}
