// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise S5 after log-out: the phone system is a stranger again, for the account as for whatever the session left behind. */
class EgressAfterLogOutTest {
    private static final String SIP_HOST = "phones.example.net";
    private static final String WEB_HOST = "web.example.org";
    private static final String SERVER = "192.0.2.20";

    /** How a log-out comes to its end. */
    enum Ending {
        CONFIRMED,
        /** The phone system says nothing, and is not waited for. */
        UNANSWERED,
        /** The host has removed the account before. */
        ACCOUNT_GONE
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void S5_the_hosts_of_the_account_and_the_session_are_blocked_after_log_out(Ending ending) throws IOException {
        try (PhoneScene scene = new PhoneScene(3)) {
            TestProxy proxy = new TestProxy(scene.network.host(SERVER), SERVER);
            scene.network.dns().address(SIP_HOST, SERVER);
            scene.network.dns().address(WEB_HOST, SERVER);
            PhoneScene.Phone phone = scene.phone("owner", "192.0.2.1").registered();
            LeftBehind system = new LeftBehind();
            var login = phone.client
                    .login(system, Login.of("alice@example.net", Secret.of("pw-alice")))
                    .toCompletableFuture();
            scene.until(() -> login.isDone() && proxy.knows("alice"));
            assertThat(lookUp(scene, system, SIP_HOST)).isInstanceOf(DnsAnswer.Records.class);
            assertThat(lookUp(scene, system, WEB_HOST)).isInstanceOf(DnsAnswer.Records.class);

            if (ending == Ending.UNANSWERED) {
                proxy.between(message -> null);
            } else if (ending == Ending.ACCOUNT_GONE) {
                ((LoginResult.LoggedIn) login.join()).account().remove();
                scene.until(() -> !proxy.knows("alice"));
            }
            var logout = phone.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
            scene.until(logout::isDone);

            assertThat(logout.join().unregistered()).isEqualTo(ending != Ending.UNANSWERED);
            assertThat(proxy.knows("alice")).isEqualTo(ending == Ending.UNANSWERED);
            assertThat(lookUp(scene, system, SIP_HOST)).isInstanceOf(DnsAnswer.Refused.class);
            assertThat(lookUp(scene, system, WEB_HOST)).isInstanceOf(DnsAnswer.Refused.class);
            proxy.close();
        }
    }

    private static DnsAnswer lookUp(PhoneScene scene, LeftBehind system, String name) {
        List<DnsAnswer> heard = new ArrayList<>();
        system.context.resolver().resolve(name, RecordType.ADDRESS, heard::add);
        scene.until(() -> !heard.isEmpty());
        return heard.get(0);
    }

    /** A session that keeps what it was given for logging in. */
    private static final class LeftBehind extends TestPhoneSystem {
        private LoginContext context;

        LeftBehind() {
            super("alice", Policy.OPEN);
        }

        @Override
        public LoginOutcome logIn(Login login, LoginContext given) {
            context = given;
            assertThat(given.allow(List.of(new HostPort(WEB_HOST, 443)))).isTrue();
            return super.logIn(login, given);
        }

        @Override
        public SipAccount sipAccount() {
            return SipAccount.builder("alice", SIP_HOST, Secret.of("pw-alice"))
                    .transport(SipTransport.UDP)
                    .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                    .build();
        }
    }
}
