// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.login;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;

/** Copies of logins, so that each holder of their secrets can wipe its own when it is done. */
public final class SecretCopy {
    private SecretCopy() {}

    /** A login that the caller's wiping does not reach. */
    public static Login of(Login login) {
        Secret code = login.oneTimeCode();
        return new Login(
                login.user(),
                login.password().copy(),
                login.server(),
                code == null ? null : code.copy(),
                login.trust());
    }

    /** Wipes what {@link #of(Login)} copied. */
    public static void wipe(Login copy) {
        copy.password().wipe();
        Secret code = copy.oneTimeCode();
        if (code != null) {
            code.wipe();
        }
    }
}
