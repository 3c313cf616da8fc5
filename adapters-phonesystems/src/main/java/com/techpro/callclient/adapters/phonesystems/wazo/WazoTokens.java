// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.google.gson.JsonObject;
import com.techpro.callclient.adapters.phonesystems.provisioning.BasicAuthorization;
import com.techpro.callclient.adapters.phonesystems.provisioning.HttpAnswer;
import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.UntrustedJson;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that wazo-auth gave for the user's e-mail address and password: a token for two hours,
 * and a refresh token that makes the next. It does not keep the password. Callable from any thread;
 * a caller that needs a token during its renewal waits.
 */
final class WazoTokens {
    static final String HEADER = "X-Auth-Token";

    private static final String AUTH = "/api/auth/0.1";
    private static final MediaType JSON = MediaType.get("application/json");
    /** wazo-auth's default. */
    private static final Duration LIFETIME = Duration.ofHours(2);
    /** Shorter than the ten seconds of a whole log-out. */
    private static final Duration REVOKING = Duration.ofSeconds(9);

    private final HttpsClient client;
    private final HostPort server;
    private final LoginContext context;
    private final String clientId;
    private final ReentrantLock renewing = new ReentrantLock();
    private @Nullable Held held;
    private boolean revoked;

    private WazoTokens(HttpsClient client, HostPort server, LoginContext context, String clientId) {
        this.client = client;
        this.server = server;
        this.context = context;
        this.clientId = clientId;
    }

    /** @param renewAt after four fifths of its lifetime */
    private record Held(
            Secret token,
            @Nullable Secret refresh,
            @Nullable String session,
            Instant renewAt) {
        @Override
        public String toString() {
            return "Held[redacted]";
        }
    }

    /**
     * The owner of the tokens: {@code user} for wazo-auth, {@code pbxUser} for the other services,
     * or null if that user has no phone.
     */
    record Owner(String user, @Nullable String pbxUser) {
        @Override
        public String toString() {
            return "Owner[redacted]";
        }
    }

