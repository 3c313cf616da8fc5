// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.CandidatePair.State;
import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one generation (the time between two restarts) and their pairs (RFC 8445
 * §6.1.2). One stream has one list. Its size is limited.
 */
final class CheckList {
    static final int MAX_LOCAL = 16;
    static final int MAX_REMOTE = 32;
    static final int MAX_PAIRS = 100;
    private static final int MAX_EARLY = 16;

    final IceCredentials local;
    final IntegrityKey localKey;
    final List<IceCandidate> locals = new ArrayList<>();
    final List<IceCandidate> remotes = new ArrayList<>();
    final Map<Integer, CandidatePair> selected = new LinkedHashMap<>();
    private final List<CandidatePair> pairs = new ArrayList<>();
    private final Deque<CandidatePair> triggered = new ArrayDeque<>();
    private final List<EarlyCheck> early = new ArrayList<>();
    private @Nullable IceCredentials remote;
    private @Nullable IntegrityKey remoteKey;
    boolean localsComplete;
    boolean remotesComplete;

    CheckList(IceCredentials local) {
        this.local = local;
        this.localKey = IntegrityKey.shortTerm(local.password());
    }

    /** A request that arrived before the other side's description. */
    record EarlyCheck(IceCandidate local, InetSocketAddress from, long priority, boolean useCandidate) {}

    /** Returns whether there is room. */
    boolean addEarly(EarlyCheck check) {
        return early.size() < MAX_EARLY && early.add(check);
    }

    List<EarlyCheck> takeEarly() {
        List<EarlyCheck> taken = List.copyOf(early);
        early.clear();
        return taken;
    }

    /** Removes everything of a component. */
    void forget(int component) {
        locals.removeIf(candidate -> candidate.component() == component);
        remotes.removeIf(candidate -> candidate.component() == component);
        pairs.removeIf(pair -> pair.component() == component);
        triggered.removeIf(pair -> pair.component() == component);
        selected.remove(component);
    }

    /** Removes the candidates and pairs of this base. */
    void removeLocal(InetSocketAddress base) {
        locals.removeIf(candidate -> candidate.base().equals(base));
        pairs.removeIf(pair -> pair.local.base().equals(base));
        triggered.removeIf(pair -> pair.local.base().equals(base));
    }

    @Nullable
    IceCredentials remote() {
        return remote;
    }

    @Nullable
    IntegrityKey remoteKey() {
        return remoteKey;
    }

    void remote(IceCredentials credentials) {
        remote = credentials;
        remoteKey = IntegrityKey.shortTerm(credentials.password());
    }

    /** Returns whether there is room; a known candidate takes none. */
    boolean addLocal(IceCandidate candidate) {
        boolean known = locals.stream()
                .anyMatch(local -> local.address().equals(candidate.address())
                        && local.base().equals(candidate.base()));
        return known || (locals.size() < MAX_LOCAL && locals.add(candidate));
    }

    boolean addRemote(IceCandidate candidate) {
        return findRemote(candidate.component(), candidate.address()) != null
                || (remotes.size() < MAX_REMOTE && remotes.add(candidate));
    }

    /** Returns null if there is no room. */
    @Nullable
    IceCandidate addPeerReflexive(int component, InetSocketAddress from, long priority) {
        IceCandidate reflexive =
                new IceCandidate("p" + remotes.size(), component, CandidateType.PEER_REFLEXIVE, from, from, priority);
        return addRemote(reflexive) ? reflexive : null;
    }

    @Nullable
    IceCandidate findRemote(int component, InetSocketAddress address) {
        for (IceCandidate known : remotes) {
            if (known.component() == component && known.address().equals(address)) {
                return known;
            }
        }
        return null;
    }

    /** Returns the host or relayed candidate with this base. */
    @Nullable
    IceCandidate findBase(InetSocketAddress base) {
        for (IceCandidate known : locals) {
            if (known.base().equals(base) && isBase(known)) {
                return known;
            }
        }
        return null;
    }

    private static boolean isBase(IceCandidate local) {
        return local.type() == CandidateType.HOST || local.type() == CandidateType.RELAYED;
    }

    /**
     * Returns whether the two can form a pair (§6.1.2.2). Only bases form pairs: candidates with
     * the same base would give the same pair.
     */
    static boolean match(IceCandidate local, IceCandidate remote) {
        return isBase(local)
                && local.component() == remote.component()
                && local.address().getAddress().getClass()
                        == remote.address().getAddress().getClass()
                && local.address().getAddress().isLinkLocalAddress()
                        == remote.address().getAddress().isLinkLocalAddress();
    }

