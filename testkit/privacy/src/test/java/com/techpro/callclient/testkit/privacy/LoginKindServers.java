// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxBuilder;
import com.techpro.callclient.testkit.privacy.HeapOfEachLogin.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A PBX, and a web server that speaks for phone systems of the other kinds: each of its documents is marked, and leads to the PBX where that can be. */
final class LoginKindServers implements AutoCloseable {
    private static final String BACKENDS = "{\"data\": [\"wazo_user\"]}";
    private static final String UUID = "00000000-0000-4000-8000-000000000001";

    private final Map<Kind, Canaries> users = new HashMap<>();
    private final EmbeddedPbx pbx;
    private final RecordingWebServer web = new RecordingWebServer();

    LoginKindServers(long seed) throws IOException {
        PbxBuilder builder = EmbeddedPbx.builder().address(MainScenario.PBX_ADDRESS);
        for (Kind kind : Kind.values()) {
            Canaries canaries = kind.canaries(seed);
            users.put(kind, canaries);
            builder.extension(canaries.number().value(), canaries.linePassword().value());
        }
        Canaries user = users.get(Kind.PBX);
        String number = user.number().value();
        pbx = builder.voicemail()
                .provisioning(
                        settings -> settings.password(number, user.password().value())
                                .name(number, user.firstName(), user.lastName()))
                .start();
        web.answers = this::answer;
    }

    /** What {@link HeapOfEachLogin} has to know of them. */
    List<String> arguments() {
        HostPort provisioned = pbx.login(users.get(Kind.PBX).number().value()).server();
        return List.of(
                pbx.domain(),
                pbx.address(SipTransport.TLS).toString(),
                String.valueOf(provisioned),
                web.address().toString());
    }

    String certificates() {
        return pbx.authorityPem() + "\n" + web.certificatePem();
    }

    /** What only the document of that kind says; the PBX's own has nothing of the sort, the others are asked for over HTTPS. */
    static Canary documentMark(Kind kind) {
        return Canary.secret("provisioning document", "Document-" + kind + "-rosebud");
    }

    private MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        String authorization = request.getHeaders().get("Authorization");
        if (authorization == null && path.equals("/lpconfig")) {
            return challenge("Basic realm=\"pbx\"");
        }
        if (authorization == null && path.equals("/manager/accounts/me/voicemails")) {
            return challenge("Digest realm=\"manager\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256");
        }
        String body = switch (path) {
            case "/lpconfig" -> lpconfig();
            case "/acrobits" -> acrobits();
            case "/manager/accounts/me/voicemails" -> "[]";
            case "/api/auth/0.1/backends" -> BACKENDS;
            case "/api/auth/0.1/token" -> WAZO_TOKEN.replace("UUID", UUID);
            case "/api/confd/1.1/users/" + UUID -> wazo(WAZO_USER);
            default -> path.contains("/lines/") ? wazo(WAZO_LINE) : null;
        };
        return body == null
                ? new MockResponse.Builder().code(404).build()
                : new MockResponse.Builder()
                        .addHeader("Content-Type", body.startsWith("<") ? "application/xml" : "application/json")
                        .body(body)
                        .build();
    }

    private static MockResponse challenge(String scheme) {
        return new MockResponse.Builder()
                .code(401)
                .addHeader("WWW-Authenticate", scheme)
                .build();
    }

    private String lpconfig() {
        Canaries user = users.get(Kind.LPCONFIG);
        List<String> entries = new ArrayList<>();
        entries.add("<config xmlns=\"http://www.linphone.org/xsds/lpconfig.xsd\"><section name=\"proxy_0\">");
        entries.add(entry("reg_identity", "\"" + user.name().value() + "\" &lt;sip:" + address(user) + "&gt;"));
        entries.add(entry("reg_proxy", "&lt;sip:" + pbx.address(SipTransport.TLS) + ";transport=tls&gt;"));
        entries.add("</section><section name=\"auth_info_0\">");
        entries.add(entry("username", user.number().value()));
        entries.add(entry("passwd", user.linePassword().value()));
        entries.add("</section><section name=\"voicemail\">");
        entries.add(entry("account_manager", "https://" + web.address() + "/manager"));
        entries.add(entry("nobody-reads-this", documentMark(Kind.LPCONFIG).value()));
        entries.add("</section></config>");
        return String.join("\n", entries);
    }

    private static String entry(String name, String value) {
        return "<entry name=\"" + name + "\">" + value + "</entry>";
    }

    private String acrobits() {
        Canaries user = users.get(Kind.ACROBITS);
        return Map.of(
                        "username", user.number().value(),
                        "password", user.linePassword().value(),
                        "userDisplayName", user.name().value(),
                        "host", pbx.domain(),
                        "proxy", pbx.address(SipTransport.TLS).toString(),
                        "transport", "tls+sip:",
                        "nobody-reads-this", documentMark(Kind.ACROBITS).value())
                .entrySet()
                .stream()
                .map(entry -> "<" + entry.getKey() + ">" + entry.getValue() + "</" + entry.getKey() + ">")
                .collect(Collectors.joining("\n", "<account>", "</account>"));
    }

    private String address(Canaries user) {
        return user.number().value() + "@" + pbx.domain();
    }

    private String wazo(String text) {
        Canaries user = users.get(Kind.WAZO);
        return text.replace("UUID", UUID)
                .replace("MARK", documentMark(Kind.WAZO).value())
                .replace("FIRST", user.firstName())
                .replace("LAST", user.lastName())
                .replace("NUMBER", user.number().value())
                .replace("PASSWORD", user.linePassword().value());
    }

    private static final String WAZO_TOKEN = """
        {"data": {"token": "t", "refresh_token": "r", "session_uuid": "s", "auth_id": "UUID", "acl": [],
         "utc_issued_at": "2026-01-01T00:00:00.000000", "utc_expires_at": "2026-01-01T02:00:00.000000",
         "metadata": {"uuid": "UUID", "pbx_user_uuid": "UUID", "tenant_uuid": "t"}}}
        """;

    private static final String WAZO_USER = """
        {"id": 7, "uuid": "UUID", "firstname": "FIRST", "lastname": "LAST", "email": "z@127.0.0.1", "description": "MARK",
         "lines": [{"id": 13, "name": "app", "endpoint_sip": {"uuid": "e"},
                    "extensions": [{"id": 3, "exten": "NUMBER"}]}]}
        """;

    private static final String WAZO_LINE = """
        {"uuid": "e", "name": "x", "label": "MARK", "transport": {"uuid": "t", "name": "transport-udp"},
         "auth_section_options": [["username", "x"], ["password", "PASSWORD"]],
         "endpoint_section_options": [["webrtc", "no"], ["media_encryption", "sdes"]]}
        """;

    @Override
    public void close() {
        web.close();
        pbx.close();
    }
}
