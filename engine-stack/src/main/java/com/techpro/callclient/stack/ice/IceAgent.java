// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.CandidatePair.State;
import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunError;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A full ICE agent for one stream (RFC 8445). It has neither sockets nor a clock: each input comes
 * with its time in nanoseconds, and the result is a list of effects to perform. Not thread-safe.
 *
 * <pre>
 *   NEW ── name and password of the other side ──► CHECKING ── each component has its pair ──► CONNECTED
 *                                                     │                                          │
 *         nothing left to try, 39.5 s after the start;│       30 s without consent               │
 *         or no valid pair 79 s after it              │                                          │
 *                                                     ▼                                          ▼
 *                                                   FAILED                                 CONSENT_LOST
 *   restart, from anywhere ──► NEW; the pairs in use stay in use until each component has a new one
 *   close, from anywhere ──► CLOSED
 *
 *   every Ta:          one check: a triggered one, else the best that waits, else one whose like is not being tried (§6.1.4.2)
 *   request:           answered; its pair is checked next; from an unknown address: a peer-reflexive candidate (§7.3)
 *   request, of our role:   the greater tie-breaker controls: 487 or a change of role (§7.3.1.1)
 *   487 to our check:  change of role, another tie-breaker, the same check again (§7.2.5.1)
 *   controlling:       the best valid pair is chosen once nothing better can come, or 200 ms after the first became valid, 700 ms
 *                      where all are relayed (§8.1.1); media need not wait, and uses the best valid pair until then (§12.1)
 *   controlled:        what the other side chooses; of several (aggressive nomination, RFC 5245) the best
 *   a pair in use:     asked for consent every 4 to 6 s, chosen or not; 30 s without it end CHECKING as well
 * </pre>
 *
 * Packets go only to addresses that the other side signalled, and to the sources of its
 * authenticated requests.
 */
public final class IceAgent {
    /**
     * The Ta that we wish for. A shorter one than the default needs the other side's consent
     * (§14.2): else the pair found first is chosen only 50 ms after its check, and until then a
     * lite peer may send nothing (§12.1.2). It is twice the least, so that two calls at once keep
     * to that too.
     */
    public static final Duration PACING = Duration.ofMillis(10);

    /** RFC 8863: a peer may still reach us after all our own checks have failed. */
    static final Duration PATIENCE_FOR_PEER = Duration.ofMillis(39_500);

    /** Pairs of one foundation are checked one after the other, which could take very long. */
    private static final Duration LONGEST = PATIENCE_FOR_PEER.multipliedBy(2);

    private static final int RTCP = 2;

    private int components;
    private final Random random;
    private final IceRequests requests = new IceRequests();
    private final IceRole role;
    private final CheckTransactions checks;
    private final PairsInUse inUse;
    private final Nomination nomination = new Nomination();
    private final Map<IceCounter, Integer> counters = new EnumMap<>(IceCounter.class);
    private IceState state = IceState.NEW;
    private CheckList current;
    private @Nullable CheckList previous;
    private long startedAt;
    private long nextCheckAt;
    /** Ta. */
    private Duration pacing = IceAttributes.DEFAULT_PACING;

    private List<IceEffect> effects = new ArrayList<>();

    /**
     * @param controlling whether this side made the offer (§6.1.1)
     * @param components 1, or 2 if RTCP has a port of its own
     */
    public IceAgent(boolean controlling, int components, Random random) {
        this.components = components;
        this.random = random;
        this.role = new IceRole(controlling, random);
        this.inUse = new PairsInUse(random);
        this.checks = new CheckTransactions(role, random, this::send);
        this.current = new CheckList(IceCredentials.random(random));
    }

    public IceState state() {
        return state;
    }

    public boolean isControlling() {
        return role.isControlling();
    }

    public IceCredentials credentials() {
        return current.local;
    }

    /** Returns the other side's credentials, or null. */
    public @Nullable IceCredentials remoteCredentials() {
        return current.remote();
    }

