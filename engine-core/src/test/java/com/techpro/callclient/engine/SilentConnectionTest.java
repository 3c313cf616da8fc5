// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A connection over TCP that dies without a word, at phone systems that answer different things. Noticed is that the account no longer says REGISTERED;
 * mended, that it does again.
 */
class SilentConnectionTest {
    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final Duration MENDED = Duration.ofSeconds(35);

    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.tcp(5626);

    @AfterEach
    void close() {
        scene.close();
    }

    private void answersOptions(String status) {
        scene.pbx.on("OPTIONS", options -> scene.pbx.respond(options, status));
    }

    private void registered() {
        scene.registered();
        scene.registrations.clear();
    }

    /** The phone has another address, and nobody tells it: what is sent from the old one is lost, as is what is sent there. */
    private void dies() {
        scene.phone.moveTo("192.0.2.2");
    }

    private void justAfterTheNext(String method) {
        int before = scene.pbx.received(method).size();
        scene.until(() -> scene.pbx.received(method).size() > before);
        scene.pass(Duration.ofMillis(500));
    }

    private void assertNoticedAndMended() {
        int before = scene.pbx.received("REGISTER").size();
        dies();
        long died = scene.time.nanoTime();
        scene.time.runUntil(() -> !isRegistered(), NOTICED);
        scene.time.runUntil(this::isRegistered, MENDED.minusNanos(scene.time.nanoTime() - died));

        assertThat(scene.pbx.received("REGISTER")).hasSizeGreaterThan(before);
    }

    private boolean isRegistered() {
        return scene.alice.registration().state() == RegistrationState.REGISTERED;
    }

    private void assertNeverLostFor(Duration length) {
        int connections = scene.pbx.openConnections();
        scene.pass(length);

        assertThat(scene.registrations)
                .extracting(RegistrationSnapshot::state)
                .allMatch(RegistrationState.REGISTERED::equals);
        assertThat(scene.pbx.openConnections()).isEqualTo(connections);
    }

    @Test
    void one_that_dies_before_the_first_pong() {
        registered();

        assertNoticedAndMended();
    }

    @Test
    void one_that_dies_later_at_a_server_that_answers_pings() {
        registered();
        scene.pass(Duration.ofMinutes(7));
        // Just after it answered, which is the worst moment.
        int pings = scene.pbx.pings();
        scene.until(() -> scene.pbx.pings() > pings);
        scene.pass(Duration.ofMillis(500));

        assertNoticedAndMended();
        assertThat(scene.pbx.received("OPTIONS")).isEmpty();
    }

    @Test
    void one_that_dies_later_at_a_server_that_answers_options_alone() {
        scene.pbx.answersPings(false);
        answersOptions("200 OK");
        registered();
        scene.pass(Duration.ofMinutes(7));
        justAfterTheNext("OPTIONS");

        assertNoticedAndMended();
    }

    @Test
    void one_that_dies_later_at_a_server_that_answers_neither() {
        scene.pbx.answersPings(false);
        registered();
        scene.pass(Duration.ofMinutes(7));
        justAfterTheNext("REGISTER");

        assertNoticedAndMended();
    }

    @Test
    void a_connection_that_dies_before_the_keep_alive_method_is_known_is_replaced() {
        scene.pbx.answersPings(false);
        answersOptions("200 OK");
        registered();
        scene.pass(Duration.ofMillis(2_500));

        assertNoticedAndMended();
    }

    @Test
    void an_options_that_is_refused_was_answered() {
        scene.pbx.answersPings(false);
        answersOptions("403 Forbidden");
        registered();

        assertNeverLostFor(Duration.ofHours(1));
        assertThat(scene.pbx.received("REGISTER"))
                .as("nothing but the refreshes that are due anyway")
                .hasSizeLessThan(20);
    }

    @Test
    void an_options_that_is_challenged_is_not_repeated_with_the_password() {
        scene.pbx.answersPings(false);
        scene.pbx.on(
                "OPTIONS",
                options -> scene.pbx.respond(
                        options,
                        "401 Unauthorized",
                        "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256"));
        registered();

        assertNeverLostFor(Duration.ofMinutes(5));
        assertThat(scene.pbx.received("OPTIONS"))
                .noneMatch(options -> !options.headers("Authorization").isEmpty());
    }

    @Test
    void a_server_that_answers_neither_pings_nor_options_keeps_its_account() {
        scene.pbx.answersPings(false);
        registered();

        assertNeverLostFor(Duration.ofHours(1));
    }

