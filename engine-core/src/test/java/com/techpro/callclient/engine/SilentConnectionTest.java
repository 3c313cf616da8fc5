// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    void one_that_dies_while_nobody_knows_what_the_server_answers() {
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

    @Test
    void a_registrar_without_a_word_but_for_refreshes_that_are_challenged_keeps_its_account() {
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
    void what_a_server_answers_is_found_out_as_soon_as_the_account_is_registered() {
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
        Call call = scene.alice.dial("bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
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
}
