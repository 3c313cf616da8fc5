// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/**
 * Which {@link KeyExchange} an account offers, and which it accepts from others. If the other side
 * refuses the offer (488), the engine sends one more offer in the same call, with the other
 * exchange that the policy accepts. Later calls of the account offer that one first, until it is
 * refused in turn.
 *
 * <p>A later offer of the other side within the call is judged like a first one. Under a policy
 * that accepts either, a call with DTLS keys may thus continue with SDES; its snapshot shows that.
 */
public enum KeyingPolicy {
    /** Offers SDES, which nearly every desk phone supports; accepts either. */
    PREFER_SDES(true, false, false),
    /** Offers DTLS, which browsers and their gateways require; accepts either. */
    PREFER_DTLS(false, true, false),
    /**
     * Offers both and accepts either. A far end that supports only one answers with that, or
     * refuses both and is then offered DTLS alone.
     */
    OFFER_BOTH(true, true, false),
    /** Offers and accepts only SDES. */
    SDES_ONLY(true, false, true),
    /** Offers and accepts only DTLS: not even the phone system needs to know the keys. */
    DTLS_ONLY(false, true, true);

    private final boolean offersSdes;
    private final boolean offersDtls;
    private final boolean only;

    KeyingPolicy(boolean offersSdes, boolean offersDtls, boolean only) {
        this.offersSdes = offersSdes;
        this.offersDtls = offersDtls;
        this.only = only;
    }

    public boolean offers(KeyExchange exchange) {
        return exchange == KeyExchange.SDES ? offersSdes : offersDtls;
    }

    /** Returns whether the account accepts this exchange in an offer of the other side. */
    public boolean takes(KeyExchange exchange) {
        return !only || offers(exchange);
    }
}
