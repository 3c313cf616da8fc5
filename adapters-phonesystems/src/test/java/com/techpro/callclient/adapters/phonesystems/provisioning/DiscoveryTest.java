// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The e-mail address's domain leads to servers of that domain, and to what its own web server names. */
class DiscoveryTest {
    private final StubServer web = new StubServer("u", "p");

    @AfterEach
    void closeServer() {
        web.close();
    }

    private List<HostPort> found(FakeLoginContext context, String user) throws LoginRefusedException {
        try (HttpsClient client = new HttpsClient(context, StubServer.trust())) {
            return new Discovery(context, client, web.address().port()).servers(Login.of(user, Secret.of("p")));
        }
    }

    private static DnsRecord.Srv srv(int priority, int weight, int port, String target) {
        return new DnsRecord.Srv(priority, weight, port, target);
    }

    @Test
    void service_records_below_the_domain_come_first_in_their_order() throws Exception {
        FakeLoginContext context = new FakeLoginContext()
                .with("_callclient-provisioning._tcp.pbx.test", srv(20, 0, 8443, "b.pbx.test"))
                .with("_callclient-provisioning._tcp.pbx.test", srv(10, 1, 8443, "c.pbx.test"))
                .with("_callclient-provisioning._tcp.pbx.test", srv(10, 9, 8444, "a.pbx.test"))
                .local("a.pbx.test")
                .local("b.pbx.test")
                .local("c.pbx.test");

        assertThat(found(context, "alice@pbx.test"))
                .containsExactly(
                        new HostPort("a.pbx.test", 8444),
                        new HostPort("c.pbx.test", 8443),
                        new HostPort("b.pbx.test", 8443));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.test", "pbx.test.evil.test", "evilpbx.test", "test"})
    void S5_a_name_server_cannot_lead_out_of_the_domain(String target) {
        FakeLoginContext context = new FakeLoginContext()
                .with("_callclient-provisioning._tcp.pbx.test", srv(1, 1, 443, target))
                .with("_sips._tcp.pbx.test", srv(1, 1, 5061, target))
                .local(target);

        assertThatThrownBy(() -> found(context, "alice@pbx.test"))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SERVER_NOT_FOUND));
        assertThat(context.lookedUp()).doesNotContain(target);
        assertThat(context.allowed()).containsExactly("pbx.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "@pbx.test", "anna@"})
    void a_name_that_is_no_e_mail_address_is_told_to_lack_something_and_nobody_is_asked(String user) {
        FakeLoginContext context = new FakeLoginContext();

        assertThatThrownBy(() -> found(context, user))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ADDRESS_INCOMPLETE));
        assertThat(Reason.ADDRESS_INCOMPLETE.advice()).contains("e-mail address", "@", "server");
        assertThat(context.lookedUp()).isEmpty();
    }

    @Test
    void the_domains_own_web_server_may_name_any_host() throws Exception {
        web.answers = request -> request.getTarget().equals("/.well-known/callclient-provisioning")
                ? StubServer.document("{\"server\": \"hosted.provider.test:8443\"}")
                : StubServer.status(404);
        FakeLoginContext context = new FakeLoginContext().local("pbx.test").local("hosted.provider.test");

        assertThat(found(context, "alice@pbx.test")).containsExactly(new HostPort("hosted.provider.test", 8443));
        assertThat(web.requests)
                .singleElement()
                .satisfies(request -> assertThat(StubServer.text(request))
                        .as("nothing of the user is needed to ask")
                        .doesNotContain("alice")
                        .doesNotContain("Authorization"));
    }

    @Test
    void S5_a_web_server_that_cannot_show_the_domains_certificate_names_nobody() {
        web.answers = request -> StubServer.document("{\"server\": \"evil.test\"}");
        FakeLoginContext context = new FakeLoginContext().local("other.test").local("evil.test");

        assertThatThrownBy(() -> found(context, "alice@other.test")).isInstanceOf(LoginRefusedException.class);
        assertThat(context.allowed()).doesNotContain("evil.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "{}", "{\"server\": 5}", "{\"server\": \"a b\"}", "{\"server\": []}", "<html/>"
            })
    void other_documents_at_that_place_are_no_hint(String document) throws Exception {
        web.answers = request -> StubServer.document(document);
        FakeLoginContext context = new FakeLoginContext()
                .local("pbx.test")
                .with("_sips._tcp.pbx.test", srv(1, 1, 5061, "sip.pbx.test"))
                .local("sip.pbx.test");

        assertThat(found(context, "alice@pbx.test"))
                .contains(new HostPort("sip.pbx.test", web.address().port()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "@pbx.test",
                "alice@",
                "alice@127.0.0.1",
                "alice@[::1]",
                "alice@pbx..test",
                "alice@b\u00fccher.test"
            })
    void a_user_without_a_valid_domain_name_is_refused_without_a_lookup(String user) {
        FakeLoginContext context = new FakeLoginContext();

        assertThatThrownBy(() -> found(context, user)).isInstanceOf(LoginRefusedException.class);
        assertThat(context.lookedUp()).isEmpty();
        assertThat(context.opened()).isZero();
    }

    @Test
    void looking_that_failed_is_told_from_finding_nothing() {
        FakeLoginContext context = new FakeLoginContext().withBroken("_sips._tcp.pbx.test");

        assertThatThrownBy(() -> found(context, "alice@pbx.test"))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SERVER_UNREACHABLE));
    }

    @Test
    void O1_a_domain_that_the_policy_forbids_is_not_looked_up() {
        FakeLoginContext context =
                new FakeLoginContext(new Policy(Set.of("other.test"), null, null, null, null, Set.of()));

        assertThatThrownBy(() -> found(context, "alice@pbx.test"))
                .isInstanceOfSatisfying(
                        LoginRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.POLICY));
        assertThat(context.lookedUp()).isEmpty();
    }
}
