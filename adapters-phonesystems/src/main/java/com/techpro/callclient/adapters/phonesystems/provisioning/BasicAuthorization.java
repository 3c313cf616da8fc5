// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The value of an Authorization header by RFC 7617, in UTF-8. It contains the readable password, so
 * send it only inside TLS. The HTTP library needs a string, which cannot be wiped. Servers should
 * use Digest if they can.
 */
public final class BasicAuthorization {
    private BasicAuthorization() {}

    /** Whether RFC 7617 can carry the name, which ends at the first colon. */
    public static boolean carries(String user) {
        return user.indexOf(':') < 0;
    }

    public static String value(String user, Secret password) {
        byte[] name = (user + ":").getBytes(StandardCharsets.UTF_8);
        return password.useUtf8(SecretAccess.forAuthenticators(), bytes -> {
            byte[] both = Arrays.copyOf(name, name.length + bytes.length);
            System.arraycopy(bytes, 0, both, name.length, bytes.length);
            String value = "Basic " + Base64.getEncoder().encodeToString(both);
            Arrays.fill(both, (byte) 0);
            return value;
        });
    }
}
