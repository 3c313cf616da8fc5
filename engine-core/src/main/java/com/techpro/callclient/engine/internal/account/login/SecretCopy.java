// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.login;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;

/** Copies, so that each holder of a secret can wipe its own when it is done. */
public final class SecretCopy {
    private SecretCopy() {}

    public static Secret of(Secret secret) {
        return secret.use(SecretAccess.forAuthenticators(), Secret::of);
    }

    /** A login that the caller's wiping does not reach. */
    public static Login of(Login login) {
        Secret code = login.oneTimeCode();
        return new Login(
                login.user(), of(login.password()), login.server(), code == null ? null : of(code), login.trust());
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
