// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.soak.run.PhoneSystem;

/** Extensions of a {@link Kamailio}, over TLS, for the soak; they begin with 1. */
final class KamailioExtensions implements PhoneSystem {
    private static final int FIRST = 1101;

    private final Kamailio kamailio;
    private final int size;
    private final boolean known;

    KamailioExtensions(Kamailio kamailio, int size) {
        this(kamailio, size, true);
    }

    private KamailioExtensions(Kamailio kamailio, int size, boolean known) {
        this.kamailio = kamailio;
        this.size = size;
        this.known = known;
    }

    /** Those of which a run is told nothing, as with {@code soak --pbx}. */
    static KamailioExtensions unknown(Kamailio kamailio, int size) {
        return new KamailioExtensions(kamailio, size, false);
    }

    @Override
    public boolean isKnown() {
        return known;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public SipAccount account(int index) {
        return kamailio.account(number(index), SipTransport.TLS).build();
    }

    @Override
    public String number(int index) {
        return Integer.toString(FIRST + index);
    }

    @Override
    public OnHold onHold(int caller) {
        return known ? OnHold.SILENCE : OnHold.ANYTHING;
    }

    /** The Kamailio is the test's. */
    @Override
    public void close() {}
}