    /** Requires an answer of a wazo-auth, before anything sends it a password. */
    static void requireWazo(HttpsClient client, HostPort server) throws LoginRefusedException {
        HttpAnswer answer = client.send("GET", server, AUTH + "/backends", Map.of("Accept", "application/json"), null);
        if (!answer.isSuccess()) {
            // A Wazo asks for no credentials here, and none were sent.
            boolean other = answer.status() == 401 || answer.status() == 403;
            throw other ? new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM) : answer.refusal();
        }
        if (!UntrustedJson.parse(answer.body()).hasList("data")) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
    }

    static WazoTokens of(HttpsClient client, HostPort server, LoginContext context, String clientId) {
        return new WazoTokens(client, server, context, clientId);
    }

    Owner logIn(Login login) throws LoginRefusedException {
        if (!BasicAuthorization.carries(login.user())) {
            throw new LoginRefusedException(Reason.WRONG_CREDENTIALS);
        }
        JsonObject body = new JsonObject();
        body.addProperty("access_type", "offline");
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", BasicAuthorization.value(login.user(), login.password()));
        UntrustedJson data = create(body, headers);
        UntrustedJson metadata = data.object("metadata");
        String user = metadata == null ? null : metadata.text("uuid");
        String pbxUser = metadata == null ? null : metadata.text("pbx_user_uuid");
        if (user == null || !HttpsClient.isSegment(user) || (pbxUser != null && !HttpsClient.isSegment(pbxUser))) {
            revoke(null);
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        return new Owner(user, pbxUser);
    }

    /** Returns the header's value; renews the token if it is about to expire. */
    String header() throws LoginRefusedException {
        String token = token();
        return isDue() ? renewed(token) : token;
    }

    private synchronized boolean isDue() {
        Held current = held;
        return current != null && current.refresh != null && !context.now().isBefore(current.renewAt);
    }

    private synchronized String token() throws LoginRefusedException {
        return read(current().token);
    }

    private synchronized @Nullable String refreshToken() throws LoginRefusedException {
        Secret refresh = current().refresh;
        return refresh == null ? null : read(refresh);
    }

    /** Returns a new value after the server refused one, unless there is another by now. */
    String renewed(String refused) throws LoginRefusedException {
        renewing.lock();
        try {
            String token = token();
            if (!token.equals(refused)) {
                return token;
            }
            String refresh = refreshToken();
            if (refresh == null) {
                throw new LoginRefusedException(Reason.WRONG_CREDENTIALS);
            }
            JsonObject body = new JsonObject();
            body.addProperty("refresh_token", refresh);
            create(body, new HashMap<>());
            return token();
        } finally {
            renewing.unlock();
        }
    }

    private UntrustedJson create(JsonObject body, Map<String, String> headers) throws LoginRefusedException {
        body.addProperty("client_id", clientId);
        body.addProperty("expiration", LIFETIME.getSeconds());
        headers.put("Accept", "application/json");
        HttpAnswer answer =
                client.send("POST", server, AUTH + "/token", headers, RequestBody.create(body.toString(), JSON));
        if (!answer.isSuccess()) {
            throw answer.refusal();
        }
        UntrustedJson data = UntrustedJson.parse(answer.body()).object("data");
        String token = data == null ? null : data.text("token");
        // The token goes into a header, and as a last resort into a path.
        if (data == null || token == null || !HttpsClient.isSegment(token)) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        if (!keep(data, token)) {
            // The tokens were revoked while this one was on its way.
            boolean unused = delete("/token/" + token, null);
            throw new LoginRefusedException(Reason.WRONG_CREDENTIALS);
        }
        return data;
    }

    /** @return false if the tokens were revoked meanwhile */
    private synchronized boolean keep(UntrustedJson data, String token) {
        if (revoked) {
            return false;
        }
        String refresh = data.text("refresh_token");
        Held before = held;
        held = new Held(
                Secret.of(token),
                refresh == null && before != null ? before.refresh : refresh == null ? null : Secret.of(refresh),
                data.text("session_uuid"),
                context.now().plus(lifetime(data).multipliedBy(4).dividedBy(5)));
        if (before != null) {
            before.token.wipe();
        }
        return true;
    }

    /** Calculates by the server's clock alone, because ours may differ. */
    private static Duration lifetime(UntrustedJson data) {
        String issued = data.text("utc_issued_at");
        String expires = data.text("utc_expires_at");
        if (issued == null || expires == null) {
            return LIFETIME;
        }
        try {
            Duration life = Duration.between(LocalDateTime.parse(issued), LocalDateTime.parse(expires));
            return life.isNegative() || life.compareTo(LIFETIME) > 0 ? LIFETIME : life;
        } catch (DateTimeException | ArithmeticException e) {
            return LIFETIME;
        }
    }

    /**
     * Revokes the refresh token, then the token, if the server can be reached, and forgets both. It
     * revokes the token by its session. If that fails, it uses the token itself, in the only
     * request that has it in the path: after that the token is worthless.
     *
     * @param owner the tokens' owner, or null if unknown
     */
    void revoke(@Nullable Owner owner) {
        Held last = take();
        if (last == null) {
            return;
        }
        client.limit(REVOKING);
        String token = read(last.token);
        if (last.refresh != null) {
            delete("/users/me/tokens/" + clientId, token);
        }
        String session = last.session;
        boolean ended = owner != null
                && session != null
                && HttpsClient.isSegment(session)
                && delete("/users/" + owner.user() + "/sessions/" + session, token);
        if (!ended) {
            delete("/token/" + token, null);
        }
        last.token.wipe();
        if (last.refresh != null) {
            last.refresh.wipe();
        }
    }

    private synchronized @Nullable Held take() {
        Held last = held;
        held = null;
        revoked = true;
        return last;
    }

    private boolean delete(String path, @Nullable String token) {
        try {
            Map<String, String> headers = token == null ? Map.of() : Map.of(HEADER, token);
            HttpAnswer answer = client.send("DELETE", server, AUTH + path, headers, null);
            // Without a valid token nothing is left to revoke.
            return answer.isSuccess() || answer.status() == 401;
        } catch (IOException e) {
            return false;
        }
    }

    private Held current() throws LoginRefusedException {
        Held current = held;
        if (current == null) {
            throw new LoginRefusedException(Reason.WRONG_CREDENTIALS);
        }
        return current;
    }

    private static String read(Secret secret) {
        return secret.use(SecretAccess.forAuthenticators(), String::new);
    }

    @Override
    public String toString() {
        return "WazoTokens[redacted]";
    }
}
