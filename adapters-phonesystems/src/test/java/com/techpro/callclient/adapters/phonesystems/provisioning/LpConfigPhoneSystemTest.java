// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.LoggedIn;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Refused;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.PhoneSystemContract;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LpConfigPhoneSystemTest extends PhoneSystemContract {
    private static final String USER = "alice@pbx.test";
    private static final String PASSWORD = "correct horse \u20ac battery";
    private static final String DOCUMENT = """
        <?xml version="1.0" encoding="UTF-8"?>
        <config xmlns="http://www.linphone.org/xsds/lpconfig.xsd">
          <section name="proxy_0">
            <entry name="reg_identity" overwrite="true">"Alice" &lt;sip:1001@pbx.test&gt;</entry>
            <entry name="reg_proxy" overwrite="true">&lt;sip:pbx.test;transport=tls&gt;</entry>
          </section>
          <section name="auth_info_0">
            <entry name="username" overwrite="true">1001</entry>
            <entry name="passwd" overwrite="true">sip-secret</entry>
          </section>
        </config>
        """;

    private final StubServer server = new StubServer(USER, PASSWORD);

    LpConfigPhoneSystemTest() {
        server.answers = request -> server.behindDigest(request, StubServer.document(DOCUMENT));
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Override
    protected PhoneSystem phoneSystem() {
        return new LpConfigPhoneSystem("/provisioning?app=1", Seeds.random(7));
    }

    @Override
    protected Login login(String password) {
        return Login.of(USER, Secret.of(password)).at(server.address()).trusting(StubServer.trust());
    }

    @Override
    protected String password() {
        return PASSWORD;
    }

    @Override
    protected String extension() {
        return "1001";
    }

    @Override
    protected void stopServer() {
        server.close();
    }

    @Override
    protected void answerEverything(String document) {
        server.answers = request -> request.getHeaders().get("Authorization") == null
                ? StubServer.status(401, "WWW-Authenticate", "Basic realm=\"r\"")
                : StubServer.document(document);
    }

    @Override
    protected FakeLoginContext context(Policy policy) {
        return new FakeLoginContext(policy).local("pbx.test");
    }

    private LoginOutcome logIn() {
        FakeLoginContext context = context(Policy.OPEN);
        LoginOutcome outcome = phoneSystem().logIn(login(PASSWORD), context);
        assertThat(context.open()).as("connections left").isZero();
        return outcome;
    }

    @Test
    void C1_with_digest_the_password_is_in_no_byte_that_even_the_server_sees() {
        assertThat(logIn()).isInstanceOf(LoggedIn.class);

        assertThat(server.requests)
                .hasSize(2)
                .allSatisfy(request -> assertThat(StubServer.text(request))
                        .doesNotContain(PASSWORD)
                        .doesNotContain(Base64.getEncoder().encodeToString(PASSWORD.getBytes(StandardCharsets.UTF_8)))
                        .doesNotContain("Basic"));
        assertThat(server.requests.get(0).getHeaders().get("Authorization"))
                .as("nothing of the user before the server asked")
                .isNull();
    }

    @Test
    void C1_with_basic_the_password_travels_only_inside_tls_and_only_when_asked() {
        server.answers = request -> server.behindBasic(request, StubServer.document(DOCUMENT));
        FakeLoginContext context = context(Policy.OPEN);

        assertThat(phoneSystem().logIn(login(PASSWORD), context)).isInstanceOf(LoggedIn.class);

        String header = server.requests.get(1).getHeaders().get("Authorization");
        String wire = new String(context.sent(), StandardCharsets.ISO_8859_1);
        assertThat(header).startsWith("Basic ");
        assertThat(wire).doesNotContain(header.substring(6)).doesNotContain("Authorization");
        assertThat(server.requests.get(0).getHeaders().get("Authorization")).isNull();
    }

    @Test
    void digest_is_preferred_where_both_are_offered_even_in_one_header() {
        server.answers = request -> {
            MockResponse digest = server.behindDigest(request, StubServer.document(DOCUMENT));
            String challenge = digest.getHeaders().get("WWW-Authenticate");
            return challenge == null
                    ? digest
                    : StubServer.status(401, "WWW-Authenticate", "Basic realm=\"r\", " + challenge);
        };

        assertThat(logIn()).isInstanceOf(LoggedIn.class);
        assertThat(server.requests.get(1).getHeaders().get("Authorization")).startsWith("Digest ");
    }

    @Test
    void credentials_are_never_in_a_url_and_requests_have_the_headers_of_linphone() {
        logIn();

        assertThat(server.requests).allSatisfy(request -> {
            assertThat(request.getRequestLine()).isEqualTo("GET /provisioning?app=1 HTTP/1.1");
            assertThat(request.getHeaders().get("X-Linphone-Provisioning")).isEqualTo("1");
            assertThat(request.getHeaders().get("User-Agent")).isEqualTo("contract/1.0");
            assertThat(request.getHeaders().get("Cookie")).isNull();
        });
    }

    @Test
    void U2_a_document_served_without_authentication_is_rejected() {
        server.answers = request -> StubServer.document(DOCUMENT);

        assertThat(logIn()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
    }

    @ParameterizedTest
    @CsvSource({
        "403, NOT_ALLOWED",
        "404, NOT_A_PHONE_SYSTEM",
        "418, NOT_A_PHONE_SYSTEM",
        "423, LOCKED_OUT",
        "429, LOCKED_OUT",
        "500, SERVER_FAILED",
        "503, SERVER_FAILED",
        "302, NOT_A_PHONE_SYSTEM",
        "204, NOT_A_PHONE_SYSTEM"
    })
    void each_refusal_has_its_reason(int status, Reason reason) {
        server.answers = request -> server.behindDigest(request, StubServer.status(status));

        assertThat(logIn()).isEqualTo(new Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "'120', 120",
        "'Thu, 01 Jan 2026 00:02:00 GMT', 120",
        "'Wed, 31 Dec 2025 23:00:00 GMT', 0",
        "'99999999', 86400",
        "'soon', -1",
        "'-5', -1"
    })
    void retry_after_is_seconds_or_a_date(String value, long seconds) {
        server.answers = request -> server.behindDigest(request, StubServer.status(429, "Retry-After", value));
        FakeLoginContext context = context(Policy.OPEN).at(Instant.parse("2026-01-01T00:00:00Z"));

        LoginOutcome outcome = phoneSystem().logIn(login(PASSWORD), context);

        assertThat(outcome).isEqualTo(new Refused(Reason.LOCKED_OUT, seconds < 0 ? null : Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({
        "sip:1001@pbx.test, sip:pbx.test, 0, ",
        "sip:1001@pbx.test, sip:pbx.test:5071, 5071, ",
        "sip:1001@pbx.test:5071, , 5071, ",
        "sip:1001@pbx.test:5071, sip:pbx.test, 5071, ",
        "sip:1001@pbx.test, sip:edge.test:5072, 0, edge.test:5072",
        "sip:1001@pbx.test, sip:edge.test, 0, edge.test"
    })
    void a_registrar_is_the_domain_with_its_port_or_a_proxy_of_another_name(
            String identity, String registrar, int port, String proxy) {
        SipAccount account = account(identity, registrar == null ? "" : registrar);

        assertThat(account.domain()).isEqualTo("pbx.test");
        assertThat(account.domainPort()).isEqualTo(port);
        assertThat(account.outboundProxy()).isEqualTo(proxy == null ? null : HostPort.parse(proxy));
    }

    @Test
    void keys_and_servers_for_ICE_are_those_of_the_document() {
        SipAccount plain = account("sip:1001@pbx.test", "");
        assertThat(plain.keyingPolicy()).isEqualTo(KeyingPolicy.PREFER_SDES);
        assertThat(plain.ice()).isEqualTo(IceSettings.DEFAULT);

        String document = DOCUMENT.replace(
                        "<section name=\"auth_info_0\">",
                        "<section name=\"sip\"><entry name=\"media_encryption\">dtls</entry></section>"
                                + "<section name=\"nat_policy_0\"><entry name=\"ref\">elsewhere</entry></section>"
                                + "<section name=\"nat_policy_1\"><entry name=\"ref\">here</entry>"
                                + "<entry name=\"protocols\">stun,turn,ice,ice</entry>"
                                + "<entry name=\"stun_server\">turn.pbx.test:3479</entry>"
                                + "<entry name=\"stun_server_username\">relay-user</entry></section>"
                                + "<section name=\"auth_info_1\"><entry name=\"username\">relay-user</entry>"
                                + "<entry name=\"passwd\">relay-secret</entry></section>"
                                + "<section name=\"auth_info_0\">")
                .replace(
                        "<entry name=\"reg_proxy\"",
                        "<entry name=\"nat_policy_ref\">here</entry><entry name=\"reg_proxy\"");
        server.answers = request -> server.behindDigest(request, StubServer.document(document));
        SipAccount named = ((LoggedIn) logIn()).session().sipAccount();

        assertThat(named.keyingPolicy()).isEqualTo(KeyingPolicy.PREFER_DTLS);
        assertThat(named.ice().use()).isEqualTo(IceSettings.Use.OFFERED);
        assertThat(named.ice().servers())
                .extracting(server -> server.address().toString(), IceServer::user)
                .containsExactly(tuple("turn.pbx.test:3479", null), tuple("turn.pbx.test:3479", "relay-user"));
        assertThat(named.toString()).doesNotContain("relay-secret");

        String overStreams = document.replace(
                "<entry name=\"protocols\">",
                "<entry name=\"turn_enable_udp\">0</entry><entry name=\"turn_enable_tcp\">1</entry>"
                        + "<entry name=\"turn_enable_tls\">1</entry><entry name=\"protocols\">");
        server.answers = request -> server.behindDigest(request, StubServer.document(overStreams));
        assertThat(((LoggedIn) logIn()).session().sipAccount().ice().servers())
                .extracting(IceServer::transport, IceServer::user)
                .containsExactly(
                        tuple(IceServer.Transport.UDP, null),
                        tuple(IceServer.Transport.TCP, "relay-user"),
                        tuple(IceServer.Transport.TLS, "relay-user"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, sip:collector@pbx.test, sip:collector@pbx.test",
        "1, sip:collector@pbx.test;transport=tls, sip:collector@pbx.test",
        // not enabled, or of no use: none, and the login goes on
        "0, sip:collector@pbx.test,",
        "1, '',",
        "1, sip:pbx.test,",
        "1, tel:+49301234,",
        "1, not an address,",
        "1, sip:%22@pbx.test,",
    })
    void reports_of_quality_go_where_the_document_says_if_it_enables_them(
            String enabled, String collector, @Nullable String expected) {
        String document = DOCUMENT.replace(
                "<entry name=\"reg_proxy\"",
                "<entry name=\"quality_reporting_enabled\">" + enabled + "</entry>"
                        + "<entry name=\"quality_reporting_collector\">" + collector + "</entry>"
                        + "<entry name=\"reg_proxy\"");
        server.answers = request -> server.behindDigest(request, StubServer.document(document));
        assertThat(((LoggedIn) logIn()).session().sipAccount().qualityCollector())
                .isEqualTo(expected);
    }

    private SipAccount account(String identity, String registrar) {
        LoginOutcome outcome = logIn(identity, registrar);
        assertThat(outcome).isInstanceOf(LoggedIn.class);
        return ((LoggedIn) outcome).session().sipAccount();
    }

    private LoginOutcome logIn(String identity, String registrar) {
        String document = DOCUMENT.replace("sip:1001@pbx.test", identity)
                .replace("&lt;sip:pbx.test;transport=tls&gt;", registrar);
        server.answers = request -> server.behindDigest(request, StubServer.document(document));
        return logIn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbx_1.test", "pbx.test.", "-pbx.test", "pbx-.test", "1.2.3", "0x7f.1"})
    void a_host_that_no_connection_could_be_opened_to_makes_the_document_unusable(String host) {
        assertThat(logIn("sip:1001@" + host, "sip:pbx.test")).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
        assertThat(logIn("sip:1001@pbx.test", "sip:" + host)).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
    }

    private LoginOutcome logInWithSections(String sections) {
        String document = DOCUMENT.replace("</config>", sections + "</config>");
        server.answers = request -> server.behindDigest(request, StubServer.document(document));
        FakeLoginContext context = context(Policy.OPEN).local("mail.test");
        LoginOutcome outcome = phoneSystem().logIn(login(PASSWORD), context);
        assertThat(context.open()).as("connections left").isZero();
        return outcome;
    }

    @Test
    void where_new_conference_rooms_are_made_is_in_the_document() throws IOException {
        String document = DOCUMENT.replace(
                "  </section>\n  <section name=\"auth_info_0\">",
                "    <entry name=\"conference_factory_uri\">sip:conference-factory@pbx.test</entry>\n"
                        + "  </section>\n  <section name=\"auth_info_0\">");
        assertThat(document).isNotEqualTo(DOCUMENT);
        server.answers = request -> server.behindDigest(request, StubServer.document(document));

        ConferenceDirectory rooms = ((LoggedIn) logIn()).session().conferences();

        assertThat(rooms.factory()).isEqualTo("sip:conference-factory@pbx.test");
        assertThat(rooms.rooms(10)).isEmpty();
    }

    @Test
    void an_account_manager_that_the_document_names_is_the_mailbox() {
        LoginOutcome outcome = logInWithSections("<section name=\"voicemail\"><entry name=\"account_manager\">"
                + "https://mail.test:8443/api</entry></section>");

        assertThat(outcome).isInstanceOf(LoggedIn.class);
        Session session = ((LoggedIn) outcome).session();
        assertThat(session.voicemailBox()).isInstanceOf(FlexisipVoicemailBox.class);
        assertThat(session.hosts()).contains(new HostPort("mail.test", 8443));
        session.logOut();
        assertThatThrownBy(() -> session.voicemailBox().list(0, 1)).isInstanceOf(VoicemailException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mail.test/api",
                "https://user:secret@mail.test/api",
                "https://mail.test/api?key=1",
                "mail.test",
                "https:///x"
            })
    void an_account_manager_is_reached_by_https_alone(String url) {
        assertThat(logInWithSections(
                        "<section name=\"voicemail\"><entry name=\"account_manager\">" + url + "</entry></section>"))
                .isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
    }

    @Test
    void a_policy_without_voicemail_needs_no_account_manager() {
        LoginOutcome outcome = logInWithSections("<section name=\"voicemail\"><entry name=\"account_manager\">"
                + "https://mail.test/api</entry></section>"
                + "<section name=\"callclient-policy\"><entry name=\"off\">voicemail</entry></section>");

        assertThat(outcome).isInstanceOf(LoggedIn.class);
        Session session = ((LoggedIn) outcome).session();
        assertThat(session.voicemailBox()).isNull();
        assertThat(session.hosts()).extracting("host").doesNotContain("mail.test");
    }

    @Test
    void a_second_factor_is_asked_for_and_given() {
        server.answers = request -> {
            boolean code = "123456".equals(request.getHeaders().get("X-OTP"));
            MockResponse judged =
                    server.behindDigest(request, code ? StubServer.document(DOCUMENT) : StubServer.status(200));
            boolean proved = judged.getCode() == 200;
            return proved && !code
                    ? StubServer.status(
                            401,
                            "WWW-Authenticate",
                            "Digest realm=\"r\", nonce=\"x\", qop=\"auth\"",
                            "X-OTP",
                            "required")
                    : judged;
        };

        assertThat(logIn()).isEqualTo(new Refused(Reason.SECOND_FACTOR_NEEDED));
        assertThat(phoneSystem().logIn(login(PASSWORD).withOneTimeCode(Secret.of("123456")), context(Policy.OPEN)))
                .isInstanceOf(LoggedIn.class);
        assertThat(server.requests.get(0).getHeaders().get("X-OTP")).isNull();
    }

    @Test
    void a_redirect_is_followed_on_the_same_server_and_credentials_go_to_where_it_led() {
        server.answers = request -> request.getTarget().startsWith("/provisioning")
                ? StubServer.status(301, "Location", "/elsewhere/")
                : server.behindDigest(request, StubServer.document(DOCUMENT));

        assertThat(logIn()).isInstanceOf(LoggedIn.class);
        assertThat(server.requests)
                .extracting(RecordedRequest::getTarget)
                .containsExactly("/provisioning?app=1", "/elsewhere/", "/elsewhere/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pbx.test/x",
                "https://other.test/x",
                "https://pbx.test:1/x",
                "https://u:p@pbx.test/x",
                "//other.test/"
            })
    void a_redirect_to_anywhere_else_is_not_followed(String location) {
        server.answers = request -> StubServer.status(302, "Location", location);
        FakeLoginContext context = context(Policy.OPEN).local("other.test");

        assertThat(phoneSystem().logIn(login(PASSWORD), context)).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
        assertThat(server.requests).hasSize(1);
        assertThat(context.lookedUp()).doesNotContain("other.test");
    }

    @Test
    void redirects_in_a_circle_end() {
        server.answers = request -> StubServer.status(302, "Location", "/provisioning?app=1");

        assertThat(logIn()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
        assertThat(server.requests).hasSizeLessThan(6);
    }

    @Test
    void an_endless_document_is_cut_off() {
        server.answers =
                request -> server.behindDigest(request, StubServer.document("<config>" + " ".repeat(2_000_000)));

        assertThat(logIn()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
    }

    @Test
    void a_compressed_document_is_bounded_as_it_unfolds() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[20_000_000]);
        }
        server.answers = request -> server.behindDigest(
                request,
                new MockResponse.Builder()
                        .code(200)
                        .addHeader("Content-Encoding", "gzip")
                        .body(new Buffer().write(packed.toByteArray()))
                        .build());

        assertThat(logIn()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
    }

    @Test
    void a_server_that_speaks_no_tls_is_no_phone_system() throws Exception {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> refuseInClearText(plain));
            server.start();
            Login login = login(PASSWORD).at(new HostPort("pbx.test", plain.getLocalPort()));

            assertThat(phoneSystem().logIn(login, context(Policy.OPEN)))
                    .isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
        }
    }

    /** What a web server without TLS says to a handshake, as often as it is tried. */
    private static void refuseInClearText(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket other = plain.accept()) {
                other.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                other.shutdownOutput();
                other.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client left, or the test is over.
            }
        }
    }

    @Test
    void names_that_do_not_exist_and_names_that_cannot_be_looked_up_are_told_apart() {
        Login nowhere = login(PASSWORD).at(new HostPort("nowhere.test", 443));

        assertThat(phoneSystem().logIn(nowhere, context(Policy.OPEN))).isEqualTo(new Refused(Reason.SERVER_NOT_FOUND));
        assertThat(phoneSystem().logIn(nowhere, context(Policy.OPEN).withBroken("nowhere.test")))
                .isEqualTo(new Refused(Reason.SERVER_UNREACHABLE));
    }

    @ParameterizedTest
    @CsvSource({
        "wrong.test, SERVER_UNTRUSTED",
        "a.wild.test, ''",
        "a.b.wild.test, SERVER_UNTRUSTED",
        "wild.test, SERVER_UNTRUSTED"
    })
    void certificates_name_the_host_as_on_the_web(String host, String refusal) {
        Login login = login(PASSWORD).at(new HostPort(host, server.address().port()));

        LoginOutcome outcome = phoneSystem().logIn(login, context(Policy.OPEN).local(host));

        if (refusal.isEmpty()) {
            assertThat(outcome).isInstanceOf(LoggedIn.class);
        } else {
            assertThat(outcome).isEqualTo(new Refused(Reason.valueOf(refusal)));
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void a_pin_that_does_not_match_is_untrusted() {
        var pinned = new TlsTrust(
                StubServer.trust().anchors(), List.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), null);

        assertThat(phoneSystem().logIn(login(PASSWORD).trusting(pinned), context(Policy.OPEN)))
                .isEqualTo(new Refused(Reason.SERVER_UNTRUSTED));
        assertThat(server.requests).isEmpty();
    }

    @Test
    @Tag("slow")
    void PSY_1_a_server_that_says_nothing_is_given_up() {
        server.answers = request -> new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();

        assertThat(logIn()).isEqualTo(new Refused(Reason.SERVER_UNREACHABLE));
    }
}
