// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.privacy.StorageStatus;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.privacy.VirtualOffice.Phone;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an organisation forbids, by the app's policy or by that of a login, asked for all the same. Part of {@link PrivacyPromises}. */
interface PolicyPromises {
    /** Encryption, and nothing else. */
    Policy ENCRYPTED = new Policy(null, SecurityFloor.DEFAULT, null, null, null, Set.of());

    @ParameterizedTest
    @ValueSource(strings = {"evilexample.com", "example.com.evil.net", "evil-example.com", "example.com"})
    default void S5_a_name_that_only_looks_like_the_permitted_ones_is_not_permitted(String name) {
        Policy policy = new Policy(Set.of("*.example.com"), null, null, null, null, Set.of());
        try (ScriptedOffice office = new ScriptedOffice(name, policy)) {
            office.network.dns().address(name, ScriptedOffice.PBX);
            office.time.advance(Duration.ofMinutes(10));
            assertThat(office.account.registration().failure()).isEqualTo(new Failure.DestinationRefused());
            assertThat(office.reached()).isEmpty();
            assertThat(office.wire.asked()).isEmpty();
        }
        try (ScriptedOffice office = new ScriptedOffice("pbx.example.com", policy)) {
            office.network
                    .dns()
                    .srv("_sip._udp.pbx.example.com", 1, 1, 5060, name)
                    .address(name, ScriptedOffice.PBX);
            office.time.advance(Duration.ofMinutes(10));
            assertThat(office.account.registration().failure()).isEqualTo(new Failure.DestinationRefused());
            assertThat(office.reached()).isEmpty();
        }
    }

    @Test
    default void O1_a_login_that_forbids_keeping_texts_takes_those_there_are() throws Exception {
        FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
        Policy forbidding = new Policy(null, null, null, null, null, Set.of(Policy.Feature.TEXT_STORE));
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone(
                    "1002",
                    settings -> settings.platform(p -> p.store(new FakeSecureStore(disk)))
                            .keepTextMessages(5));
            office.until(phone::isRegistered);
            office.get(phone.account().sendMessage("1003", "Umbrella"));
            office.time.advance(Duration.ofSeconds(1));
            assertThat(texts(office, phone)).containsExactly("Umbrella");
            assertThat(new FakeSecureStore(disk).read(StoredName.TEXT_MESSAGES.text()))
                    .isNotNull();

            assertThat(office.get(phone.client.login(new Restricted(forbidding, account -> account), office.login())))
                    .isInstanceOf(LoginResult.LoggedIn.class);
            office.get(phone.account().sendMessage("1003", "Galoshes"));
            office.time.advance(Duration.ofSeconds(1));

            assertThat(texts(office, phone)).isEmpty();
            assertThat(phone.client.textMessages().snapshot().storage().state()).isEqualTo(StorageStatus.State.OFF);
            assertThat(new FakeSecureStore(disk).read(StoredName.TEXT_MESSAGES.text()))
                    .isNull();

            office.get(phone.client.logout(LogoutOptions.EVERYTHING));
            assertThat(texts(office, phone))
                    .as("what was forbidden does not come back")
                    .isEmpty();
        }
    }

    /** Over a connection without encryption, or one with it but sound in clear. */
    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TCP", "WS", "TLS"})
    default void O1_the_lab_switches_of_an_account_do_not_count_against_a_policy(SipTransport transport) {
        UnaryOperator<SipAccount.Builder> lab = account -> account.transport(transport)
                .securityFloor(SecurityFloor.DEFAULT
                        .labAllowCleartextSignalling()
                        .labAllowCleartextMedia()
                        .labAllowDigestDowngrade());
        try (VirtualOffice office = new VirtualOffice()) {
            Phone atTheStart = office.app("10.0.1.1", settings -> settings.policy(ENCRYPTED));
            Phone atTheLogin = office.app("10.0.1.2", settings -> settings);
            SipAccount weak = lab.apply(office.pbx.account("1002")).build();
            Restricted system = new Restricted(
                    ENCRYPTED, account -> lab.apply(account.toBuilder()).build());
            if (transport == SipTransport.TLS) {
                assertThat(atTheStart
                                .client
                                .addAccount(weak)
                                .sipAccount()
                                .securityFloor()
                                .isWeakened())
                        .isFalse();
                LoginResult login = office.get(atTheLogin.client.login(system, office.login()));
                assertThat(login).isInstanceOf(LoginResult.LoggedIn.class);
                assertThat(((LoginResult.LoggedIn) login)
                                .account()
                                .sipAccount()
                                .securityFloor()
                                .isWeakened())
                        .isFalse();
            } else {
                assertThatThrownBy(() -> atTheStart.client.addAccount(weak))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(office.get(atTheLogin.client.login(system, office.login())))
                        .isEqualTo(new LoginResult.Refused(LoginOutcome.Reason.POLICY, null));
                office.time.advance(Duration.ofMinutes(1));
                assertThat(office.text()).doesNotContain("REGISTER ");
            }
        }
    }

    private static List<String> texts(VirtualOffice office, Phone phone) {
        return phone.client.textMessages().read("1003@" + office.pbx.domain(), null, 10).stream()
                .map(StoredMessage::text)
                .toList();
    }

    /** A phone system with a policy, and with accounts as the test wants them. */
    record Restricted(Policy policy, UnaryOperator<SipAccount> account) implements PhoneSystem {
        @Override
        public String kind() {
            return "restricted";
        }

        @Override
        public LoginOutcome logIn(Login login, LoginContext context) {
            LoginOutcome outcome = SipRegistrar.phoneSystem().logIn(login, context);
            return outcome instanceof LoginOutcome.LoggedIn user
                    ? new LoginOutcome.LoggedIn(changed(user.session()))
                    : outcome;
        }

        private Session changed(Session session) {
            return (Session) Proxy.newProxyInstance(
                    Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                        try {
                            return switch (method.getName()) {
                                case "policy" -> policy;
                                case "sipAccount" -> account.apply(session.sipAccount());
                                default -> method.invoke(session, arguments);
                            };
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
