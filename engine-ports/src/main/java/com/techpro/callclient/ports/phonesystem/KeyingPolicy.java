// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/**
 * Which {@link KeyExchange} an account offers, and which it takes from others. Where the other side refuses what is offered (488), what else the account takes is offered once more in the
 * same call, and first in later calls of the account until it is refused in turn. A later offer of the other side's, within the call, is judged as the first would have been: under a policy that
 * takes either, a call whose keys came by DTLS may go on with SDES, and its snapshot shows that.
 */
public enum KeyingPolicy {
    /** SDES is offered, as nearly every desk phone speaks it; either is taken. */
    PREFER_SDES(true, false, false),
    /** DTLS is offered, as browsers and their gateways want it; either is taken. */
    PREFER_DTLS(false, true, false),
    /** Both are offered and either is taken: a far end that knows one of them answers with that, or refuses both and is offered DTLS alone. */
    OFFER_BOTH(true, true, false),
    /** SDES or no call. */
    SDES_ONLY(true, false, true),
    /** DTLS or no call: not even the phone system need know the keys. */
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

    /** Whether the account takes what somebody else offers. */
    public boolean takes(KeyExchange exchange) {
        return !only || offers(exchange);
    }
}
