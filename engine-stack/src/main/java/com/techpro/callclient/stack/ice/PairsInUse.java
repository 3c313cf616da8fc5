// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The pair by which each component sends, with the other side's consent: the nominated pair or,
 * before there is one, the best valid pair (RFC 8445 §12.1). A pair stays in use through a restart
 * until the new generation has one (§9).
 */
final class PairsInUse {
    private final Random random;
    private final Map<Integer, Consent> nominated = new LinkedHashMap<>();
    private final Map<Integer, Consent> provisional = new LinkedHashMap<>();

    PairsInUse(Random random) {
        this.random = random;
    }

    List<Consent> all() {
        List<Consent> all = new ArrayList<>(nominated.values());
        all.addAll(provisional.values());
        return all;
    }

    List<Consent> from(InetSocketAddress base) {
        List<Consent> from = all();
        from.removeIf(consent -> !consent.pair.local.base().equals(base));
        return from;
    }

    void confirmed(CandidatePair pair, long now) {
        for (Consent consent : all()) {
            if (consent.pair.equals(pair)) {
                consent.confirmed(now);
            }
        }
    }

    /**
     * A pair became valid.
     *
     * @return whether its component uses it from now on
     */
    boolean valid(CheckList list, CandidatePair pair, boolean controlling, long now) {
        int component = pair.component();
        Consent best = provisional.get(component);
        boolean better =
                best == null || !best.list.equals(list) || pair.priority(controlling) > best.pair.priority(controlling);
        if (nominated.containsKey(component) || !better) {
            return false;
        }
        provisional.put(component, new Consent(list, pair, now, random));
        return true;
    }

    /**
     * A pair was nominated.
     *
     * @return whether its component uses it only from now on
     */
    boolean nominated(CheckList list, CandidatePair pair, long now) {
        Consent used = provisional.remove(pair.component());
        boolean known = used != null && used.pair.equals(pair);
        nominated.put(pair.component(), used != null && known ? used : new Consent(list, pair, now, random));
        return !known;
    }

    /**
     * Removes a pair without consent.
     *
     * @return whether it was a nominated one
     */
    boolean remove(Consent consent) {
        int component = consent.pair.component();
        return !provisional.remove(component, consent) && nominated.remove(component, consent);
    }

    void forget(int component) {
        nominated.remove(component);
        provisional.remove(component);
    }

    void clear() {
        nominated.clear();
        provisional.clear();
    }

    long untilWake(long now) {
        long soonest = Long.MAX_VALUE;
        for (Consent consent : all()) {
            soonest = Math.min(soonest, consent.untilWake(now));
        }
        return soonest;
    }
}
