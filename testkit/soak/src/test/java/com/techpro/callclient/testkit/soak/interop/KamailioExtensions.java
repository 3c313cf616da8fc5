// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;

/** Extensions of a {@link Kamailio}, over TLS, for the soak; they begin with 1. */
final class KamailioExtensions implements SoakPhoneSystem {
    private static final int FIRST = 1101;

    private final Kamailio kamailio;
    private final int size;

    KamailioExtensions(Kamailio kamailio, int size) {
        this.kamailio = kamailio;
        this.size = size;
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
        return OnHold.SILENCE;
    }

    /** The Kamailio is the test's. */
    @Override
    public void close() {}
}
