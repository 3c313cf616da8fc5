// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The flow that an account is registered over: what keeps it open, what ends it, and what does not. */
class RegistrationFlowTest {
    private static final String NAME = "proxy.example";
    private static final String MOVED = "192.0.2.11";

    /** Refreshed all along: the state is told again, and is never another one. */
    private static void assertNeverLost(ScriptedPhoneSystem scene) {
        assertThat(scene.registrations.get(0).state()).isEqualTo(RegistrationState.REGISTERING);
        assertThat(scene.registrations.subList(1, scene.registrations.size()))
                .extracting(RegistrationSnapshot::state)
                .containsOnly(RegistrationState.REGISTERED);
    }

    @Test
    void aPhoneSystemThatPingsAndNeverAnswersPingsKeepsItsRegistrationForHours() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(1)) {
            scene.pbx.answersPings(false);
            scene.registered();

            for (int i = 1; i <= 160; i++) {
                scene.pass(Duration.ofSeconds(90));
                scene.pbx.ping();
                scene.pass(Duration.ofMillis(100));
                assertThat(scene.pbx.pongs())
                        .as("each of its pings is answered by one CRLF")
                        .isEqualTo(i);
            }

            assertNeverLost(scene);
            assertThat(scene.pbx.openConnections()).isOne();
            assertThat(scene.pbx.received("REGISTER"))
                    .as("ours go on, as what this one answers")
                    .hasSizeGreaterThan(450);
        }
    }

    @Test
    void aPhoneSystemThatStopsAnsweringPingsButIsHeardKeepsItsRegistration() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(2).registered()) {
            scene.pass(Duration.ofSeconds(65));
            scene.pbx.answersPings(false);
            // One ping is not answered, but something comes within the time that the answer had: the far end is there.
            int before = scene.pbx.pings();
            scene.until(() -> scene.pbx.pings() > before);
            scene.pbx.ping();

            scene.pass(Duration.ofHours(1));

            assertNeverLost(scene);
            assertThat(scene.pbx.openConnections()).isOne();
        }
    }

    @Test
    void aPhoneSystemThatAnsweredPingsAndFallsSilentHasItsFlowReplaced() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(3).registered()) {
            scene.pass(Duration.ofSeconds(65));
            scene.pbx.answersPings(false);

            scene.pass(Duration.ofSeconds(45));

            assertThat(scene.registrations)
                    .extracting(RegistrationSnapshot::state)
                    .containsSubsequence(
                            RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.REGISTERED);
        }
    }

    @Test
    void lineEndsThatAPhoneSystemSendsBySchedulesOfItsOwnAreNotTakenForAnswers() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(4)) {
            scene.pbx.answersPings(false);
            scene.registered();

            for (int i = 0; i < 200; i++) {
                scene.pass(Duration.ofSeconds(37));
                scene.pbx.sendBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }

            assertNeverLost(scene);
            assertThat(scene.pbx.openConnections()).isOne();
        }
    }

    @Test
    void aBindingWhoseContactTheRegistrarRewroteIsKeptAlive() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(5)) {
            scene.pbx.on(
                    "REGISTER",
                    register -> scene.pbx.respond(
                            register, "200 OK", "Contact: <sip:s4711@" + address(scene) + ">;expires=600"));
            scene.registered();

            scene.pass(Duration.ofMinutes(5));

            assertThat(scene.pbx.pings()).isBetween(15, 20);
        }
    }

    /** Over UDP, at a proxy whose name leads to the phone system until the test says otherwise. */
    private static ScriptedPhoneSystem byName(long seed) {
        ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                seed,
                SipTransport.UDP,
                account -> account.outboundProxy(HostPort.parse(NAME + ":5060")),
                config -> config);
        leadsTo(scene, ScriptedPhoneSystem.HOST);
        return scene;
    }

    private static void leadsTo(ScriptedPhoneSystem scene, String address) {
        scene.network.dns().remove(NAME).address(NAME, address);
    }

    private static boolean isRegistered(ScriptedPhoneSystem scene) {
        return scene.alice.registration().state() == RegistrationState.REGISTERED;
    }

    @Test
    void over_UDP_an_account_asks_DNS_again_after_a_dead_address() {
        try (ScriptedPhoneSystem scene = byName(6)) {
            leadsTo(scene, "192.0.2.99");
            scene.pass(Duration.ofSeconds(1));
            leadsTo(scene, ScriptedPhoneSystem.HOST);

            scene.time.runUntil(() -> isRegistered(scene), Duration.ofMinutes(2));
        }
    }

    @Test
    void an_account_follows_a_phone_system_that_moves_over_udp() {
        try (ScriptedPhoneSystem scene = byName(7).registered();
                ScriptedPeer moved = ScriptedPeer.udp(scene.network.host(MOVED), MOVED, 5060)) {
            moved.on(
                    "REGISTER",
                    register -> moved.respond(
                            register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600"));
            scene.pbx.on("REGISTER", register -> {});
            leadsTo(scene, MOVED);

            scene.time.runUntil(() -> !moved.received("REGISTER").isEmpty(), Duration.ofMinutes(12));
            scene.pass(Duration.ofSeconds(1));

            assertThat(isRegistered(scene)).isTrue();
        }
    }

    @Test
    void over_UDP_a_silent_phone_system_is_asked_at_growing_intervals() {
        try (ScriptedPhoneSystem scene = byName(8)) {
            scene.pbx.on("REGISTER", register -> {});
            scene.pass(Duration.ofHours(1));

            assertThat(scene.pbx.received("REGISTER").stream()
                            .map(register -> register.header("CSeq"))
                            .distinct())
                    .hasSizeBetween(10, 20);
            scene.pbx.on("REGISTER", scene::accept);
            scene.time.runUntil(() -> isRegistered(scene), Duration.ofMinutes(6));
        }
    }

    @Test
    void a_call_over_udp_outlives_a_register_without_an_answer() {
        try (ScriptedPhoneSystem scene = byName(9).registered();
                ScriptedSound far = new ScriptedSound(scene, ScriptedPhoneSystem.HOST, 40_000)) {
            scene.pbx.on("INVITE", scene::ok);
            Call call = scene.established();
            scene.pbx.on("REGISTER", register -> {});
            scene.alice.register();
            far.speak(Duration.ofSeconds(33));
            assertThat(isRegistered(scene)).isFalse();

            call.hold();
            scene.pass(Duration.ofSeconds(1));
            assertThat(call.snapshot().holdAccepted()).isTrue();

            scene.pbx.on("REGISTER", scene::accept);
            scene.until(() -> isRegistered(scene));
            scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
            call.hangUp();
            scene.pass(Duration.ofSeconds(1));
            assertThat(scene.pbx.received("BYE")).hasSize(1);
        }
    }

    private static String address(ScriptedPhoneSystem scene) {
        return scene.pbx.remote().getHostString() + ":" + scene.pbx.remote().getPort();
    }
}
