// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.transport.Flow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open flows of one {@link OutboundFlow}, grouped by purpose. A flow stays here until it
 * closes. Belongs to the loop.
 */
final class OpenFlows {
    private final TrustedPeers trusted;
    /** The flow itself, the flow for large requests, and flows of earlier registrations. */
    private final List<Flow> own = new ArrayList<>(1);
    /** Opened for requests that the flow's server did not answer. */
    private final List<Flow> alternatives = new ArrayList<>(0);
    /** Opened for dialogs whose route leads elsewhere. */
    private final List<Flow> elsewhere = new ArrayList<>(0);
    /** Open when the device last left its network. They stay here after they close. */
    private List<Flow> left = List.of();

    OpenFlows(TrustedPeers trusted) {
        this.trusted = trusted;
    }

    /** Adds a flow of the account, whatever it was opened for; requests may arrive on it. */
    void addOwn(Flow opened) {
        alternatives.remove(opened);
        elsewhere.remove(opened);
        if (!own.contains(opened)) {
            own.add(opened);
            trusted.add(opened);
        }
    }

    /**
     * The account's flow was replaced or given up before the account registered over it; it becomes
     * an alternative.
     */
    void disown(Flow before) {
        removeOwn(before);
        addAlternative(before);
    }

    void addAlternative(Flow opened) {
        if (!own.contains(opened) && !alternatives.contains(opened)) {
            alternatives.add(opened);
        }
    }

    void addElsewhere(Flow opened) {
        if (!has(opened)) {
            elsewhere.add(opened);
        }
    }

    boolean isOwn(Flow open) {
        return own.contains(open);
    }

    boolean isAlternative(Flow open) {
        return alternatives.contains(open);
    }

    boolean has(Flow open) {
        return own.contains(open) || alternatives.contains(open) || elsewhere.contains(open);
    }

    void remove(Flow gone) {
        removeOwn(gone);
        alternatives.remove(gone);
        elsewhere.remove(gone);
    }

    private void removeOwn(Flow gone) {
        if (own.remove(gone)) {
            trusted.remove(gone);
        }
    }

    /** The device leaves the network of these flows; those that are null or closed are skipped. */
    void leave(@Nullable Flow... used) {
        List<Flow> open = new ArrayList<>(used.length);
        for (Flow each : used) {
            if (each != null && each.isOpen()) {
                open.add(each);
            }
        }
        left = open;
    }

    List<Flow> left() {
        return left;
    }

    List<Flow> all() {
        List<Flow> all = new ArrayList<>(own);
        all.addAll(alternatives);
        all.addAll(elsewhere);
        return all;
    }
}
