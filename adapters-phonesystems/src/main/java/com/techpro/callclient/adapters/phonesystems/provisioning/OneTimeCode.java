// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.util.Map;

/** The second factor by the convention of web interfaces: asked for with a header's value {@code required}, given as its value. */
final class OneTimeCode {
    static final String HEADER = "X-OTP";

    private OneTimeCode() {}

    /** Adds the code to the headers of a request that also proves the first factor, if the user typed one. */
    static void add(Login login, Map<String, String> headers) {
        Secret code = login.oneTimeCode();
        if (code != null) {
            headers.put(HEADER, code.use(SecretAccess.forAuthenticators(), String::new));
        }
    }
}
