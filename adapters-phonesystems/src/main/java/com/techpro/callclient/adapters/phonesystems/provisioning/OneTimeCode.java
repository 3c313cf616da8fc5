// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.util.Map;

/**
 * A second factor by the convention of web interfaces. The server asks by the value
 * {@code required} of a header, and the client sends the code as the value of that header.
 */
final class OneTimeCode {
    static final String HEADER = "X-OTP";

    private OneTimeCode() {}

    /**
     * Adds the code, if the user typed one, to the headers of a request that also proves the first
     * factor.
     */
    static void add(Login login, Map<String, String> headers) {
        Secret code = login.oneTimeCode();
        if (code != null) {
            headers.put(HEADER, code.use(SecretAccess.forAuthenticators(), String::new));
        }
    }
}
