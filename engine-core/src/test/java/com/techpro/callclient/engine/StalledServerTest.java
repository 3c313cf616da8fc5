// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.TlsServerNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that stall: whatever waits for them keeps the rest of the client from nothing. */
class StalledServerTest {
    private static final String HOST = "192.0.2.10";

    private final VirtualTime time = VirtualTime.seeded(15);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 15);
    private final StallingWorkers schedulers = new StallingWorkers(time);
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
        schedulers.stall();
        client.voicemail().refresh();
        pbx.on(
                "REGISTER",
                register -> pbx.respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600"));

        Account over = client.addAccount(SipAccount.builder("bob", HOST, Secret.of("pw-bob"))
                .tlsTrust(TlsTrust.anchoredAt(authority.certificate()))
                .build());
        time.runUntil(() -> over.registration().state() == RegistrationState.REGISTERED, Duration.ofSeconds(10));

        assertThat(schedulers.anyStalled()).isTrue();
    }

    @Test
    void a_login_that_stalls_keeps_no_account_from_registering_over_tls() {
        schedulers.stall();
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

    @Test
    void a_phone_system_that_hangs_keeps_nobody_from_logging_out_and_erasing() {
        try (PhoneScene scene = new PhoneScene(87)) {
            StallingWorkers workers = new StallingWorkers(scene.time);
            PhoneScene.Phone phone = scene.phone(
                    "owner",
                    "192.0.2.1",
                    config ->
                            config.platform(p -> p.store(new FakeSecureStore())).lab(lab -> lab.schedulers(workers)));
            phone.registered();
            TestPhoneSystem system = new TestPhoneSystem("alice", Policy.OPEN);
            Login login = Login.of("alice@example.com", Secret.of("the secret"));
            var first = phone.client.login(system, login).toCompletableFuture();
            scene.until(first::isDone);
            workers.stall();
            var loggedOut = phone.client.logout(LogoutOptions.EVERYTHING).toCompletableFuture();
            scene.pass(Duration.ofSeconds(20));
            assertThat(loggedOut).isCompleted();
            workers.goOn();
            var second = phone.client.login(system, login).toCompletableFuture();
            scene.until(second::isDone);
            assertThat(second.join().code()).isEqualTo("logged-in");

            workers.stall();
            var erased = phone.client.privacy().erase().toCompletableFuture();
            scene.pass(Duration.ofSeconds(8));
            phone.client.addAccount(PhoneScene.account("latecomer"));
            scene.pass(Duration.ofSeconds(30));
            assertThat(erased).isCompletedWithValue(new ErasureOutcome.Erased());
            assertThat(phone.client.accounts()).isEmpty();
        }
    }
}
