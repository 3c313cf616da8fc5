// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.VoicemailAccess;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A user logs in, changes the password, which the registrar accepts and the store remembers, starts
 * the app again, is logged in by what is stored, and logs out. In virtual time, at a registrar that
 * asks for no password, so that no digest has one in it.
 */
final class LoginCopies implements AutoCloseable {
    private static final String PBX = "10.0.0.1";

    private final VirtualTime time = VirtualTime.seeded(5);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 5);
    private final ScriptedPeer pbx = ScriptedPeer.udp(network.host(PBX), PBX, 5060);
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();

    /** Neither of the two is wiped here. */
    static void live(Secret password, Secret changed) {
        try (LoginCopies scene = new LoginCopies()) {
            CallClient first = scene.client();
            Account account = scene.loggedIn(first.login(
                    new PhoneSystemOfOne(), Login.of("1001@" + PBX, password).at(HostPort.parse(PBX + ":5060"))));
            account.updateCredentials(changed);
            scene.time.advance(Duration.ofSeconds(5));
            int writes = scene.disk.writes();
            if (writes < 2) {
                throw new AssertionError("the password was not remembered: " + writes);
            }
            scene.get(first.shutdown(Duration.ofSeconds(3)));

            CallClient second = scene.client();
            scene.loggedIn(second.restore(new PhoneSystemOfOne()));
            scene.get(second.logout(LogoutOptions.EVERYTHING));
            scene.get(second.shutdown(Duration.ofSeconds(3)));
        }
    }

    private LoginCopies() {
        pbx.on(
                "REGISTER",
                register -> pbx.respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600"));
    }

    private CallClient client() {
        return CallClient.create(CallClientConfig.builder()
                .lab(lab ->
                        lab.schedulers(time).network(network.host("10.0.1.1")).random(time.random("phone")))
                .callbacks(Runnable::run)
                .platform(p -> p.store(new FakeSecureStore(disk)))
                .build());
    }

    private Account loggedIn(CompletionStage<LoginResult> login) {
        if (!(get(login) instanceof LoginResult.LoggedIn user)) {
            throw new AssertionError("not logged in");
        }
        time.runUntil(
                () -> user.account().registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(30));
        return user.account();
    }

    private <T> T get(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        time.runUntil(future::isDone, Duration.ofSeconds(30));
        return future.join();
    }

    @Override
    public void close() {
        time.advance(Duration.ofSeconds(6));
        pbx.close();
        network.close();
        time.close();
    }

    /** Its login is the account, whose own password is another one here. */
    private static final class PhoneSystemOfOne implements PhoneSystem, Session {
        private final SipAccount account = SipAccount.builder("1001", PBX, Secret.of("of the account"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build();

        @Override
        public String kind() {
            return "sip";
        }

        @Override
        public LoginOutcome logIn(Login login, LoginContext context) {
            return new LoginOutcome.LoggedIn(this);
        }

        @Override
        public Profile profile() {
            return new Profile("1001", null, null, null, null, null, Map.of());
        }

        @Override
        public SipAccount sipAccount() {
            return account;
        }

        @Override
        public Policy policy() {
            return Policy.OPEN;
        }

        @Override
        public List<HostPort> hosts() {
            return List.of(HostPort.parse(PBX));
        }

        @Override
        public @Nullable VoicemailAccess voicemail() {
            return null;
        }

        @Override
        public @Nullable RemoteCallHistory callHistory() {
            return null;
        }

        @Override
        public @Nullable RemoteDirectory directory() {
            return null;
        }

        @Override
        public void logOut() {
            // There is nothing to revoke.
        }
    }
}