    @Nullable
    CandidatePair find(InetSocketAddress base, InetSocketAddress to) {
        for (CandidatePair pair : pairs) {
            if (pair.local.base().equals(base) && pair.remote.address().equals(to)) {
                return pair;
            }
        }
        return null;
    }

    /** Returns a new pair; null if there is no room for it. */
    @Nullable
    CandidatePair pair(IceCandidate local, IceCandidate remote, boolean controlling) {
        CandidatePair pair = new CandidatePair(local, remote);
        if (pairs.size() >= MAX_PAIRS && !dropWorse(pair.priority(controlling), controlling)) {
            return null;
        }
        // §6.1.2.6: one pair of each foundation waits; the others are frozen until it has succeeded
        // or failed.
        boolean first = pairs.stream()
                .noneMatch(other -> other.foundation().equals(pair.foundation())
                        && (other.state == State.WAITING || other.state == State.IN_PROGRESS));
        pair.state = first ? State.WAITING : State.FROZEN;
        pairs.add(pair);
        sort(controlling);
        return pair;
    }

    private boolean dropWorse(long than, boolean controlling) {
        for (int i = pairs.size() - 1; i >= 0; i--) {
            CandidatePair worst = pairs.get(i);
            if ((worst.state == State.FROZEN || worst.state == State.WAITING || worst.state == State.FAILED)
                    && !worst.useCandidate
                    && worst.priority(controlling) < than) {
                pairs.remove(i);
                triggered.remove(worst);
                return true;
            }
        }
        return false;
    }

    /** Sorts best first; repeated after a change of roles. */
    void sort(boolean controlling) {
        pairs.sort(Comparator.comparingLong((CandidatePair pair) -> pair.priority(controlling))
                .reversed());
    }

    List<CandidatePair> pairs() {
        return pairs;
    }

    /** Returns whether a pair to this address is valid (§7.2.5.3.2). */
    boolean isValid(int component, InetSocketAddress remote) {
        return pairs.stream()
                .anyMatch(pair -> pair.valid
                        && pair.component() == component
                        && pair.remote.address().equals(remote));
    }

    /** Checks this pair before any other (§7.3.1.4). */
    void trigger(CandidatePair pair) {
        pair.state = State.WAITING;
        if (!triggered.contains(pair)) {
            triggered.add(pair);
        }
    }

    /** Returns the pair to check now (§6.1.4.2), or null. */
    @Nullable
    CandidatePair next() {
        CandidatePair next = upcoming();
        if (next != null) {
            triggered.remove(next);
        }
        return next;
    }

    boolean hasNext() {
        return upcoming() != null;
    }

    private @Nullable CandidatePair upcoming() {
        CandidatePair first = triggered.peek();
        if (first != null) {
            return first;
        }
        Set<String> busy = new HashSet<>();
        for (CandidatePair pair : pairs) {
            if (pair.state == State.WAITING) {
                return pair;
            }
            if (pair.state == State.IN_PROGRESS) {
                busy.add(pair.foundation());
            }
        }
        for (CandidatePair pair : pairs) {
            if (pair.state == State.FROZEN && !busy.contains(pair.foundation())) {
                return pair;
            }
        }
        return null;
    }

    /** Unfreezes pairs of the same foundation (§7.2.5.3.3). */
    void succeeded(CandidatePair pair) {
        pair.state = State.SUCCEEDED;
        pair.valid = true;
        triggered.remove(pair);
        for (CandidatePair other : pairs) {
            if (other.state == State.FROZEN && other.foundation().equals(pair.foundation())) {
                other.state = State.WAITING;
            }
        }
    }

    /**
     * §8.1.1: stops checking the component's other pairs, except those that the other side has
     * nominated.
     */
    void settled(CandidatePair chosen) {
        pairs.removeIf(pair -> pair.component() == chosen.component()
                && !pair.equals(chosen)
                && !pair.useCandidate
                && (pair.state == State.FROZEN || pair.state == State.WAITING));
        triggered.removeIf(pair -> !pairs.contains(pair));
    }

    /** The number of pairs that are being checked or wait for it. */
    int pending() {
        return (int) pairs.stream()
                .filter(pair -> pair.state == State.WAITING || pair.state == State.IN_PROGRESS)
                .count();
    }
}
