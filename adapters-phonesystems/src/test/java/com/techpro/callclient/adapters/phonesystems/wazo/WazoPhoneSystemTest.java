// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import static com.techpro.callclient.adapters.phonesystems.provisioning.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.StubServer;
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
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.PhoneSystemContract;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WazoPhoneSystemTest extends PhoneSystemContract {
    private final WazoStub wazo = new WazoStub();

    @AfterEach
    void everythingThatWasAskedIsDescribed() {
        wazo.close();
        assertThat(wazo.objections).isEmpty();
    }

    @Override
    protected PhoneSystem phoneSystem() {
        return new WazoPhoneSystem("installation-1", Seeds.random(3));
    }

    @Override
    protected Login login(String password) {
        return wazo.login(password);
    }

    @Override
    protected String password() {
        return WazoStub.PASSWORD;
    }

    @Override
    protected String extension() {
        return WazoStub.EXTENSION;
    }

    @Override
    protected String sipUser() {
        return WazoStub.SIP_USER;
    }

    @Override
    protected void stopServer() {
        wazo.close();
    }

    @Override
    protected void answerEverything(String document) {
        wazo.first = request -> StubServer.document(document);
    }

    @Override
    protected FakeLoginContext context(Policy policy) {
        return WazoStub.context(policy);
    }

    private Session logIn(FakeLoginContext context) {
        LoginOutcome outcome = phoneSystem().logIn(login(password()), context);
        assertThat(outcome).isInstanceOf(LoggedIn.class);
        return ((LoggedIn) outcome).session();
    }

    private LoginOutcome refused() {
        FakeLoginContext context = context(Policy.OPEN);
        LoginOutcome outcome = phoneSystem().logIn(login(password()), context);
        assertThat(context.open()).as("connections left").isZero();
        return outcome;
    }

    @Test
    void a_login_gives_the_profile_and_the_sip_line_that_a_sip_phone_can_be() {
        Session session = logIn(context(Policy.OPEN));

        assertThat(session.profile().extension()).isEqualTo("1001");
        assertThat(session.profile().displayName()).isEqualTo("Alice Ångström");
        assertThat(session.profile().firstName()).isEqualTo("Alice");
        assertThat(session.profile().lastName()).isEqualTo("Ångström");
        assertThat(session.profile().email()).isEqualTo("alice@pbx.test");
        assertThat(session.profile().region()).isEqualTo("CA");
        assertThat(session.sipAccount().user()).isEqualTo("k9x2ab");
        assertThat(session.sipAccount().authUser()).isEqualTo("k9x2ab");
        assertThat(session.sipAccount().domain()).isEqualTo("pbx.test");
        assertThat(session.sipAccount().transport()).isEqualTo(SipTransport.TLS);
        assertThat(session.sipAccount().keyingPolicy()).isEqualTo(KeyingPolicy.PREFER_SDES);
        assertThat(session.sipAccount().ice()).isEqualTo(IceSettings.DEFAULT);
        assertThat(session.sipAccount().displayName()).isEqualTo("Alice Ångström");
        String password = session.sipAccount().password().use(SecretAccess.forAuthenticators(), String::new);
        assertThat(password).isEqualTo("sip-secret");
        assertThat(session.voicemail()).isNotNull();
        assertThat(session.voicemail().dialIn()).isEqualTo("*98");
        session.logOut();
    }

    @Test
    void logging_out_revokes_both_tokens_and_leaves_no_connection() {
        FakeLoginContext context = context(Policy.OPEN);
        Session session = logIn(context);
        assertThat(wazo.sessionOfToken).hasSize(1);
        assertThat(wazo.refreshOfClient).containsOnlyKeys("installation-1");

        session.logOut();

        assertThat(wazo.sessionOfToken).isEmpty();
        assertThat(wazo.refreshOfClient).isEmpty();
        assertThat(context.open()).isZero();
        session.logOut();
    }

    @Test
    void a_token_is_revoked_by_its_name_if_its_session_cannot_be_ended() {
        wazo.first = request -> request.getUrl().encodedPath().contains("/sessions/") ? status(403) : null;
        Session session = logIn(context(Policy.OPEN));

        session.logOut();

        assertThat(wazo.sessionOfToken).isEmpty();
        assertThat(wazo.server.requests.get(wazo.server.requests.size() - 1).getRequestLine())
                .startsWith("DELETE /api/auth/0.1/token/token-");
    }

    @Test
    void C1_neither_credentials_nor_tokens_are_in_a_url() {
        Session session = logIn(context(Policy.OPEN));
        session.logOut();

        assertThat(wazo.everyToken()).hasSize(2);
        for (RecordedRequest request : wazo.server.requests) {
            assertThat(request.getRequestLine()).doesNotContain("secret").doesNotContain("alice");
        }
    }

    @Test
    void C1_no_password_is_sent_to_a_server_that_is_not_wazo() {
        wazo.first = request -> status(404);

        assertThat(refused()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
        assertThat(wazo.server.requests)
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.getHeaders().get("Authorization")).isNull());
    }

    @Test
    void a_login_that_fails_after_the_token_was_given_revokes_it() {
        wazo.user = "{\"lines\": []}";

        assertThat(refused()).isEqualTo(new Refused(Reason.NOT_ALLOWED));
        assertThat(wazo.everyToken()).isNotEmpty();
        assertThat(wazo.sessionOfToken).isEmpty();
        assertThat(wazo.refreshOfClient).isEmpty();
    }

    @Test
    void a_line_for_browsers_alone_speaks_as_they_do() {
        wazo.user = "{\"lines\": [{\"id\": 11, \"endpoint_sip\": {}, \"extensions\": []}]}";

        SipAccount account = logIn(context(Policy.OPEN)).sipAccount();

        assertThat(account.user()).isEqualTo("web-line");
        assertThat(account.transport()).isEqualTo(SipTransport.WSS);
        assertThat(account.webSocketPath()).isEqualTo("/api/asterisk/ws");
        assertThat(account.keyingPolicy()).isEqualTo(KeyingPolicy.PREFER_DTLS);
        assertThat(account.ice().use()).isEqualTo(IceSettings.Use.OFFERED);
    }

    @Test
    void a_line_for_another_kind_of_phone_is_none() {
        wazo.user = "{\"lines\": [{\"id\": 12, \"endpoint_sccp\": {}, \"extensions\": []}]}";

        assertThat(refused()).isEqualTo(new Refused(Reason.NOT_ALLOWED));
    }

    @Test
    void a_user_without_voicemail_has_none() {
        wazo.user = "{\"lines\": [{\"id\": 13, \"endpoint_sip\": {}, \"extensions\": []}], \"voicemail\": null}";

        Session session = logIn(context(Policy.OPEN));

        assertThat(session.voicemail()).isNull();
        assertThat(session.voicemailBox()).isNull();
        assertThat(session.profile().extension()).isEqualTo("k9x2ab");
        session.logOut();
    }

    @ParameterizedTest
    @CsvSource({
        "401, , WRONG_CREDENTIALS, ",
        "403, , NOT_ALLOWED, ",
        "403, 60, LOCKED_OUT, 60",
        "423, , LOCKED_OUT, ",
        "429, 120, LOCKED_OUT, 120",
        "400, , NOT_A_PHONE_SYSTEM, ",
        "500, , SERVER_FAILED, ",
        "503, , SERVER_FAILED, "
    })
    void each_refusal_of_a_token_has_its_reason(int code, String retryAfter, Reason reason, Long seconds) {
        wazo.first = request -> !request.getUrl().encodedPath().endsWith("/token")
                ? null
                : retryAfter == null ? status(code) : status(code, "Retry-After", retryAfter);

        assertThat(refused()).isEqualTo(new Refused(reason, seconds == null ? null : Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\": null}",
                "{\"data\": {\"token\": \"\"}}",
                "{\"data\": {\"token\": [1]}}",
                "{\"data\": {\"token\": \"a/../b\", \"metadata\": {\"uuid\": \"u\", \"pbx_user_uuid\": \"u\"}}}",
                "{\"data\": {\"token\": \"a\\r\\nX: y\", \"metadata\": {\"uuid\": \"u\", \"pbx_user_uuid\": \"u\"}}}",
                "{\"data\": {\"token\": \"t\", \"metadata\": {\"uuid\": \"..\", \"pbx_user_uuid\": \"../../x\"}}}",
                "{\"data\": {\"token\": \"t\", \"metadata\": {\"uuid\": \"u\", \"pbx_user_uuid\": \"a?b=c\"}}}"
            })
    void a_token_that_is_none_is_refused(String answer) {
        wazo.first = request -> request.getUrl().encodedPath().endsWith("/token") ? WazoStub.json(answer) : null;

        assertThat(refused()).isEqualTo(new Refused(Reason.NOT_A_PHONE_SYSTEM));
    }

    @Test
    void a_user_without_a_phone_may_not_use_the_app() {
        wazo.first = request -> request.getUrl().encodedPath().endsWith("/token")
                ? WazoStub.json(
                        "{\"data\": {\"token\": \"t\", \"metadata\": {\"uuid\": \"u\", \"pbx_user_uuid\": null}}}")
                : null;

        assertThat(refused()).isEqualTo(new Refused(Reason.NOT_ALLOWED));
    }

    @Test
    void a_token_is_renewed_before_it_ends_and_when_the_server_no_longer_accepts_it() throws Exception {
        FakeLoginContext context = context(Policy.OPEN).at(Instant.parse("2026-01-01T00:00:00Z"));
        wazo.lifetime = "00:10:00";
        HttpsClient client = HttpsClient.lasting(context, StubServer.trust());
        context.allow(List.of(wazo.address()));
        WazoTokens tokens = WazoTokens.of(client, wazo.address(), context, "c");
        WazoTokens.Owner owner = tokens.logIn(login(password()));

        String before = tokens.header();
        context.at(Instant.parse("2026-01-01T00:07:59Z"));
        assertThat(tokens.header()).isEqualTo(before);
        context.at(Instant.parse("2026-01-01T00:08:00Z"));
        String after = tokens.header();
        assertThat(after).isNotEqualTo(before);
        assertThat(tokens.renewed(before)).as("somebody else has renewed it").isEqualTo(after);
        assertThat(tokens.renewed(after)).isNotEqualTo(after);
        RecordedRequest renewal = wazo.server.requests.get(wazo.server.requests.size() - 1);
        assertThat(renewal.getHeaders().get("Authorization")).isNull();
        assertThat(renewal.getBody().utf8()).contains("refresh_token").doesNotContain("offline");

        tokens.revoke(owner);
        assertThat(wazo.refreshOfClient).isEmpty();
        client.close();
        assertThat(context.open()).isZero();
    }

    /** As when a call log is being read while the user logs out. */
    @Test
    void a_token_that_is_renewed_during_the_log_out_is_revoked() throws Exception {
        FakeLoginContext context = context(Policy.OPEN);
        HttpsClient client = HttpsClient.lasting(context, StubServer.trust());
        context.allow(List.of(wazo.address()));
        WazoTokens tokens = WazoTokens.of(client, wazo.address(), context, "c");
        WazoTokens.Owner owner = tokens.logIn(login(password()));
        String before = tokens.header();
        AtomicBoolean once = new AtomicBoolean();
        wazo.first = request -> {
            if (!request.getUrl().encodedPath().endsWith("/token") || once.getAndSet(true)) {
                return null;
            }
            tokens.revoke(owner);
            return WazoStub.json("{\"data\": {\"token\": \"late\"}}");
        };

        assertThatThrownBy(() -> tokens.renewed(before)).isInstanceOf(LoginRefusedException.class);
        assertThat(wazo.server.requests.get(wazo.server.requests.size() - 1).getRequestLine())
                .startsWith("DELETE /api/auth/0.1/token/late");
        assertThatThrownBy(tokens::header).isInstanceOf(LoginRefusedException.class);
        client.close();
    }

    @Test
    void a_user_name_that_basic_cannot_carry_is_nobody() {
        Login login = Login.of("a:b", Secret.of("x")).at(wazo.address()).trusting(StubServer.trust());

        assertThat(phoneSystem().logIn(login, context(Policy.OPEN))).isEqualTo(new Refused(Reason.WRONG_CREDENTIALS));
    }
}
