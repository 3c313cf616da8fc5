// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** What phone systems of each kind answer about one user; how well they are asked is the matter of each adapter's own tests. */
final class ProfileDocuments {
    private static final String USER = "00000000-0000-4000-8000-000000000001";

    private ProfileDocuments() {}

    static MockResponse answer(RecordedRequest request) {
        String path = request.getUrl().encodedPath();
        if (path.equals("/lpconfig") && request.getHeaders().get("Authorization") == null) {
            return new MockResponse.Builder()
                    .code(401)
                    .addHeader("WWW-Authenticate", "Basic realm=\"pbx\"")
                    .build();
        }
        String body = switch (path) {
            case "/lpconfig" -> LPCONFIG;
            case "/acrobits" -> ACROBITS;
            case "/api/auth/0.1/backends" -> "{\"data\": [\"wazo_user\"]}";
            case "/api/auth/0.1/token" -> WAZO_TOKEN.replace("USER", USER);
            case "/api/confd/1.1/users/" + USER -> WAZO_USER.replace("USER", USER);
            default -> path.contains("/lines/") ? WAZO_LINE : null;
        };
        return body == null
                ? new MockResponse.Builder().code(404).build()
                : new MockResponse.Builder()
                        .addHeader("Content-Type", body.startsWith("<") ? "application/xml" : "application/json")
                        .body(body)
                        .build();
    }

    /** As {@link #answer}, of a server that wants no password but a proof of it. */
    static MockResponse answerToDigest(RecordedRequest request) {
        return request.getHeaders().get("Authorization") == null
                ? new MockResponse.Builder()
                        .code(401)
                        .addHeader(
                                "WWW-Authenticate",
                                "Digest realm=\"pbx\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256")
                        .addHeader("WWW-Authenticate", "Basic realm=\"pbx\"")
                        .build()
                : answer(request);
    }

    /** As {@link #answer}, with a mailbox somewhere. */
    static MockResponse withMailbox(RecordedRequest request, String host, int port) {
        MockResponse challenge = answer(request);
        if (!"HTTP/1.1 200 OK".equals(challenge.getStatus())) {
            return challenge;
        }
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/xml")
                .body(LPCONFIG.replace(
                        "</config>",
                        "<section name=\"voicemail\"><entry name=\"imap_host\">" + host
                                + "</entry><entry name=\"imap_port\">" + port + "</entry></section></config>"))
                .build();
    }

    /** A feed that knows of one version. */
    static String appcast(String version) {
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\""
                + " xmlns:sparkle=\"http://www.andymatuschak.org/xml-namespaces/sparkle\"><channel><item>"
                + "<title>Version</title><link>https://example.org/" + version + "</link>"
                + "<sparkle:version>1</sparkle:version><sparkle:shortVersionString>" + version
                + "</sparkle:shortVersionString></item></channel></rss>\n";
    }

    private static final String LPCONFIG = """
        <config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">
          <section name="proxy_0">
            <entry name="reg_identity">"Zebedia Quill" &lt;sip:7900112233@127.0.0.1&gt;</entry>
            <entry name="reg_proxy">&lt;sip:127.0.0.1:9;transport=tls&gt;</entry>
          </section>
          <section name="auth_info_0">
            <entry name="username">7900112233</entry>
            <entry name="passwd">line</entry>
          </section>
        </config>
        """;

    private static final String ACROBITS = """
        <account>
          <username>7900112233</username>
          <password>line</password>
          <userDisplayName>Zebedia Quill</userDisplayName>
          <host>127.0.0.1:9</host>
          <transport>tls+sip:</transport>
        </account>
        """;

    private static final String WAZO_TOKEN = """
        {"data": {"token": "t", "refresh_token": "r", "session_uuid": "s", "auth_id": "USER", "acl": [],
         "utc_issued_at": "2026-01-01T00:00:00.000000", "utc_expires_at": "2026-01-01T02:00:00.000000",
         "metadata": {"uuid": "USER", "pbx_user_uuid": "USER", "tenant_uuid": "t"}}}
        """;

    private static final String WAZO_USER = """
        {"id": 7, "uuid": "USER", "firstname": "Zebedia", "lastname": "Quill", "email": "z@127.0.0.1",
         "lines": [{"id": 13, "name": "app", "endpoint_sip": {"uuid": "e"},
                    "extensions": [{"id": 3, "exten": "7900112233"}]}]}
        """;

    private static final String WAZO_LINE = """
        {"uuid": "e", "name": "x", "label": null, "transport": {"uuid": "t", "name": "transport-udp"},
         "aor_section_options": [["max_contacts", "10"]],
         "auth_section_options": [["username", "x"], ["password", "line"]],
         "endpoint_section_options": [["webrtc", "no"], ["media_encryption", "sdes"]],
         "registration_section_options": []}
        """;
}
