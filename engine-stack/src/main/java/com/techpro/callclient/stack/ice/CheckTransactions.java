// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.CandidatePair.State;
import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.Retransmission;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pending requests of an {@link IceAgent}: connectivity checks, which are retransmitted, and
 * consent checks, which are not. It has no clock.
 */
final class CheckTransactions {
    private static final int MAX_CHECKS = 256;

    private final IceRole role;
    private final Random random;
    private final ServerReflexiveQueries.Sender sender;
    private final Map<TransactionId, Check> checks = new LinkedHashMap<>();

    CheckTransactions(IceRole role, Random random, ServerReflexiveQueries.Sender sender) {
        this.role = role;
        this.random = random;
        this.sender = sender;
    }

    int size() {
        return checks.size();
    }

    boolean isFull() {
        return checks.size() >= MAX_CHECKS;
    }

    /** Checks a pair of the list (RFC 8445 §7.2.4). */
    void check(CheckList list, CandidatePair pair, Duration pacing, long now) {
        Check check = request(list, pair, role.isControlling() && pair.useCandidate);
        // §14.3.
        Duration rto = pacing.multipliedBy(list.pending());
        Retransmission sending = Retransmission.overUdp(
                rto.compareTo(Retransmission.DEFAULT_RTO) > 0 ? rto : Retransmission.DEFAULT_RTO);
        check.sending = sending;
        check.due = now + sending.pause().toNanos();
        pair.check = check;
        pair.state = State.IN_PROGRESS;
    }

    /** Sends a consent check (RFC 7675 §5.1). */
    void askForConsent(CheckList list, CandidatePair pair, long now) {
        Check check = request(list, pair, false);
        check.due = now + Consent.EXPIRY.toNanos();
    }

    private Check request(CheckList list, CandidatePair pair, boolean useCandidate) {
        IceCredentials remote = list.remote();
        IntegrityKey key = list.remoteKey();
        if (remote == null || key == null) {
            throw new IllegalStateException("checks begin with the other side's credentials");
        }
        TransactionId id = TransactionId.random(random);
        int preference = (int) (pair.local.priority() >> 8 & IceCandidate.MAX_PREFERENCE);
        byte[] packet = CheckMessages.request(
                id,
                remote.ufrag() + ":" + list.local.ufrag(),
                key,
                IceCandidate.priority(CandidateType.PEER_REFLEXIVE, preference, pair.component()),
                role.isControlling(),
                role.tieBreaker(),
                useCandidate);
        Check check = new Check(id, list, pair, packet, role.isControlling(), useCandidate);
        checks.put(id, check);
        send(check);
        return check;
    }

    private void send(Check check) {
        sender.send(check.pair.local.base(), check.pair.remote.address(), check.packet);
    }

    @Nullable
    Check find(TransactionId id) {
        return checks.get(id);
    }

    void remove(Check check) {
        checks.remove(check.id);
    }

    void removeIf(Predicate<Check> condition) {
        checks.values().removeIf(condition);
    }

    void clear() {
        checks.clear();
    }

    /** Retransmits what is due, and returns the checks without an answer. */
    List<Check> due(long now) {
        List<Check> unanswered = new ArrayList<>(0);
        for (Check check : List.copyOf(checks.values())) {
            if (check.due - now > 0) {
                continue;
            }
            Retransmission sending = check.sending;
            if (sending != null && sending.sendsAgain()) {
                Retransmission next = sending.next();
                check.sending = next;
                check.due = now + next.pause().toNanos();
                send(check);
            } else {
                checks.remove(check.id);
                unanswered.add(check);
            }
        }
        return unanswered;
    }

    /**
     * Returns the nanoseconds until {@link #due} has something to do; {@link Long#MAX_VALUE} if
     * nothing is pending.
     */
    long untilWake(long now) {
        long soonest = Long.MAX_VALUE;
        for (Check check : checks.values()) {
            soonest = Math.min(soonest, check.due - now);
        }
        return soonest;
    }
}
