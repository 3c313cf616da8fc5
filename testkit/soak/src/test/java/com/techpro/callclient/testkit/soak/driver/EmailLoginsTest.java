// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.settings.AppLogin;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmailLoginsTest {
    private final EmbeddedPbx pbx =
            EmbeddedPbx.builder().extensions("1001", "1002").provisioning().start();
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final JdkNetwork network = new JdkNetwork(schedulers.workers());
    private final EmailLogins logins = new EmailLogins(
            schedulers.openLoop("test", (thread, failure) -> failure.printStackTrace()), network, schedulers.workers());

    @AfterEach
    void close() {
        logins.close();
        network.close();
        schedulers.close();
        pbx.close();
    }

    private AppLogin login(String extension) {
        return new AppLogin(
                pbx.phoneSystem(), pbx.login(extension), () -> pbx.state().isRegistered(extension), () -> 0);
    }

    @Test
    void C2_each_user_gets_the_account_that_the_phone_system_has_for_them() {
        List<EmailLogins.Attempt> made = logins.logIn(List.of(login("1001"), login("1002")), () -> false);

        assertThat(made).extracting(EmailLogins.Attempt::index).containsExactly(0, 1);
        assertThat(made)
                .extracting(attempt -> attempt.session().profile().extension())
                .containsExactly("1001", "1002");
        assertThat(made)
                .extracting(attempt -> attempt.session().sipAccount().user())
                .containsExactly("1001", "1002");
        assertThat(made).allSatisfy(attempt -> {
            assertThat(attempt.refusal()).isNull();
            assertThat(attempt.took()).isPositive();
        });
    }

    @Test
    void U2_a_wrong_password_is_told_as_such_and_keeps_nobody_else_out() {
        Login right = pbx.login("1001");
        Login wrong = new Login(right.user(), Secret.of("guess"), right.server(), null, right.trust());

        List<EmailLogins.Attempt> made = logins.logIn(
                List.of(new AppLogin(pbx.phoneSystem(), wrong, () -> false, () -> 0), login("1002")), () -> false);

        assertThat(made.get(0).session()).isNull();
        assertThat(made.get(0).refusal()).isEqualTo("wrong-credentials");
        assertThat(made.get(1).refusal()).isNull();
    }

    @Test
    void S5_a_phone_system_that_nobody_named_is_not_reached() throws Exception {
        PhoneSystem elsewhere = new PhoneSystem() {
            @Override
            public String kind() {
                return "elsewhere";
            }

            @Override
            public LoginOutcome logIn(Login login, LoginContext context) {
                // Without allowing it first.
                assertThatThrownBy(() -> context.sockets()
                                .createSocket(
                                        login.server().host(), login.server().port()))
                        .isInstanceOf(IOException.class);
                return new LoginOutcome.Refused(LoginOutcome.Reason.POLICY);
            }
        };

        List<EmailLogins.Attempt> made =
                logins.logIn(List.of(new AppLogin(elsewhere, pbx.login("1001"), () -> false, () -> 0)), () -> false);

        assertThat(made)
                .singleElement()
                .extracting(EmailLogins.Attempt::refusal)
                .isEqualTo("policy");
    }

    @Test
    void S6_closing_wipes_the_passwords_that_the_logins_got() {
        Session session =
                logins.logIn(List.of(login("1001")), () -> false).get(0).session();
        Secret password = session.sipAccount().password();
        String before = password.use(SecretAccess.forAuthenticators(), String::new);
        assertThat(before).isNotEmpty();

        logins.close();

        assertThatThrownBy(() -> password.use(SecretAccess.forAuthenticators(), String::new))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_interrupted_login_logs_no_user_in() {
        assertThat(logins.logIn(List.of(login("1001")), () -> true)).isEmpty();
    }
}