    /**
     * Returns whether a check to this address was answered. The previous generation counts while it
     * is in use, until this one has its pairs (§9).
     */
    public boolean isValid(int component, InetSocketAddress remote) {
        CheckList before = previous;
        return current.isValid(component, remote) || (before != null && before.isValid(component, remote));
    }

    public int count(IceCounter counter) {
        return counters.getOrDefault(counter, 0);
    }

    /** The number of pending checks. */
    public int pendingChecks() {
        return checks.size();
    }

    public int pairs() {
        return current.pairs().size();
    }

    /** Adds a local candidate to the current generation. */
    public List<IceEffect> addLocal(IceCandidate candidate, long now) {
        if (candidate.component() > components) {
            return take(now);
        }
        if (!current.addLocal(candidate)) {
            count(IceCounter.TOO_MANY_CANDIDATES, 1);
        } else {
            current.remotes.forEach(remote -> pair(candidate, remote));
        }
        return take(now);
    }

    /** Whether each component has a local candidate. */
    boolean hasLocals() {
        return current.locals.stream().map(IceCandidate::component).distinct().count() == components;
    }

    public List<IceEffect> localsComplete(long now) {
        current.localsComplete = true;
        return take(now);
    }

    /**
     * Sets the other side's credentials, which starts the checks.
     *
     * @param lite whether it makes no checks of its own, and never controls (§6.1.1)
     * @param wished the pacing that it wishes for
     */
    public List<IceEffect> remote(IceCredentials credentials, boolean lite, Duration wished, long now) {
        if (state != IceState.NEW) {
            return List.of();
        }
        pacing = wished.compareTo(PACING) > 0 ? wished : PACING;
        current.remote(credentials);
        if (lite && !role.isControlling()) {
            switchRole();
        }
        startedAt = now;
        nextCheckAt = now;
        become(IceState.CHECKING);
        for (CheckList.EarlyCheck check : current.takeEarly()) {
            triggered(check.local(), check.from(), check.priority(), check.useCandidate(), now);
        }
        return take(now);
    }

    public List<IceEffect> addRemote(IceCandidate candidate, long now) {
        if (candidate.component() > components) {
            return take(now);
        }
        if (!current.addRemote(candidate)) {
            count(IceCounter.TOO_MANY_CANDIDATES, 1);
        } else {
            List.copyOf(current.locals).forEach(local -> pair(local, candidate));
        }
        return take(now);
    }

    /**
     * The other side has no more candidates: end-of-candidates (RFC 8838 §13), or a description
     * without trickle.
     */
    public List<IceEffect> remotesComplete(long now) {
        current.remotesComplete = true;
        return take(now);
    }

    /** Begins another generation (§9) with new credentials; its candidates are yet to be added. */
    public List<IceEffect> restart() {
        if (state == IceState.CLOSED) {
            return List.of();
        }
        if (!current.selected.isEmpty() || previous == null) {
            previous = current;
        }
        CheckList kept = previous;
        checks.removeIf(check -> !check.list.equals(kept) || check.sending != null);
        current = new CheckList(IceCredentials.random(random));
        nomination.restart();
        become(IceState.NEW);
        return takeAll();
    }

    /**
     * Drops the RTCP component: both sides have agreed that RTCP shares the RTP port (RFC 8445
     * §6.1.2.1).
     */
    public List<IceEffect> oneComponent(long now) {
        if (components > 1) {
            components = 1;
            current.forget(RTCP);
            inUse.forget(RTCP);
            checks.removeIf(check -> check.pair.component() == RTCP);
            if (current.selected.size() == components && state == IceState.CHECKING) {
                previous = null;
                become(IceState.CONNECTED);
            }
        }
        return take(now);
    }

    public List<IceEffect> close() {
        checks.clear();
        inUse.clear();
        current.takeEarly();
        current.selected.clear();
        previous = null;
        become(IceState.CLOSED);
        return takeAll();
    }

