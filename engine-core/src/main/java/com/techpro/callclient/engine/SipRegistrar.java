// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.account.login.SipOnlyPhoneSystem;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;

/** The phone system that the engine can log in to by itself. Others are in {@code adapters-phonesystems}. */
public final class SipRegistrar {
    private SipRegistrar() {}

    /**
     * A plain SIP registrar: extension, host and password are the whole login. The registration that follows shows
     * whether the phone system accepts them.
     */
    public static PhoneSystem phoneSystem() {
        return new SipOnlyPhoneSystem();
    }
}
