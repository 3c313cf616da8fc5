// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.LoggedIn;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Refused;
import com.techpro.callclient.ports.phonesystem.Policy.Feature;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users log in to the PBX by e-mail and password, over real HTTPS. */
class ProvisioningTest {
    private static EmbeddedPbx pbx(Consumer<ProvisioningBuilder> settings) {
        return EmbeddedPbx.builder()
                .extensions("1001", "1002")
                .provisioning(settings)
                .start();
    }

    private static Login wrong(EmbeddedPbx pbx) {
        Login right = pbx.login("1001");
        return new Login(right.user(), Secret.of("guess"), right.server(), null, right.trust());
    }

    private static LoginOutcome logIn(Login login) {
        FakeLoginContext context = new FakeLoginContext();
        LoginOutcome outcome = PhoneSystems.lpconfig("/provisioning").logIn(login, context);
        assertThat(context.open()).as("connections left").isZero();
        return outcome;
    }

    private static Session session(LoginOutcome outcome) {
        assertThat(outcome).isInstanceOf(LoggedIn.class);
        return ((LoggedIn) outcome).session();
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "digest", "basic", "hashes"})
    void a_user_gets_the_account_of_the_extension(String kind) {
        Consumer<ProvisioningBuilder> settings = switch (kind) {
            case "digest" -> ProvisioningBuilder::digestOnly;
            case "basic" -> ProvisioningBuilder::basicOnly;
            case "hashes" -> ProvisioningBuilder::hashes;
            default -> both -> {};
        };
        try (EmbeddedPbx pbx = pbx(settings)) {
            Session session = session(logIn(pbx.login("1001")));

            assertThat(session.sipAccount().user()).isEqualTo("1001");
            assertThat(session.sipAccount().domain()).isEqualTo("pbx.test");
            assertThat(session.sipAccount().outboundProxy())
                    .isEqualTo(pbx.address(com.techpro.callclient.ports.phonesystem.SipTransport.TLS));
            assertThat(session.profile().displayName()).isEqualTo("Extension 1001");
            assertThat(pbx.refusedLogins()).isZero();
        }
    }

    @Test
    void the_policy_of_the_organisation_comes_with_the_account() {
        try (EmbeddedPbx pbx =
                pbx(settings -> settings.policy("off", "export, update_check").policy("history_days", "30"))) {
            Session session = session(logIn(pbx.login("1001")));

            assertThat(session.policy().off()).containsExactlyInAnyOrder(Feature.EXPORT, Feature.UPDATE_CHECK);
            assertThat(session.policy().historyAge()).isEqualTo(Duration.ofDays(30));
        }
    }

    @Test
    void a_policy_that_cannot_be_read_lets_nobody_in() {
        try (EmbeddedPbx pbx = pbx(settings -> settings.policy("of", "export"))) {
            assertThat(logIn(pbx.login("1001"))).isEqualTo(new Refused(Reason.POLICY));
        }
    }

    @Test
    void repeated_wrong_passwords_lock_out_the_right_one_for_a_while() {
        try (EmbeddedPbx pbx = pbx(settings -> settings.lockOut(3, Duration.ofMinutes(2)))) {
            for (int i = 0; i < 3; i++) {
                assertThat(logIn(wrong(pbx))).isEqualTo(new Refused(Reason.WRONG_CREDENTIALS));
            }

            LoginOutcome outcome = logIn(pbx.login("1001"));

            assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.LOCKED_OUT);
                assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(60), Duration.ofMinutes(2));
            });
            session(logIn(pbx.login("1002"))).logOut();
            assertThat(pbx.refusedLogins()).isEqualTo(4);

            pbx.reset();

            assertThat(pbx.refusedLogins()).isZero();
            session(logIn(pbx.login("1001"))).logOut();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNTRUSTED", "WRONG_HOST", "EXPIRED"})
    void a_certificate_that_is_not_acceptable_ends_the_login_before_anything_is_sent(String certificate) {
        try (EmbeddedPbx pbx = pbx(settings -> {})) {
            Login login = pbx.login("1001");
            pbx.restartWith(ServerCertificate.valueOf(certificate));

            assertThat(logIn(login)).isEqualTo(new Refused(Reason.SERVER_UNTRUSTED));
            assertThat(pbx.refusedLogins()).isZero();
        }
    }
}
