// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.push.PushSupport;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.ConnectionKey;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The flows over which one account is registered, in the order of their reg-ids. Each leads to a
 * server of its own (RFC 5626 §4.2). The first exists from the beginning; another is opened if the
 * phone system has a server for it. Belongs to the loop.
 */
final class AccountFlows {
    private final AccountIdentity identity;
    private final ConnectionKey key;
    private final Runnable contactChanged;
    private final List<RegistrationFlow> flows = new ArrayList<>(1);
    private final List<OutboundFlow> outbounds = new ArrayList<>(1);

    /**
     * @param contactChanged run when the phone system sees the account at an address other than its
     *     Contact
     */
    AccountFlows(AccountIdentity identity, Runnable contactChanged) {
        this.identity = identity;
        this.contactChanged = contactChanged;
        this.key = identity.context().newConnectionKey(identity.account());
        add(identity.contact());
    }

    private void add(EndpointContact contact) {
        OutboundFlow outbound = identity.context().newOutboundFlow(identity.account(), key, outbounds);
        outbounds.add(outbound);
        flows.add(new RegistrationFlow(identity, outbound, contact, contactChanged));
    }

    /**
     * Returns whether the account can be registered over another flow: the registrar keeps one
     * binding per flow, and there is another server.
     */
    boolean mayBeMore() {
        RegistrationFlow registered = flows.get(0);
        return registered.isOutbound() && registered.outbound().hasAnotherServer();
    }

    /** Returns the flow with this reg-id, which is at most the next one. */
    RegistrationFlow withRegId(int regId) {
        if (regId == flows.size() + 1) {
            add(identity.contact().onFlow(regId));
        }
        return flows.get(regId - 1);
    }

    /** Returns the flow for requests: of the registered flows, the one to the better server. */
    RegistrationFlow preferred() {
        RegistrationFlow best = flows.get(0);
        for (RegistrationFlow each : flows) {
            best = isBetter(each.outbound(), best.outbound()) ? each : best;
        }
        return best;
    }

    private static boolean isBetter(OutboundFlow one, OutboundFlow other) {
        return one.isRegistered() && (!other.isRegistered() || (one.isPreferred() && !other.isPreferred()));
    }

    /**
     * Returns the registration flow that uses this flow, or for which it was opened; otherwise the
     * first.
     */
    RegistrationFlow of(Flow used) {
        for (int i = flows.size() - 1; i >= 0; i--) {
            if (flows.get(i).outbound().current() == used) {
                return flows.get(i);
            }
        }
        for (RegistrationFlow each : flows) {
            if (each.outbound().uses(used)) {
                return each;
            }
        }
        return flows.get(0);
    }

    /**
     * Returns an open flow to a server other than these, or null. Also null if there is only one
     * flow, which knows other servers itself.
     */
    @Nullable
    Flow openFlowBut(List<Flow> failed) {
        if (flows.size() == 1) {
            return null;
        }
        for (RegistrationFlow each : flows) {
            Flow open = each.outbound().isRegistered() ? each.outbound().current() : null;
            if (open != null && failed.stream().noneMatch(flow -> flow.remote().equals(open.remote()))) {
                return open;
            }
        }
        return null;
    }

    /** Whether the phone system wakes the app, according to its last answer to a registration. */
    PushSupport pushSupport() {
        RegistrationFlow telling = flows.get(0);
        for (RegistrationFlow each : flows.subList(1, flows.size())) {
            // A call can arrive on any flow, so one flow that wakes the app is enough.
            boolean wakes = each.contact().push().support() == PushSupport.CONFIRMED;
            if (each.outbound().isRegistered() && (wakes || !telling.outbound().isRegistered())) {
                telling = each;
            }
        }
        return telling.contact().push().support();
    }

    /**
     * @return the account's flows that used the closed one, by reg-id
     */
    List<RegistrationFlow> closed(Flow gone) {
        List<RegistrationFlow> lost = new ArrayList<>(1);
        for (RegistrationFlow each : flows) {
            if (each.outbound().closed(gone)) {
                lost.add(each);
            }
        }
        return lost;
    }

    /** Returns whether the account itself is reached on this flow. */
    boolean isReachedOn(Flow flow) {
        return any(each -> each.outbound().current() == flow);
    }

    boolean isAddressedBy(SipUri uri) {
        return any(each -> each.contact().isOurs(uri));
    }

    boolean hasLeft(Flow gone) {
        return any(each -> each.outbound().hasLeft(gone));
    }

    boolean trusts(Flow flow) {
        return any(each -> each.outbound().trusts(flow));
    }

    boolean trustsWithin(Dialog dialog, Flow flow) {
        return any(each -> each.outbound().trustsWithin(dialog, flow));
    }

    boolean uses(Flow flow) {
        return any(each -> each.outbound().uses(flow));
    }

    private boolean any(Predicate<RegistrationFlow> holds) {
        for (RegistrationFlow each : flows) {
            if (holds.test(each)) {
                return true;
            }
        }
        return false;
    }

    /** @return the flows that were in use */
    List<Flow> close() {
        List<Flow> used = new ArrayList<>(2);
        flows.forEach(each -> used.addAll(each.outbound().close()));
        return used;
    }
}