    /**
     * Removes a base whose packets go nowhere any more, such as a lost relay. Its pairs fail and
     * lose consent.
     */
    public List<IceEffect> removeLocal(InetSocketAddress base, long now) {
        checks.removeIf(check -> check.pair.local.base().equals(base));
        current.removeLocal(base);
        inUse.from(base).forEach(this::drop);
        return take(now);
    }

    /**
     * Processes a STUN message that arrived at a local candidate's base, unless a STUN or TURN
     * server sent it as an answer.
     */
    public List<IceEffect> received(InetSocketAddress base, InetSocketAddress from, StunMessage message, long now) {
        if (message.method() == StunMethod.BINDING && state != IceState.CLOSED) {
            if (message.kind() == StunClass.REQUEST) {
                request(base, from, message, now);
            } else if (message.kind().isResponse()) {
                response(base, from, message, now);
            }
        }
        return take(now);
    }

    private void request(InetSocketAddress base, InetSocketAddress from, StunMessage message, long now) {
        CheckList list = requests.addressed(message, current, previous);
        IceCandidate local = list == null ? null : list.findBase(base);
        if (list == null || local == null) {
            refuse(IceCounter.WRONG_USERNAME, base, from, message, now);
        } else if (!message.isAuthentic(list.localKey)) {
            refuse(IceCounter.WRONG_INTEGRITY, base, from, message, now);
        } else if (!message.unknownRequired().isEmpty()) {
            count(IceCounter.UNKNOWN_ATTRIBUTE, 1);
            send(base, from, CheckMessages.unknownAttributes(message, list.localKey));
        } else if (isRoleConflict(message)) {
            send(base, from, CheckMessages.roleConflict(message, list.localKey));
        } else {
            if (list.findRemote(local.component(), from) == null) {
                effects.add(new IceEffect.PeerReflexive(from));
            }
            send(base, from, CheckMessages.success(message, from, list.localKey));
            Long priority = message.uint32(StunAttribute.PRIORITY);
            boolean useCandidate = message.has(StunAttribute.USE_CANDIDATE) && !role.isControlling();
            if (!list.equals(current) || priority == null) {
                return;
            }
            if (list.remote() != null) {
                triggered(local, from, priority, useCandidate, now);
            } else if (!current.addEarly(new CheckList.EarlyCheck(local, from, priority, useCandidate))) {
                count(IceCounter.TOO_MANY_EARLY_CHECKS, 1);
            }
        }
    }

    /** RFC 8489 §9.1.3 requires an answer; a flood of requests gets none. */
    private void refuse(
            IceCounter reason, InetSocketAddress base, InetSocketAddress from, StunMessage message, long now) {
        count(reason, 1);
        if (requests.mayRefuse(now)) {
            send(base, from, CheckMessages.refusal(message, StunError.UNAUTHENTICATED));
        }
    }

    /** §7.3.1.1. Changes our role if ours is the wrong one. */
    private boolean isRoleConflict(StunMessage message) {
        IceRole.Claim claim = role.claim(message);
        if (claim == IceRole.Claim.NONE) {
            return false;
        }
        count(IceCounter.ROLE_CONFLICT, 1);
        if (claim == IceRole.Claim.GRANTED) {
            switchRole();
        }
        return claim == IceRole.Claim.REFUSED;
    }

    private void switchRole() {
        role.change();
        current.pairs().forEach(pair -> pair.useCandidate = false);
        current.sort(role.isControlling());
    }

