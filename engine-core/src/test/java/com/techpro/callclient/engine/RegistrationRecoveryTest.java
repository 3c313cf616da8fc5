// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No answer of a registrar is a dead end, and none is asked for without a pause. */
class RegistrationRecoveryTest {
    private static final Failure WRONG = new Failure.AuthenticationFailed(AuthenticationProblem.WRONG_CREDENTIALS);

    private static RegistrationState state(ScriptedPhoneSystem scene) {
        return scene.alice.registration().state();
    }

    @Test
    void aRegistrarThatWantsASecondMoreEachTimeIsAskedRarelyAndObeyedWhenItRelents() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(1)) {
            scene.pbx.on(
                    "REGISTER",
                    register -> scene.pbx.respond(
                            register,
                            "423 Interval Too Brief",
                            "Min-Expires: " + (Long.parseLong(register.header("Expires")) + 1)));

            scene.pass(Duration.ofHours(1));

            assertThat(scene.pbx.received("REGISTER")).hasSizeBetween(10, 40);
            assertThat(scene.registrations)
                    .filteredOn(snapshot -> snapshot.state() == RegistrationState.WAITING)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(snapshot -> assertThat(snapshot.failure()).isEqualTo(new Failure.Rejected(423)));
            scene.pbx.on("REGISTER", scene::accept);
            scene.pass(Duration.ofMinutes(6));
            assertThat(state(scene)).isEqualTo(RegistrationState.REGISTERED);
        }
    }

    @Test
    void aRegistrarThatCallsEveryNonceStaleIsAskedAgainLater() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(2)) {
            scene.pbx.on(
                    "REGISTER",
                    register -> scene.pbx.respond(
                            register,
                            "401 Unauthorized",
                            "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n"
                                    + scene.pbx.received().size() + "\", algorithm=SHA-256, qop=\"auth\", stale=true"));

            scene.pass(Duration.ofMinutes(30));

            assertThat(scene.alice.registration().failure())
                    .isIn(new Failure.AuthenticationFailed(AuthenticationProblem.STALE), null);
            assertThat(state(scene)).isIn(RegistrationState.WAITING, RegistrationState.REGISTERING);
            assertThat(scene.pbx.received("REGISTER")).hasSizeBetween(12, 60);
            scene.pbx.on("REGISTER", scene::accept);
            scene.pass(Duration.ofMinutes(6));
            assertThat(state(scene)).isEqualTo(RegistrationState.REGISTERED);
        }
    }

    @Test
    void anAccountThatWasForbiddenRegistersWhenItIsTold() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(3)) {
            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "403 Forbidden"));
            scene.until(() -> state(scene) == RegistrationState.FAILED);
            scene.pass(Duration.ofHours(1));
            assertThat(scene.pbx.received("REGISTER")).hasSize(1);

            scene.alice.register();
            scene.pass(Duration.ofSeconds(1));
            assertThat(scene.pbx.received("REGISTER")).hasSize(2);
            assertThat(state(scene)).isEqualTo(RegistrationState.FAILED);
            scene.pbx.on("REGISTER", scene::accept);
            scene.alice.register();
            scene.pass(Duration.ofSeconds(1));

            assertThat(state(scene)).isEqualTo(RegistrationState.REGISTERED);
        }
    }

    @Test
    void anAccountThatWaitsRegistersAtOnceWhenItIsToldAndARegisteredOneRefreshes() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(4)) {
            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "404 Not Found"));
            scene.until(() -> state(scene) == RegistrationState.WAITING);
            scene.pbx.on("REGISTER", scene::accept);
            scene.alice.register();
            scene.pass(Duration.ofMillis(200));
            assertThat(state(scene)).isEqualTo(RegistrationState.REGISTERED);
            assertThat(scene.pbx.received("REGISTER")).hasSize(2);

            scene.alice.register();
            scene.alice.register();
            scene.pass(Duration.ofMillis(200));

            assertThat(scene.pbx.received("REGISTER")).as("one at a time").hasSize(3);
            scene.alice.remove();
            scene.until(() -> scene.client.accounts().isEmpty());
            assertThatThrownBy(scene.alice::register).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> scene.alice.updateCredentials(Secret.of("x")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void register_and_a_new_password_answer_with_the_state_in_which_their_attempt_ends() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(10)) {
            scene.registered();
            scene.pbx.on("REGISTER", register -> {});
            var refresh = scene.alice.register().toCompletableFuture();
            scene.pass(Duration.ofMillis(400));
            assertThat(state(scene)).isEqualTo(RegistrationState.REGISTERED);
            assertThat(refresh).as("the refresh is not answered").isNotDone();

            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "503 Busy"));
            scene.until(refresh::isDone);
            assertThat(refresh.join().state()).isEqualTo(RegistrationState.WAITING);
            assertThat(refresh.join()).isEqualTo(scene.registrations.get(scene.registrations.size() - 1));

            scene.pbx.on("REGISTER", register -> challengeUnlessProven(scene, register, "changed"));
            var old = scene.alice.register().toCompletableFuture();
            scene.until(old::isDone);
            assertThat(old.join().failure()).isEqualTo(WRONG);
            var changed = scene.alice.updateCredentials(Secret.of("changed")).toCompletableFuture();
            scene.until(changed::isDone);
            assertThat(changed.join().state()).isEqualTo(RegistrationState.REGISTERED);

            var last = scene.alice.register().toCompletableFuture();
            scene.alice.remove();
            scene.until(last::isDone);
            assertThat(last.join().state()).isEqualTo(RegistrationState.UNREGISTERED);
        }
    }

    @Test
    void aNewPasswordIsGoneOnWithAtOnce() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(5)) {
            scene.pbx.on("REGISTER", register -> challengeUnlessProven(scene, register, "changed"));
            scene.until(() -> state(scene) == RegistrationState.FAILED);
            assertThat(scene.alice.registration().failure()).isEqualTo(WRONG);

            Secret changed = Secret.of("changed");
            scene.alice.updateCredentials(changed);
            changed.wipe();
            scene.pass(Duration.ofSeconds(1));
            assertThat(state(scene)).isEqualTo(RegistrationState.REGISTERED);

            // The administrator changes it again; the host is faster than the next refresh.
            scene.pbx.on("REGISTER", register -> challengeUnlessProven(scene, register, "again"));
            scene.alice.updateCredentials(Secret.of("again"));
            scene.pass(Duration.ofHours(1));
            assertThat(scene.registrations)
                    .filteredOn(snapshot -> snapshot.state() == RegistrationState.FAILED)
                    .hasSize(1);
        }
    }

    @Test
    void aPasswordThatIsChangedWhileTheOldOneIsBeingTriedIsTriedAtOnce() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(6)) {
            scene.pbx.on("REGISTER", register -> {
                if (!register.header("Authorization").isEmpty()
                        && scene.registrations.size() == 1
                        && scene.pbx.received("REGISTER").size() == 2) {
                    scene.alice.updateCredentials(Secret.of("changed"));
                }
                challengeUnlessProven(scene, register, "changed");
            });

            scene.pass(Duration.ofSeconds(1));

            assertThat(scene.registrations)
                    .extracting(RegistrationSnapshot::state)
                    .containsExactly(RegistrationState.REGISTERING, RegistrationState.REGISTERED);
        }
    }

    @Test
    void whoeverWaitsForTheRegistrationHearsOfItOnceAndOfItsEndToo() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(7)) {
            CompletableFuture<RegistrationSnapshot> first =
                    scene.alice.whenRegistered().toCompletableFuture();
            assertThat(first).isNotDone();
            scene.registered();
            scene.pass(Duration.ofMillis(100));
            assertThat(first.join().state()).isEqualTo(RegistrationState.REGISTERED);
            assertThat(scene.registrations).as("the event comes first").isNotEmpty();

            CompletableFuture<RegistrationSnapshot> later =
                    scene.alice.whenRegistered().toCompletableFuture();
            scene.pass(Duration.ofMillis(100));
            assertThat(later.join().state()).isEqualTo(RegistrationState.REGISTERED);

            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "503 Busy", "Retry-After: 30"));
            scene.alice.register();
            scene.pass(Duration.ofSeconds(1));
            CompletableFuture<RegistrationSnapshot> waiting =
                    scene.alice.whenRegistered().toCompletableFuture();
            scene.pass(Duration.ofSeconds(20));
            assertThat(waiting).as("the engine tries again by itself").isNotDone();
            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "403 Forbidden"));
            scene.pass(Duration.ofSeconds(20));
            assertThat(waiting.join().state()).isEqualTo(RegistrationState.FAILED);
            assertThat(waiting.join().failure()).isEqualTo(new Failure.Forbidden());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "480 Temporarily Unavailable", "486 Busy Here", "503 Busy", "600 Busy"})
    void whateverTheAnswerIsNobodyAsksAgainBeforeTheTimeThatItNames(String answer) {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(9)) {
            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, answer, "Retry-After: 120 (maintenance)"));
            scene.until(() -> scene.alice.registration().state() == RegistrationState.WAITING);

            scene.pass(Duration.ofSeconds(119));
            assertThat(scene.pbx.received("REGISTER")).hasSize(1);

            scene.pass(Duration.ofSeconds(4));
            assertThat(scene.pbx.received("REGISTER")).hasSize(2);
        }
    }

    @Test
    void whoeverWaitsForARegistrationThatNeverComesHearsWhenTheClientCloses() {
        ScriptedPhoneSystem scene = new ScriptedPhoneSystem(8, SipTransport.UDP, account -> account, config -> config);
        scene.pbx.on("REGISTER", register -> {});
        CompletableFuture<RegistrationSnapshot> before =
                scene.alice.whenRegistered().toCompletableFuture();
        scene.pass(Duration.ofSeconds(1));

        scene.client.close();
        scene.pass(Duration.ofSeconds(1));
        CompletableFuture<RegistrationSnapshot> after =
                scene.alice.whenRegistered().toCompletableFuture();
        scene.close();

        assertThat(before.join().state()).isEqualTo(RegistrationState.UNREGISTERED);
        assertThat(after.join().state()).isEqualTo(RegistrationState.UNREGISTERED);
    }

    @Test
    void aRegistrarThatFallsSilentOnAConnectionThatSeemsOpenIsReachedOnANewOne() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(9)) {
            scene.pbx.answersPings(false);
            scene.registered();
            InetSocketAddress silent = scene.pbx.remote();
            scene.pbx.on("REGISTER", register -> {
                if (!scene.pbx.remote().equals(silent)) {
                    scene.accept(register);
                }
            });
            scene.alice.register();
            scene.time.runUntil(() -> state(scene) != RegistrationState.REGISTERED, Duration.ofSeconds(34));
            int sent = scene.pbx.received("REGISTER").size();

            scene.until(() -> state(scene) == RegistrationState.REGISTERED);

            assertThat(scene.pbx.openConnections()).isOne();
            assertThat(scene.pbx.received("REGISTER")).hasSizeBetween(sent + 1, sent + 2);
        }
    }

    @Test
    void a_new_connection_that_loses_the_register_is_soon_replaced() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(11)) {
            scene.pbx.on("REGISTER", register -> scene.pbx.on("REGISTER", scene::accept));

            scene.time.runUntil(() -> state(scene) == RegistrationState.REGISTERED, Duration.ofSeconds(8));

            assertThat(scene.pbx.received("REGISTER")).hasSize(2);
            assertThat(scene.pbx.openConnections()).isOne();
        }
    }

    @Test
    void a_server_that_takes_longer_to_answer_is_waited_for_on_the_second_connection() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(12)) {
            scene.pbx.on("REGISTER", register -> {});
            scene.until(() -> scene.pbx.received("REGISTER").size() == 2);
            scene.pass(Duration.ofSeconds(20));

            scene.accept(scene.pbx.last("REGISTER"));
            scene.pass(Duration.ofSeconds(1));

            assertThat(state(scene)).isEqualTo(RegistrationState.REGISTERED);
            assertThat(scene.pbx.received("REGISTER")).hasSize(2);
        }
    }

    @Test
    void a_server_that_never_answers_is_asked_twice_and_then_left_alone_for_a_while() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(13)) {
            scene.pbx.on("REGISTER", register -> {});

            scene.pass(Duration.ofSeconds(65));

            assertThat(scene.pbx.received("REGISTER")).hasSize(2);
            assertThat(scene.alice.registration().failure()).isEqualTo(new Failure.TimedOut(Failure.Waited.RESPONSE));
        }
    }

    @Test
    void a_connection_on_which_the_server_says_anything_is_waited_for() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(14)) {
            scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "100 Trying"));
            scene.pass(Duration.ofSeconds(25));

            scene.accept(scene.pbx.last("REGISTER"));
            scene.pass(Duration.ofSeconds(1));

            assertThat(state(scene)).isEqualTo(RegistrationState.REGISTERED);
            assertThat(scene.pbx.received("REGISTER")).hasSize(1);
        }
    }

    @Test
    void whatKeptAnAccountFromRegisteringIsStillItsReasonWhenTheClientShutsDown() {
        try (ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                10,
                SipTransport.TLS,
                account -> account.outboundProxy(HostPort.parse("192.0.2.10:5061")),
                config -> config)) {
            scene.until(() -> state(scene) == RegistrationState.WAITING);
            Failure cause = scene.alice.registration().failure();
            assertThat(cause).isInstanceOf(Failure.TlsFailed.class);

            var closed = scene.client.shutdown(Duration.ofSeconds(2)).toCompletableFuture();
            scene.until(closed::isDone);

            RegistrationSnapshot last = scene.registrations.get(scene.registrations.size() - 1);
            assertThat(last.state()).isEqualTo(RegistrationState.UNREGISTERED);
            assertThat(last.failure()).isEqualTo(cause);
        }
    }

    /** RFC 7616 without qop, the shortest of its forms. */
    private static void challengeUnlessProven(ScriptedPhoneSystem scene, ScriptedMessage register, String password) {
        String proof = register.header("Authorization");
        String uri = register.requestUri();
        String nonce = value(proof, "nonce");
        String expected = hash(hash("alice:pbx:" + password) + ":" + nonce + ":" + hash("REGISTER:" + uri));
        if (!proof.isEmpty() && value(proof, "response").equals(expected)) {
            scene.accept(register);
        } else {
            scene.pbx.respond(
                    register,
                    "401 Unauthorized",
                    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n"
                            + scene.pbx.received().size() + "\", algorithm=SHA-256");
        }
    }

    private static String value(String header, String name) {
        int at = header.indexOf(name + "=\"");
        return at < 0 ? "" : header.substring(at + name.length() + 2, header.indexOf('"', at + name.length() + 2));
    }

    private static String hash(String text) {
        try {
            StringBuilder hex = new StringBuilder();
            for (byte b : MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))) {
                hex.append(String.format("%02x", b));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
