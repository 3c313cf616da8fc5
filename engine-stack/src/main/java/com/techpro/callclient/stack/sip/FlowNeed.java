// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.locate.Locator;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.util.List;

/** The purpose for which an {@link OutboundFlow} provides a flow. */
sealed interface FlowNeed {
    /** The account's own flow, for its requests. It is opened if there is none. */
    FlowNeed OWN = new Own();

    /**
     * A flow for a REGISTER that may bring the account back to one of the best servers, which are
     * located again. It is the account's own flow if that leads to a best server. The account moves
     * to it when it has {@linkplain OutboundFlow#registered registered} over it.
     */
    FlowNeed PREFERRED = new Preferred();

    /** See {@link #OWN}. */
    record Own() implements FlowNeed {}

    /** See {@link #PREFERRED}. */
    record Preferred() implements FlowNeed {}

    /**
     * The next server, for a request that servers did not answer on these flows (RFC 3263 §4.3).
     * The flow becomes the account's only when the account has
     * {@linkplain OutboundFlow#registered registered} over it.
     */
    record InsteadOf(List<Flow> failed) implements FlowNeed {}

    /**
     * A flow for a request too large for UDP: TCP to the same server (RFC 3261 §18.1.1), or the UDP
     * flow itself if the server has no TCP.
     */
    record Large(Flow udp) implements FlowNeed {}

    /** A flow for a dialog whose route leads elsewhere. The account closes it. */
    record Elsewhere(Locator.Location.Located found) implements FlowNeed {}
}
