// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.sip.locate.Locator;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import java.util.List;

/** For what an {@link OutboundFlow} hands out a flow. */
sealed interface FlowNeed {
    /** Requests of the account: its own flow, which is opened if there is none. */
    FlowNeed OWN = new Own();

    /**
     * A REGISTER that may bring the account back to one of the best servers, which are located anew: the account's own flow if it leads there. The
     * account moves there when it has {@linkplain OutboundFlow#registered registered} over it.
     */
    FlowNeed PREFERRED = new Preferred();

    /** See {@link #OWN}. */
    record Own() implements FlowNeed {}

    /** See {@link #PREFERRED}. */
    record Preferred() implements FlowNeed {}

    /**
     * A request that servers did not answer on these flows (RFC 3263 §4.3): the next server. Its flow is not the account's before the account has
     * {@linkplain OutboundFlow#registered registered} over it.
     */
    record InsteadOf(List<Flow> failed) implements FlowNeed {}

    /** A request too large for UDP: a TCP flow to the same server (RFC 3261 §18.1.1), or the UDP flow itself where there is no TCP. */
    record Large(Flow udp) implements FlowNeed {}

    /** A dialog whose route leads elsewhere. The flow is the account's to end. */
    record Elsewhere(Locator.Location.Located found) implements FlowNeed {}
}
