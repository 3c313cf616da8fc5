// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import static com.techpro.callclient.adapters.phonesystems.provisioning.StubServer.status;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.adapters.phonesystems.provisioning.StubServer;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * A web server that behaves as a Wazo is described, with one user. What is asked of it that the description does not know it refuses and
 * remembers: every test of the adapter ends with {@link #objections} being empty.
 */
final class WazoStub implements AutoCloseable {
    static final String USER = "alice@pbx.test";
    static final String PASSWORD = "correct horse \u20ac battery";
    static final String UUID = "5a7b1f0e-0000-4000-8000-00000000a11c";
    static final String EXTENSION = "1001";
    static final String SIP_USER = "k9x2ab";

    final StubServer server = new StubServer(USER, PASSWORD);
    final Map<String, String> sessionOfToken = new ConcurrentHashMap<>();
    final Map<String, String> refreshOfClient = new ConcurrentHashMap<>();
    final List<String> objections = new CopyOnWriteArrayList<>();
    /** Answers before everything else, if it answers at all. */
    volatile Function<RecordedRequest, @Nullable MockResponse> first = request -> null;

    volatile String lifetime = "02:00:00";
    volatile String user = """
        {"id": 7, "uuid": "UUID", "firstname": "Alice", "lastname": "Ångström", "email": "alice@pbx.test",
         "country": "ca", "voicemail": {"id": 3, "name": "Alice"},
         "lines": [
           {"id": 11, "name": "web", "endpoint_sip": {"uuid": "e1"}, "extensions": [{"id": 1, "exten": "1001"}]},
           {"id": 12, "name": "old", "endpoint_sccp": {"id": 4}, "extensions": [{"id": 2, "exten": "1001"}]},
           {"id": 13, "name": "app", "endpoint_sip": {"uuid": "e2"}, "extensions": [{"id": 3, "exten": "1001"}]}]}
        """.replace("UUID", UUID);
    /** What further services answer, by the beginning of their path. */
    final Map<String, Function<RecordedRequest, MockResponse>> services = new ConcurrentHashMap<>();

    /** What answers a WebSocket's handshake. */
    volatile Function<RecordedRequest, MockResponse> socket = request -> status(404);

    private final WazoDescription description = new WazoDescription();
    private final AtomicInteger issued = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> everyToken = new ConcurrentLinkedQueue<>();

    WazoStub() {
        server.answers = this::answer;
    }

    Login login(String password) {
        return Login.of(USER, Secret.of(password)).at(address()).trusting(StubServer.trust());
    }

    HostPort address() {
        return server.address();
    }

    static FakeLoginContext context(Policy policy) {
        return new FakeLoginContext(policy).local("pbx.test");
    }

    /** Everything that a token was ever, to be looked for where none may be. */
    List<String> everyToken() {
        return List.copyOf(everyToken);
    }

    private MockResponse answer(RecordedRequest request) {
        MockResponse early = first.apply(request);
        if (early != null) {
            return early;
        }
        String objection = description.objection(request);
        if (objection != null) {
            objections.add(objection);
            return status(418);
        }
        String path = request.getUrl().encodedPath();
        if (path.startsWith("/api/auth/")) {
            return auth(request, path.substring("/api/auth/0.1".length()));
        }
        if (path.equals("/api/websocketd/")) {
            return socket.apply(request);
        }
        String token = request.getHeaders().get("X-Auth-Token");
        if (token == null || !sessionOfToken.containsKey(token)) {
            return status(401);
        }
        if (path.equals("/api/confd/1.1/users/" + UUID)) {
            return json(user);
        }
        if (path.startsWith("/api/confd/1.1/users/" + UUID + "/lines/")) {
            return json(path.contains("/11/") ? endpoint("web-line", "yes") : endpoint(SIP_USER, "no"));
        }
        for (Map.Entry<String, Function<RecordedRequest, MockResponse>> service : services.entrySet()) {
            if (path.startsWith(service.getKey())) {
                return service.getValue().apply(request);
            }
        }
        return status(404);
    }

    private MockResponse auth(RecordedRequest request, String path) {
        String token = request.getHeaders().get("X-Auth-Token");
        if (path.equals("/backends")) {
            return json("{\"data\": [\"wazo_user\"]}");
        }
        if (path.equals("/token")) {
            return token(request);
        }
        if (path.startsWith("/token/")) {
            sessionOfToken.remove(path.substring("/token/".length()));
            return status(200);
        }
        if (token == null || !sessionOfToken.containsKey(token)) {
            return status(401);
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (path.contains("/sessions/")) {
            sessionOfToken.values().removeIf(last::equals);
            return status(204);
        }
        return refreshOfClient.remove(last) == null ? status(404) : status(204);
    }

    private MockResponse token(RecordedRequest request) {
        JsonObject body = JsonParser.parseString(request.getBody().utf8()).getAsJsonObject();
        String client = body.get("client_id").getAsString();
        String basic = request.getHeaders().get("Authorization");
        String right =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        boolean refreshes = body.has("refresh_token")
                && body.get("refresh_token").getAsString().equals(refreshOfClient.get(client));
        if (!right.equals(basic) && !refreshes) {
            return status(401);
        }
        int number = issued.incrementAndGet();
        String token = "token-" + number + "-secret";
        String refresh = "";
        if (body.has("access_type")) {
            refreshOfClient.put(client, "refresh-" + number + "-secret");
            refresh = "\"refresh_token\": \"" + refreshOfClient.get(client) + "\",";
            everyToken.add(refreshOfClient.get(client));
        }
        everyToken.add(token);
        sessionOfToken.put(token, "session-" + number);
        return json("""
            {"data": {"token": "TOKEN", REFRESH "session_uuid": "session-NUMBER", "auth_id": "UUID", "acl": ["websocketd"],
             "utc_issued_at": "2026-01-01T00:00:00.000000", "utc_expires_at": "2026-01-01TLIFETIME",
             "metadata": {"uuid": "UUID", "pbx_user_uuid": "UUID", "tenant_uuid": "t"}}}
            """.replace("TOKEN", token)
                .replace("REFRESH", refresh)
                .replace("NUMBER", Integer.toString(number))
                .replace("LIFETIME", lifetime)
                .replace("UUID", UUID));
    }

    private static String endpoint(String name, String webrtc) {
        return """
            {"uuid": "e", "name": "NAME", "label": null, "transport": {"uuid": "t", "name": "transport-udp"},
             "aor_section_options": [["max_contacts", "10"]],
             "auth_section_options": [["username", "NAME"], ["password", "sip-secret"]],
             "endpoint_section_options": [["webrtc", "WEBRTC"], ["media_encryption", "sdes"]],
             "registration_section_options": []}
            """.replace("NAME", name).replace("WEBRTC", webrtc);
    }

    static MockResponse json(String body) {
        return new MockResponse.Builder()
                .code(200)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
