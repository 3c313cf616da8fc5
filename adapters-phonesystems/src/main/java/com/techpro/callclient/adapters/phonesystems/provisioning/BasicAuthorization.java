// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The value of an Authorization header by RFC 7617, in UTF-8. The password is readable in it, so that it goes into TLS alone; and as the HTTP
 * library wants a string, it cannot be wiped. Servers that can should ask for Digest.
 */
public final class BasicAuthorization {
    private BasicAuthorization() {}

    /** Whether RFC 7617 can carry the name: the first colon ends it. */
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
