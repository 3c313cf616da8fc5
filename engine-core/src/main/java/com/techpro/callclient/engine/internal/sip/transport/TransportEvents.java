// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.message.InitialRequest;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** What the transport reports to the layer above, always on the loop. */
public interface TransportEvents {
    /** What becomes of a request outside dialogs for which there is no time. */
    enum Admission {
        /** It is worth its time all the same. */
        SERVE(0),
        /** It gets no answer. */
        IGNORE(0),
        /** What it cancels was refused, or never came. */
        NO_TRANSACTION(481),
        SERVICE_UNAVAILABLE(503);

        private final int status;

        Admission(int status) {
            this.status = status;
        }

        /** Of the refusal; 0 for none. */
        int status() {
            return status;
        }
    }

    /** A request outside dialogs waited too long. What is refused is not handed up. */
    default Admission overloaded(InitialRequest request, Flow flow) {
        return Admission.SERVICE_UNAVAILABLE;
    }

    /**
     * A well-formed message. The topmost Via of a request already says where it came from (RFC 3261 §18.2.1, RFC 3581 §4).
     *
     * @param flow where it came in, and where answers go out
     */
    void received(SipMessage message, Flow flow);

    /**
     * An open flow is gone, or a UDP destination was reported unreachable. Nothing can be sent on this flow any more.
     *
     * @param why null if the peer ended it in order or {@link TransportLayer#close(Flow)} did
     */
    void flowClosed(Flow flow, @Nullable Failure why);

    /**
     * A message was not sent, because no datagram can hold it. The flow is as good as before.
     *
     * @param message as it was given to {@link TransportLayer#send}
     */
    void tooLarge(SipMessage message, Flow flow);

    /**
     * A request that cannot be read was refused.
     *
     * @param sent whether the answer is sent, or withheld from a source that had many
     */
    default void malformed(SipResponse answer, boolean sent) {}

    /**
     * The peer's keep-alive came (RFC 5626 §4.4.1).
     *
     * @return whether it is answered
     */
    default boolean ping(Flow flow) {
        return true;
    }

    /** The peer answered a keep-alive (RFC 5626 §4.4.1). */
    void pong(Flow flow);
}