    /** §7.3.1.3 to §7.3.1.5. */
    private void triggered(IceCandidate local, InetSocketAddress from, long priority, boolean useCandidate, long now) {
        if (!mayCheck()) {
            return;
        }
        IceCandidate remote = current.findRemote(local.component(), from);
        if (remote == null) {
            remote = current.addPeerReflexive(local.component(), from, priority);
            if (remote == null) {
                count(IceCounter.TOO_MANY_CANDIDATES, 1);
                return;
            }
        }
        CandidatePair pair = pair(local, remote);
        if (pair == null) {
            return;
        }
        pair.useCandidate |= useCandidate;
        if (pair.state == State.SUCCEEDED) {
            if (useCandidate) {
                nominated(pair, now);
            }
        } else if (useCandidate || !current.selected.containsKey(local.component())) {
            if (pair.check != null) {
                pair.check.sending = null;
                pair.check.due = now + PATIENCE_FOR_PEER.toNanos();
                pair.check = null;
            }
            current.trigger(pair);
        }
    }

    private @Nullable CandidatePair pair(IceCandidate local, IceCandidate remote) {
        if (!CheckList.match(local, remote)) {
            return null;
        }
        CandidatePair known = current.find(local.base(), remote.address());
        if (known != null) {
            return known;
        }
        CandidatePair pair = current.pair(local, remote, role.isControlling());
        if (pair == null) {
            count(IceCounter.TOO_MANY_PAIRS, 1);
        } else if (local.type() == CandidateType.RELAYED) {
            effects.add(new IceEffect.Prepare(local.base(), remote.address()));
        }
        return pair;
    }

    private void response(InetSocketAddress base, InetSocketAddress from, StunMessage message, long now) {
        Check check = checks.find(message.id());
        IntegrityKey key = check == null ? null : check.list.remoteKey();
        if (check == null || key == null) {
            count(IceCounter.UNKNOWN_TRANSACTION, 1);
            return;
        }
        if (!message.isAuthentic(key)) {
            // This may also be an error response of a peer that does not know our username yet; a
            // retransmission will succeed.
            count(IceCounter.WRONG_INTEGRITY, 1);
            return;
        }
        checks.remove(check);
        CandidatePair pair = check.pair;
        if (!from.equals(pair.remote.address()) || !base.equals(pair.local.base())) {
            count(IceCounter.WRONG_SOURCE, 1);
            check.failed();
            return;
        }
        StunError error = message.error();
        if (error != null && error.code() == StunError.ROLE_CONFLICT) {
            if (check.controlling == role.isControlling()) {
                role.renewTieBreaker();
                switchRole();
            }
            if (check.list.equals(current) && pair.state != State.SUCCEEDED) {
                current.trigger(pair);
            }
        } else if (message.kind() == StunClass.ERROR || !message.has(StunAttribute.XOR_MAPPED_ADDRESS)) {
            check.failed();
        } else {
            succeeded(check, now);
        }
    }

    private void succeeded(Check check, long now) {
        CandidatePair pair = check.pair;
        inUse.confirmed(pair, now);
        if (!check.list.equals(current) || !mayCheck()) {
            return;
        }
        current.succeeded(pair);
        pair.check = null;
        nomination.valid(pair.component(), now);
        if (inUse.valid(current, pair, role.isControlling(), now)) {
            effects.add(new IceEffect.Selected(pair.component(), pair.local, pair.remote));
        }
        if (pair.useCandidate && (!role.isControlling() || check.useCandidate)) {
            nominated(pair, now);
        }
    }

    private long priority(CandidatePair pair) {
        return pair.priority(role.isControlling());
    }

    /** §8.1: nominates the pair for its component, unless a better one already is. */
    private void nominated(CandidatePair pair, long now) {
        int component = pair.component();
        CandidatePair before = current.selected.get(component);
        boolean better = before == null || priority(pair) > priority(before);
        if (!better) {
            return;
        }
        current.selected.put(component, pair);
        boolean changes = inUse.nominated(current, pair, now);
        current.settled(pair);
        checks.removeIf(
                check -> check.list.equals(current) && check.pair.component() == component && !check.pair.useCandidate);
        if (changes) {
            effects.add(new IceEffect.Selected(component, pair.local, pair.remote));
        }
        if (current.selected.size() == components) {
            previous = null;
            become(IceState.CONNECTED);
        }
    }

    /** Performs what is due. */
    public List<IceEffect> wake(long now) {
        return take(now);
    }

