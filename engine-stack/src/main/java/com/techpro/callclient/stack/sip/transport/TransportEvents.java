// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** The transport's reports to the layer above, always on the loop. */
public interface TransportEvents {
    /** What to do with a request outside dialogs for which there is no time. */
    enum Admission {
        /** Process it all the same. */
        SERVE(0),
        /** Send no answer. */
        IGNORE(0),
        /** The request that it cancels was refused, or never arrived. */
        NO_TRANSACTION(481),
        SERVICE_UNAVAILABLE(503);

        private final int status;

        Admission(int status) {
            this.status = status;
        }

        /** The status of the refusal; 0 for none. */
        int status() {
            return status;
        }
    }

    /** A request outside dialogs waited too long. If it is refused, it is not passed up. */
    default Admission overloaded(InitialRequest request, Flow flow) {
        return Admission.SERVICE_UNAVAILABLE;
    }

    /**
     * A well-formed message. The topmost Via of a request already has its source (RFC 3261 §18.2.1,
     * RFC 3581 §4).
     *
     * @param flow on which it arrived, and on which answers are sent
     */
    void received(SipMessage message, Flow flow);

    /**
     * An open flow closed, or a UDP destination was reported unreachable. Nothing can be sent on
     * this flow any more.
     *
     * @param why null if the peer ended it in order or {@link TransportLayer#close(Flow)} did
     */
    void flowClosed(Flow flow, @Nullable Failure why);

    /**
     * A message was not sent, because no datagram can hold it. The flow stays usable.
     *
     * @param message as it was given to {@link TransportLayer#send}
     */
    void tooLarge(SipMessage message, Flow flow);

    /**
     * An unparsable request was refused.
     *
     * @param sent whether the answer is sent, or withheld from a source that had many
     */
    default void malformed(SipResponse answer, boolean sent) {}

    /**
     * The peer sent a keep-alive (RFC 5626 §4.4.1).
     *
     * @return whether to answer it
     */
    default boolean ping(Flow flow) {
        return true;
    }

    /** The peer answered a keep-alive (RFC 5626 §4.4.1). */
    void pong(Flow flow);
}
