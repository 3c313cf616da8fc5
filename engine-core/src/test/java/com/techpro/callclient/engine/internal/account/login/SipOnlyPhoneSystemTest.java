// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.LoggedIn;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Refused;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user types for a plain registrar, and the account that it is. */
class SipOnlyPhoneSystemTest {
    private final FakeLoginContext context = new FakeLoginContext();

    @ParameterizedTest
    @CsvSource({"anna, , ADDRESS_INCOMPLETE", "anna@, , ADDRESS_INCOMPLETE", "anna@x y, , SERVER_NOT_FOUND"})
    void an_extension_alone_says_not_which_phone_system_is_meant(String user, HostPort server, Reason reason) {
        Login login = Login.of(user, Secret.of("x")).at(server);

        assertThat(new SipOnlyPhoneSystem().logIn(login, context)).isEqualTo(new LoginOutcome.Refused(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna@pbx.test", "sip:anna@pbx.test", "SIPS:anna@pbx.test"})
    void an_address_that_was_copied_with_its_scheme_is_understood(String user) {
        LoginOutcome outcome = new SipOnlyPhoneSystem().logIn(Login.of(user, Secret.of("x")), context);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        LoginOutcome.LoggedIn.class,
                        in -> assertThat(in.session().sipAccount().user()).isEqualTo("anna"));
    }

    @ParameterizedTest
    @CsvSource({
        "1001@pbx.test:5071, , 5071, ",
        "1001, pbx.test:5071, 5071, ",
        "1001@pbx.test, pbx.test:5071, 5071, ",
        "1001@pbx.test, edge.test:5072, 0, edge.test:5072",
        "1001@pbx.test, edge.test, 0, edge.test"
    })
    void a_login_with_nothing_but_sip_takes_a_port_with_the_domain(String user, String server, int port, String proxy) {
        Login login = Login.of(user, Secret.of("x"));
        LoginOutcome outcome =
                new SipOnlyPhoneSystem().logIn(server == null ? login : login.at(HostPort.parse(server)), context);

        assertThat(outcome).isInstanceOf(LoggedIn.class);
        SipAccount account = ((LoggedIn) outcome).session().sipAccount();
        assertThat(account.domain()).isEqualTo("pbx.test");
        assertThat(account.domainPort()).isEqualTo(port);
        assertThat(account.outboundProxy()).isEqualTo(proxy == null ? null : HostPort.parse(proxy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001@pbx_1.test", "1001@pbx.test.", "1001@pbx.test:0x10"})
    void a_login_to_a_host_that_no_connection_could_be_opened_to_is_refused(String user) {
        assertThat(new SipOnlyPhoneSystem().logIn(Login.of(user, Secret.of("x")), context))
                .isEqualTo(new Refused(Reason.SERVER_NOT_FOUND));
    }

    @Test
    void O1_a_login_to_a_host_that_the_policy_forbids_is_refused() {
        Policy office = new Policy(Set.of("office.test"), null, null, null, null, Set.of());

        assertThat(new SipOnlyPhoneSystem()
                        .logIn(Login.of("1001@pbx.test", Secret.of("x")), new FakeLoginContext(office)))
                .isEqualTo(new Refused(Reason.POLICY));
    }
}
