// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.LoggedIn;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Refused;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.PhoneSystemContract;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcrobitsPhoneSystemTest extends PhoneSystemContract {
    private static final String USER = "alice+app@pbx.test";
    private static final String PASSWORD = "p&ss=w\u00f6rd %+";
    private static final String DOCUMENT = """
        <?xml version="1.0" encoding="UTF-8"?>
        <account>
          <title>Work</title>
          <username>1001</username>
          <password>sip-secret</password>
          <authUsername>alice-auth</authUsername>
          <userDisplayName>Alice</userDisplayName>
          <host>pbx.test:5071</host>
          <transport>tls+sip:</transport>
          <callclient-policy><off>export</off></callclient-policy>
        </account>
        """;

    private final StubServer server = new StubServer(USER, PASSWORD);

    AcrobitsPhoneSystemTest() {
        server.answers = request -> judged(request, DOCUMENT);
    }

    private static MockResponse judged(RecordedRequest request, String document) {
        boolean right = request.getRequestLine().equals("POST /prov HTTP/1.1")
                && "application/x-www-form-urlencoded"
                        .equals(request.getHeaders().get("Content-Type"))
                && form(request).equals(Map.of("cloud_username", USER, "cloud_password", PASSWORD));
        return right
                ? StubServer.document(document)
                : new MockResponse.Builder()
                        .code(403)
                        .body("<message>No</message>")
                        .build();
    }

    private static Map<String, String> form(RecordedRequest request) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : request.getBody().utf8().split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Override
    protected PhoneSystem phoneSystem() {
        return new AcrobitsPhoneSystem("/prov");
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
        server.answers = request -> StubServer.document(document);
    }

    @Override
    protected FakeLoginContext context(Policy policy) {
        return new FakeLoginContext(policy).local("pbx.test");
    }

    private LoginOutcome logIn() {
        return phoneSystem().logIn(login(PASSWORD), context(Policy.OPEN));
    }

    @Test
    void the_account_is_read() {
        assertThat(logIn()).isInstanceOfSatisfying(LoggedIn.class, loggedIn -> {
            SipAccount account = loggedIn.session().sipAccount();
            assertThat(account.user()).isEqualTo("1001");
            assertThat(account.authUser()).isEqualTo("alice-auth");
            assertThat(account.domain()).isEqualTo("pbx.test");
            assertThat(account.domainPort()).isEqualTo(5071);
            assertThat(account.outboundProxy()).isNull();
            assertThat(loggedIn.session().profile().displayName()).isEqualTo("Alice");
            assertThat(loggedIn.session().policy().off()).containsExactly(Feature.EXPORT);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbx_1.test", "pbx.test.", "-pbx.test", "pbx-.test:5071", "pbx.test:+5", "1.2.3", "0x7f.1"})
    void a_host_that_no_connection_could_be_opened_to_makes_the_document_unusable(String host) {
        server.answers = request -> StubServer.document(DOCUMENT.replace("pbx.test:5071", host));
        assertThat(logIn()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));

        String proxy = "</host><proxy>" + host + "</proxy>";
        server.answers = request -> StubServer.document(DOCUMENT.replace("</host>", proxy));
        assertThat(logIn()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
    }

    @Test
    void a_proxy_beside_the_host_is_the_outbound_proxy() {
        String proxy = "</host><proxy>edge.pbx.test:5061</proxy>";
        server.answers = request -> StubServer.document(DOCUMENT.replace("</host>", proxy));

        assertThat(logIn()).isInstanceOfSatisfying(LoggedIn.class, loggedIn -> {
            assertThat(loggedIn.session().sipAccount().domain()).isEqualTo("pbx.test");
            assertThat(loggedIn.session().sipAccount().outboundProxy()).isEqualTo(new HostPort("edge.pbx.test", 5061));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ice, stun.pbx.test:3479, OFFERED, stun.pbx.test:3479",
        "ICE, '', OFFERED, ''",
        "stun, stun.pbx.test, WHEN_OFFERED, ''",
        "off, '', WHEN_OFFERED, ''"
    })
    void the_document_says_whether_ICE_is_offered(String traversal, String stun, IceSettings.Use use, String server) {
        String with = "</host><natTraversal>" + traversal + "</natTraversal><STUN>" + stun + "</STUN>";
        server(with);
        assertThat(logIn()).isInstanceOfSatisfying(LoggedIn.class, loggedIn -> {
            IceSettings ice = loggedIn.session().sipAccount().ice();
            assertThat(ice.use()).isEqualTo(use);
            assertThat(ice.servers())
                    .extracting(each -> each.address().toString())
                    .isEqualTo(server.isEmpty() ? List.of() : List.of(server));
        });
    }

    private void server(String instead) {
        server.answers = request -> StubServer.document(DOCUMENT.replace("</host>", instead));
    }

    @Test
    void a_STUN_server_that_is_none_makes_the_document_unusable() {
        server("</host><natTraversal>ice</natTraversal><STUN>stun:pbx:test</STUN>");
        assertThat(logIn()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
    }

    @Test
    void C1_credentials_are_in_no_url_and_no_header() {
        logIn();

        assertThat(server.requests).singleElement().satisfies(request -> {
            assertThat(request.getRequestLine()).isEqualTo("POST /prov HTTP/1.1");
            assertThat(request.getHeaders().toString()).doesNotContain("alice");
        });
    }

    @ParameterizedTest
    @CsvSource({"udp, POLICY", "tcp, POLICY", "tls, ''", "tls+sip:, ''"})
    void S4_an_account_that_is_readable_on_the_network_is_refused(String transport, String refusal) {
        server.answers = request -> StubServer.document(DOCUMENT.replace("tls+sip:", transport));

        LoginOutcome outcome = logIn();

        if (refusal.isEmpty()) {
            assertThat(outcome).isInstanceOf(LoggedIn.class);
        } else {
            assertThat(outcome).isEqualTo(new Refused(Reason.valueOf(refusal)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, <message>No</message>, WRONG_CREDENTIALS",
        "401, <message>No</message>, WRONG_CREDENTIALS",
        "403, Forbidden, NOT_ALLOWED",
        "429, <message>Wait</message>, LOCKED_OUT",
        "500, <message>Oops</message>, SERVER_FAILED",
        "404, Not here, NOT_A_PHONE_SYSTEM",
        "200, <message>No</message>, NOT_A_PHONE_SYSTEM"
    })
    void refusals_are_told_apart(int status, String body, Reason reason) {
        server.answers =
                request -> new MockResponse.Builder().code(status).body(body).build();

        assertThat(logIn()).isEqualTo(new Refused(reason));
    }

    @Test
    void a_refusal_with_Retry_After_is_a_lockout_and_no_wrong_password() {
        server.answers = request -> new MockResponse.Builder()
                .code(403)
                .addHeader("Retry-After", "90")
                .body("<message>Too many attempts</message>")
                .build();

        assertThat(logIn()).isEqualTo(new Refused(Reason.LOCKED_OUT, Duration.ofSeconds(90)));
    }
}
