// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The flow that an account is registered over: what keeps it open, and what does not end it. */
class RegistrationFlowTest {
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

    private static String address(ScriptedPhoneSystem scene) {
        return scene.pbx.remote().getHostString() + ":" + scene.pbx.remote().getPort();
    }
}
