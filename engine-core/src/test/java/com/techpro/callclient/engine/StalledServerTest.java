// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.TlsServerNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that stall: whatever waits for them keeps the rest of the client from nothing. */
class StalledServerTest {
    private static final String HOST = "192.0.2.10";

    /** Tasks that wait for a server get no further, for as long as they are to stall. */
    private static final class Stalling implements Schedulers {
        private final VirtualTime time;
        private final List<Runnable> stalled = new ArrayList<>();
        private boolean stalls;

        Stalling(VirtualTime time) {
            this.time = time;
        }

        @Override
        public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
            return time.openLoop(name, failures);
        }

        @Override
        public Executor workers() {
            return time.workers();
        }

        @Override
        public Executor networkWorkers() {
            return task -> {
                if (stalls) {
                    stalled.add(task);
                } else {
                    time.workers().execute(task);
                }
            };
        }

        void goOn() {
            stalls = false;
            stalled.forEach(time.workers()::execute);
            stalled.clear();
        }

        @Override
        public void close() {}
    }

    private final VirtualTime time = VirtualTime.seeded(15);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 15);
    private final Stalling schedulers = new Stalling(time);
    private final Certificates.Identity authority = Certificates.authority("Test Authority");
    private final ScriptedPeer pbx = ScriptedPeer.tcp(
            new TlsServerNetwork(
                    network.host(HOST),
                    Certificates.named("pbx").ip(HOST).issuedBy(authority).context()),
            HOST,
            5061);
    private final CallClient client = CallClient.create(CallClientConfig.builder()
            .lab(lab -> lab.schedulers(schedulers)
                    .network(network.host("192.0.2.1"))
                    .random(time.random("alice")))
            .platform(p -> p.audio(new FakeAudio(time.openLoop("audio"))))
            .callbacks(Runnable::run)
            .build());

    @AfterEach
    void close() {
        schedulers.goOn();
        client.close();
        time.advance(Duration.ofSeconds(20));
        pbx.close();
        network.close();
        time.close();
    }

    @Test
    void a_mailbox_that_stalls_keeps_no_account_from_registering_over_tls() {
        FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
        TestPhoneSystem system =
                new TestPhoneSystem("alice", Policy.OPEN).withVoicemail(new FakeVoicemailBox(mailbox), "*97");
        var login = client.login(system, Login.of("alice@example.com", Secret.of("secret")))
                .toCompletableFuture();
        time.runUntil(login::isDone, Duration.ofSeconds(10));
        schedulers.stalls = true;
        client.voicemail().refresh();
        pbx.on(
                "REGISTER",
                register -> pbx.respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600"));

        Account over = client.addAccount(SipAccount.builder("bob", HOST, Secret.of("pw-bob"))
                .tlsTrust(TlsTrust.anchoredAt(authority.certificate()))
                .build());
        time.runUntil(() -> over.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(10));

        assertThat(schedulers.stalled).isNotEmpty();
    }

    @Test
    void a_login_that_stalls_keeps_no_account_from_registering_over_tls() {
        schedulers.stalls = true;
        pbx.on(
                "REGISTER",
                register -> pbx.respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600"));
        var login = client.login(
                        new TestPhoneSystem("alice", Policy.OPEN), Login.of("alice@example.com", Secret.of("secret")))
                .toCompletableFuture();

        Account over = client.addAccount(SipAccount.builder("bob", HOST, Secret.of("pw-bob"))
                .tlsTrust(TlsTrust.anchoredAt(authority.certificate()))
                .build());
        time.runUntil(() -> over.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(10));

        assertThat(login).isNotDone();
    }

    @Test
    void a_search_for_a_phone_system_ends_with_its_account() {
        int timers = time.pendingTimers();
        network.dns().delay(Duration.ofHours(1));
        Account searching = client.addAccount(
                SipAccount.builder("bob", "pbx.example", Secret.of("pw-bob")).build());
        time.advance(Duration.ofSeconds(1));
        assertThat(searching.registration().state()).isEqualTo(RegistrationState.REGISTERING);

        searching.remove();
        time.advance(Duration.ofSeconds(6));

        assertThat(searching.registration().state()).isEqualTo(RegistrationState.UNREGISTERED);
        assertThat(time.pendingTimers()).isEqualTo(timers);
        int asked = network.dns().queries();
        time.advance(Duration.ofMinutes(5));
        assertThat(network.dns().queries()).isEqualTo(asked);
    }
}
