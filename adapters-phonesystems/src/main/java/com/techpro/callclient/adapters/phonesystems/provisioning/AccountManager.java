// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.auth.DigestAuthenticator;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a Flexisip account manager in the name of a SIP account. {@code From} names the
 * account, and Digest authenticates it (RFC 7616), so the password is never sent. Callable from any
 * thread.
 */
final class AccountManager {
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int ATTEMPTS = 3;

    private final HttpsClient client;
    private final Address address;
    private final SipAccount account;
    private final Random random;

    AccountManager(HttpsClient client, Address address, SipAccount account, Random random) {
        this.client = client;
        this.address = address;
        this.account = account;
        this.random = random;
    }

    /**
     * An HTTPS address.
     *
     * @param path with its query, beginning with a slash
     */
    record Address(HostPort server, String path) {
        /** Returns null if the URL is not HTTPS, or contains credentials. */
        static @Nullable Address parse(String url) {
            try {
                URI uri = new URI(url);
                String host = uri.getHost();
                if (!"https".equalsIgnoreCase(uri.getScheme()) || host == null || uri.getRawUserInfo() != null) {
                    return null;
                }
                String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
                String query = uri.getRawQuery();
                String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                return new Address(
                        new HostPort(plain, Math.max(0, uri.getPort())), query == null ? path : path + "?" + query);
            } catch (URISyntaxException | IllegalArgumentException e) {
                return null;
            }
        }

        @Override
        public String toString() {
            return "Address[redacted]";
        }
    }

    /** Sends a request to a path below the interface's address, after the server's challenge. */
    HttpAnswer send(String method, String below) throws LoginRefusedException {
        String path = (address.path().endsWith("/")
                        ? address.path().substring(0, address.path().length() - 1)
                        : address.path())
                + below;
        HttpAnswer answer = client.send(method, address.server(), path, headers(), null, LARGEST);
        if (answer.isSuccess()) {
            // The server answers without authentication, so it is no account manager.
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        DigestAuthenticator.Exchange digest = new DigestAuthenticator(
                        account.authUser(), account.password(), account.passwordHash(), true, random)
                .newExchange();
        for (int i = 0; i < ATTEMPTS && answer.status() == 401; i++) {
            if (digest.challenged(answer.challenges(), false) != null) {
                throw new LoginRefusedException(Reason.WRONG_CREDENTIALS);
            }
            Map<String, String> proof = headers();
            digest.credentials(method, HttpsClient.target(address.server(), path), () -> new byte[0])
                    .forEach(credentials -> proof.put(credentials.headerName(), credentials.value()));
            answer = client.send(method, address.server(), path, proof, null, LARGEST);
        }
        return answer;
    }

    /** Every request needs both types. */
    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        headers.put("From", "sip:" + account.user() + "@" + account.domain());
        return headers;
    }

    @Override
    public String toString() {
        return "AccountManager[redacted]";
    }
}