    /** The host has asked for none of these, and the state is what it was. */
    @Test
    void a_refresh_that_only_asks_is_not_told_and_the_snapshot_knows_when_it_ends() {
        scene.pbx.answersPings(false);
        registered();
        scene.pbx.forget();

        assertNeverLostFor(Duration.ofHours(1));

        assertThat(scene.pbx.received("REGISTER")).hasSizeGreaterThan(150);
        assertThat(scene.registrations).isEmpty();
        assertThat(scene.alice.registration().expires())
                .isAfter(scene.time.now().plusSeconds(570));
    }

    @Test
    void a_refresh_that_the_host_asks_for_is_told() {
        scene.pbx.answersPings(false);
        registered();
        scene.pass(Duration.ofMinutes(1));
        assertThat(scene.registrations).isEmpty();

        scene.alice.register();
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.registrations)
                .extracting(RegistrationSnapshot::state)
                .containsExactly(RegistrationState.REGISTERED);
    }

    @Test
    void a_refresh_that_only_asks_is_told_if_the_host_asks_for_one_meanwhile() {
        scene.pbx.answersPings(false);
        registered();
        scene.pass(Duration.ofMinutes(1));
        List<ScriptedMessage> waiting = new ArrayList<>();
        scene.pbx.on("REGISTER", waiting::add);
        scene.until(() -> !waiting.isEmpty());

        scene.alice.register();
        scene.pass(Duration.ofMillis(100));
        scene.accept(waiting.get(0));
        scene.pass(Duration.ofMillis(100));

        assertThat(waiting).hasSize(1);
        assertThat(scene.registrations)
                .extracting(RegistrationSnapshot::state)
                .containsExactly(RegistrationState.REGISTERED);
    }

    @Test
    void a_refresh_that_is_due_is_told() {
        scene.pbx.answersPings(false);
        List<ScriptedMessage> waiting = new ArrayList<>();
        scene.pbx.on("OPTIONS", waiting::add);
        registered();
        scene.pass(Duration.ofSeconds(6));
        assertThat(scene.pbx.received("REGISTER")).as("one that only asks").hasSize(2);
        answersOptions("200 OK");
        scene.pbx.respond(waiting.get(0), "200 OK");

        scene.pass(Duration.ofMinutes(10));

        assertThat(scene.pbx.received("REGISTER")).hasSize(3);
        assertThat(scene.registrations)
                .extracting(RegistrationSnapshot::state)
                .containsExactly(RegistrationState.REGISTERED);
    }

    @Test
    void a_refresh_that_only_asks_and_is_refused_is_told() {
        scene.pbx.answersPings(false);
        registered();
        scene.pass(Duration.ofMinutes(1));
        scene.pbx.on("REGISTER", register -> scene.pbx.respond(register, "403 Forbidden"));
        scene.pass(Duration.ofSeconds(25));

        assertThat(scene.registrations)
                .extracting(RegistrationSnapshot::state)
                .containsExactly(RegistrationState.FAILED);
    }

    /** RFC 5626 §4.4.1 lets a client believe it. */
    private void promisesPongs() {
        scene.pbx.answersPings(false);
        scene.pbx.on(
                "REGISTER",
                register -> scene.pbx.respond(
                        register,
                        "200 OK",
                        "Contact: " + register.header("Contact") + ";expires=600",
                        "Flow-Timer: 120"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_server_that_promises_pongs_and_sends_none_keeps_its_connection(boolean answersOptions) {
        promisesPongs();
        if (answersOptions) {
            answersOptions("200 OK");
        }
        registered();

        assertNeverLostFor(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void one_that_dies_at_a_server_that_promises_pongs_and_sends_none(boolean answersOptions) {
        promisesPongs();
        if (answersOptions) {
            answersOptions("200 OK");
        }
        registered();
        scene.pass(Duration.ofMinutes(7));
        justAfterTheNext(answersOptions ? "OPTIONS" : "REGISTER");

        assertNoticedAndMended();
    }

    @Test
    void an_account_is_kept_if_its_registrar_answers_only_challenged_refreshes() {
        scene.pbx.answersPings(false);
        registered();
        scene.pbx.on("REGISTER", register -> {
            if (register.headers("Authorization").isEmpty()) {
                scene.pbx.respond(
                        register,
                        "401 Unauthorized",
                        "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256");
            } else {
                scene.accept(register);
            }
        });

        assertNeverLostFor(Duration.ofMinutes(10));
    }

    @Test
    void a_server_that_answers_options_no_more_is_asked_by_a_refresh() {
        scene.pbx.answersPings(false);
        answersOptions("200 OK");
        registered();
        scene.pass(Duration.ofMinutes(5));
        scene.pbx.on("OPTIONS", options -> {});

        assertNeverLostFor(Duration.ofMinutes(30));
    }

    @Test
    void keep_alive_support_is_probed_as_soon_as_the_account_is_registered() {
        scene.pbx.answersPings(false);
        registered();
        scene.pass(Duration.ofSeconds(6));

        assertThat(scene.pbx.pings()).isOne();
        assertThat(scene.pbx.received("OPTIONS")).hasSize(1);
        assertThat(scene.pbx.received("REGISTER")).hasSize(2);
    }

    @Test
    void each_keep_alive_asks_once() {
        scene.pbx.answersPings(false);
        answersOptions("200 OK");
        registered();
        scene.pass(Duration.ofSeconds(10));
        scene.pbx.forget();
        int pings = scene.pbx.pings();

        scene.pass(Duration.ofMinutes(5));

        assertThat(scene.pbx.received("OPTIONS")).hasSizeBetween(15, 19);
        assertThat(scene.pbx.pings()).isEqualTo(pings);
    }

    @Test
    void an_options_goes_to_the_server_itself() {
        scene.pbx.answersPings(false);
        answersOptions("200 OK");
        registered();
        scene.pass(Duration.ofSeconds(30));

        ScriptedMessage options = scene.pbx.last("OPTIONS");
        assertThat(options.startLine()).isEqualTo("OPTIONS sip:" + ScriptedPhoneSystem.HOST + " SIP/2.0");
        assertThat(options.header("From")).contains("alice@" + ScriptedPhoneSystem.HOST);
    }

    /** Until then the other side does not know that it is on hold. */
    @Test
    void a_hold_that_nobody_answered_is_told_over_the_next_connection() {
        scene.pbx.on(
                "INVITE",
                invite -> scene.pbx.respond(
                        invite,
                        "200 OK",
                        ScriptedPeer.lines(
                                "Contact: <sip:bob@" + ScriptedPhoneSystem.HOST + ":5060;transport=tcp>",
                                ScriptedPeer.sdp(ScriptedPhoneSystem.HOST, 40_000, 1))));
        registered();
        Call call = scene.established();
        scene.pass(Duration.ofSeconds(1));
        scene.pbx.forget();
        dies();

        call.hold();
        scene.time.runUntil(() -> !scene.pbx.received("INVITE").isEmpty(), MENDED.plusSeconds(4));
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.pbx.last("INVITE").body()).contains("a=sendonly");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
    }

    /** Longer than any number of attempts would take. The far end is heard all the time, as it does not know of the hold. */
    @Test
    void an_unanswered_hold_is_not_shown_as_accepted_and_is_sent_after_reconnection() {
        ScriptedSound far = new ScriptedSound(scene, "192.0.2.12", 50_000);
        scene.pbx.on("INVITE", invite -> {
            boolean hold = invite.body().contains("a=sendonly");
            scene.pbx.respond(
                    invite,
                    "200 OK",
                    ScriptedPeer.lines(
                            "Contact: <sip:bob@" + ScriptedPhoneSystem.HOST + ":5060;transport=tcp>",
                            ScriptedPeer.sdp("192.0.2.12", 50_000, 1, hold ? "a=recvonly" : "a=sendrecv")));
        });
        registered();
        Call call = scene.established();
        far.speak(Duration.ofSeconds(2));
        scene.pbx.disconnect();
        scene.network.partition(ScriptedPhoneSystem.PHONE, ScriptedPhoneSystem.HOST);
        call.hold();

        far.speak(Duration.ofMinutes(2));
        assertThat(scene.told(CallEvent.HoldChanged.class))
                .as("that the user wants it, and nothing else")
                .singleElement()
                .matches(told -> !told.after().holdAccepted());
        assertThat(call.snapshot().hold()).isEqualTo(HoldState.LOCAL);
        assertThat(call.snapshot().holdAccepted()).isFalse();

        scene.network.heal(ScriptedPhoneSystem.PHONE, ScriptedPhoneSystem.HOST);
        for (int i = 0; i < 60 && !call.snapshot().holdAccepted(); i++) {
            far.speak(Duration.ofSeconds(1));
        }

        assertThat(call.snapshot().holdAccepted()).isTrue();
        assertThat(scene.pbx.last("INVITE").body()).contains("a=sendonly");
        assertThat(scene.told(CallEvent.HoldChanged.class))
                .as("that it is wanted, and that it is accepted")
                .hasSize(2);
        far.close();
    }
}
