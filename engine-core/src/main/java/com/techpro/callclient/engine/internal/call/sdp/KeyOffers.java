// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What keys first offers have: what the account's policy says, or, where that was refused, what it allows instead. Pure. */
public final class KeyOffers {
    private KeyOffers() {}

    /** What the policy offers of itself. */
    public static Set<KeyExchange> of(KeyingPolicy policy) {
        Set<KeyExchange> offered = EnumSet.noneOf(KeyExchange.class);
        for (KeyExchange exchange : KeyExchange.values()) {
            if (policy.offers(exchange)) {
                offered.add(exchange);
            }
        }
        return offered;
    }

    /**
     * What to offer after a refusal. Endpoints that are set to DTLS refuse an offer of both as well, as its profile is that of SDES (RFC 5763 §6.10 has no way to offer both).
     *
     * @param offered what was refused
     * @param wanted what the refusal asks for, or null if it does not say
     * @return null if the policy allows nothing else, or the refusal asks for what was offered
     */
    public static @Nullable Set<KeyExchange> instead(
            KeyingPolicy policy, Set<KeyExchange> offered, @Nullable Set<KeyExchange> wanted) {
        Set<KeyExchange> own = of(policy);
        Set<KeyExchange> other = EnumSet.noneOf(KeyExchange.class);
        for (KeyExchange exchange : KeyExchange.values()) {
            boolean due = wanted != null
                    ? wanted.contains(exchange)
                    : own.size() > 1 ? exchange == KeyExchange.DTLS : !offered.contains(exchange);
            if (due && policy.takes(exchange)) {
                other.add(exchange);
            }
        }
        if (wanted == null && !offered.equals(own)) {
            other = own;
        }
        return other.isEmpty() || other.equals(offered) ? null : other;
    }
}