    private void due(long now) {
        checks.due(now).forEach(Check::failed);
        inUse.all().forEach(consent -> due(consent, now));
        if (current.remote() == null || !mayCheck()) {
            return;
        }
        if (role.isControlling() && state == IceState.CHECKING) {
            choose(now);
        }
        if (nextCheckAt - now <= 0) {
            CandidatePair pair = current.next();
            if (pair != null && !checks.isFull()) {
                checks.check(current, pair, pacing, now);
                nextCheckAt = now + pacing.toNanos();
            }
        }
        if (state == IceState.CHECKING && isHopeless(now)) {
            checks.removeIf(check -> check.list.equals(current));
            become(IceState.FAILED);
        }
    }

    private boolean mayCheck() {
        return state == IceState.CHECKING || state == IceState.CONNECTED;
    }

    private boolean isHopeless(long now) {
        boolean late = now - startedAt >= PATIENCE_FOR_PEER.toNanos();
        boolean over = now - startedAt >= LONGEST.toNanos();
        return late
                && current.pairs().stream().noneMatch(pair -> pair.state == State.SUCCEEDED)
                && (over || current.pairs().stream().noneMatch(CandidatePair::isPending));
    }

    private void due(Consent consent, long now) {
        if (consent.isLost(now)) {
            lost(consent);
        } else if (consent.isDue(now)) {
            consent.asked(now, random);
            checks.askForConsent(consent.list, consent.pair, now);
        }
    }

    private void lost(Consent consent) {
        if (!drop(consent)) {
            consent.pair.valid = false;
            // RFC 7675 §5.1: these credentials may not be used there again.
            if (mayCheck() && consent.list.equals(current)) {
                checks.removeIf(check -> check.list.equals(current) && check.sending != null);
                become(IceState.CONSENT_LOST);
            }
        }
    }

    /** @return whether the pair was a nominated one */
    private boolean drop(Consent consent) {
        int component = consent.pair.component();
        boolean nominated = inUse.remove(consent);
        effects.add(new IceEffect.ConsentLost(component));
        if (nominated) {
            consent.list.selected.remove(component);
            if (state == IceState.CONNECTED) {
                become(IceState.CONSENT_LOST);
            }
        }
        return nominated;
    }

    private void choose(long now) {
        for (int component = 1; component <= components; component++) {
            CandidatePair best = nomination.choice(current, component, now);
            if (best != null) {
                best.useCandidate = true;
                current.trigger(best);
            }
        }
    }

    /** Returns the time until {@link #wake} has something to do; null if nothing is pending. */
    public @Nullable Duration untilWake(long now) {
        long soonest = Math.min(checks.untilWake(now), inUse.untilWake(now));
        boolean checking = state == IceState.CHECKING;
        if ((checking || state == IceState.CONNECTED) && current.hasNext() && !checks.isFull()) {
            soonest = Math.min(soonest, nextCheckAt - now);
        }
        if (checking) {
            for (Duration each : List.of(PATIENCE_FOR_PEER, LONGEST)) {
                long patience = startedAt + each.toNanos() - now;
                soonest = patience > 0 ? Math.min(soonest, patience) : soonest;
            }
            soonest = Math.min(soonest, nomination.untilWake(now));
        }
        return soonest == Long.MAX_VALUE ? null : Duration.ofNanos(Math.max(0, soonest));
    }

    void count(IceCounter counter, int by) {
        counters.merge(counter, by, Integer::sum);
    }

    private void send(InetSocketAddress base, InetSocketAddress to, byte[] packet) {
        effects.add(new IceEffect.Send(base, to, packet));
    }

    private void become(IceState next) {
        if (state != next) {
            state = next;
            effects.add(new IceEffect.StateChanged(next));
        }
    }

    private List<IceEffect> take(long now) {
        due(now);
        return takeAll();
    }

    private List<IceEffect> takeAll() {
        List<IceEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
