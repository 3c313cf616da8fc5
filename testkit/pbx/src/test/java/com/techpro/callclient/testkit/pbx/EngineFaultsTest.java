// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.fault.FaultScript;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine's phones make of a phone system in which things go wrong. */
class EngineFaultsTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private PbxScene scene;
    private FaultScript faults;

    @BeforeEach
    void start() {
        scene = new PbxScene(1, settings -> profile(settings).nextNonces());
        faults = scene.pbx.faults();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void lost_requests_and_answers_are_repeated_over_udp() {
        faults.onRequest("REGISTER").times(2).drop();
        faults.onResponse("REGISTER").times(2).drop();

        overUdp("1001").registered();

        assertThat(faults.fired()).isEqualTo(4);
    }

    @Test
    void everything_twice_does_no_harm() {
        for (String method : new String[] {"REGISTER", "INVITE", "ACK", "BYE"}) {
            faults.onRequest(method).duplicate();
            faults.onResponse(method).duplicate();
            faults.onOutgoing(method).duplicate();
            faults.onReply(method).duplicate();
        }
        Phone alice = overUdp("1001").registered().speaking(440);
        Phone bob = overUdp("1002").registered().speaking(880);

        Call call = scene.talk(alice, bob);

        assertThat(alice.hears(880)).isGreaterThan(6_000);
        call.hangUp();
        scene.until(() -> bob.ending() != null);
        scene.assertQuiet();
        assertThat(scene.pbx.state().connectedCalls()).isEqualTo(1);
    }

    @Test
    void slow_answers_are_waited_for() {
        faults.onResponse("REGISTER").delay(Duration.ofSeconds(3));
        faults.onResponse("INVITE").status(200).times(1).delay(Duration.ofSeconds(3));
        Phone alice = scene.phone("1001").registered();

        Call call = alice.account.dial("600");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_useless_nonce_is_replaced() {
        faults.onRequest("REGISTER").times(1).uselessNonce();

        scene.phone("1001").registered();

        assertThat(scene.pbx.state().isRegistered("1001")).isTrue();
        assertThat(scene.pbx.state().failedLogins()).isZero();
    }

    @Test
    void an_unavailable_registrar_is_left_alone_for_as_long_as_it_asks() {
        faults.onRequest("REGISTER").times(1).unavailable(Duration.ofSeconds(40));
        Phone alice = scene.phone("1001");
        scene.until(() -> alice.account.registration().state() == RegistrationState.WAITING);

        assertThat(alice.account.registration().failure()).isInstanceOf(Failure.ServerError.class);
        long asked = scene.pbx.state().requests("REGISTER");
        scene.pass(Duration.ofSeconds(38));
        assertThat(scene.pbx.state().requests("REGISTER")).isEqualTo(asked);

        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(2));
    }

    @Test
    void a_forbidden_extension_does_not_hammer() {
        faults.onRequest("REGISTER").answer(403);
        Phone alice = scene.phone("1001");
        scene.until(() -> alice.account.registration().state() == RegistrationState.FAILED);

        int hit = faults.fired();
        scene.pass(Duration.ofMinutes(10));

        assertThat(faults.fired()).isEqualTo(hit);
        assertThat(alice.account.registration().failure()).isEqualTo(new Failure.Forbidden());
    }

    @Test
    void garbled_answers_over_udp_count_as_lost() {
        faults.onResponse("REGISTER").times(2).garble();

        overUdp("1001").registered();

        assertThat(faults.fired()).isEqualTo(2);
    }

    @Test
    void a_garbled_answer_over_tls_ends_the_connection_and_the_engine_comes_back() {
        faults.onResponse("REGISTER").times(1).garble();
        Phone alice = scene.phone("1001");

        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(3));
    }

    @Test
    void a_connection_that_is_cut_is_made_again() {
        Phone alice = scene.phone("1001").registered();

        scene.network.resetStreams(PbxScene.PBX, "10.0.0.01");
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.state().isRegistered("1001")).isFalse();

        scene.until(() -> scene.pbx.state().isRegistered("1001"), Duration.ofMinutes(3));
        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED);
        Call call = alice.account.dial("600");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_connection_cut_in_place_of_an_answer_ends_the_call_that_waits_for_it() {
        faults.onResponse("INVITE").status(200).times(1).cutConnection();
        Phone alice = scene.phone("1001").registered();

        alice.account.dial("600");
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isInstanceOf(CallEnding.Failed.class);
        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(3));
        scene.assertQuiet();
    }

    @Test
    void a_restart_with_lost_bindings_is_noticed_and_healed() {
        Phone alice = scene.phone("1001").registered();

        scene.pbx.restart();
        assertThat(scene.pbx.state().registrations()).isEmpty();

        scene.until(() -> scene.pbx.state().isRegistered("1001"), Duration.ofMinutes(3));
        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED);
    }

    @Test
    void a_crash_in_a_call_ends_it_when_no_media_comes_any_more() {
        Phone alice = scene.phone("1001").registered().speaking(440);
        Phone bob = scene.phone("1002").registered().speaking(880);
        scene.talk(alice, bob);

        scene.pbx.crash();
        scene.until(() -> alice.ending() != null && bob.ending() != null, Duration.ofMinutes(2));

        scene.pbx.recover();
        scene.until(() -> scene.pbx.state().registrations().size() == 2, Duration.ofMinutes(5));
        scene.assertQuiet();
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED, tls-expired", "WRONG_HOST, tls-host-name", "UNTRUSTED, tls-untrusted"})
    void each_wrong_certificate_is_refused_with_its_own_reason(ServerCertificate certificate, String code) {
        scene.pbx.restartWith(certificate);

        Phone alice = scene.phone("1001");
        scene.until(() -> alice.account.registration().failure() != null, Duration.ofMinutes(1));

        assertThat(alice.account.registration().failure().code()).isEqualTo(code);
        assertThat(alice.account.registration().state()).isEqualTo(RegistrationState.WAITING);
        assertThat(alice.account.registration().retryIn()).isGreaterThan(Duration.ofMinutes(2));
        assertThat(scene.pbx.state().requests()).isEmpty();
    }

    @Test
    void a_renewed_certificate_is_found_by_itself_and_without_hammering() {
        scene.pbx.restartWith(ServerCertificate.EXPIRED);
        Phone alice = scene.phone("1001");
        int[] attempts = {0};
        RegistrationState[] before = {null};
        Instant end = scene.time.now().plus(Duration.ofHours(1));
        scene.until(
                () -> {
                    RegistrationState now = alice.account.registration().state();
                    attempts[0] += now == RegistrationState.REGISTERING && before[0] != now ? 1 : 0;
                    before[0] = now;
                    return scene.time.now().isAfter(end);
                },
                Duration.ofHours(2));
        scene.until(() -> alice.account.registration().state() == RegistrationState.WAITING);
        assertThat(alice.account.registration().failure().code()).isEqualTo("tls-expired");
        assertThat(attempts[0]).isBetween(12, 25);

        scene.pbx.restartWith(ServerCertificate.VALID);
        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(6));
    }

    @Test
    void a_200_that_is_lost_is_repeated_until_acknowledged() {
        faults.onResponse("INVITE").status(200).times(3).drop();
        Phone alice = scene.phone("1001").registered();

        Call call = alice.account.dial("600");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED, Duration.ofSeconds(20));

        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void an_ack_that_is_lost_is_repeated_when_the_200_comes_again() {
        faults.onRequest("ACK").times(2).drop();
        Phone alice = scene.phone("1001").registered();

        Call call = alice.account.dial("600");
        scene.pass(Duration.ofSeconds(40));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    @Tag("slow")
    void lost_media_is_concealed_and_counted() {
        Phone alice = scene.phone("1001").registered().speaking(440);
        Phone bob = scene.phone("1002").registered().speaking(880);
        Call call = scene.talk(alice, bob);
        faults.media().loseShare(0.05);

        scene.pass(Duration.ofSeconds(20));

        assertThat(call.snapshot().quality().receiving().lost()).isBetween(20L, 90L);
        assertThat(call.snapshot().quality().receiving().framesConcealed()).isPositive();
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void media_that_stops_for_good_ends_the_call() {
        Phone alice = scene.phone("1001").registered().speaking(440);
        Phone bob = scene.phone("1002").registered().speaking(880);
        scene.talk(alice, bob);

        faults.media().silence(true);
        scene.until(() -> alice.ending() != null && bob.ending() != null, Duration.ofMinutes(2));

        assertThat(alice.ending() instanceof CallEnding.MediaTimeout || bob.ending() instanceof CallEnding.MediaTimeout)
                .isTrue();
        scene.assertQuiet();
    }

    private Phone overUdp(String extension) {
        return scene.phone(
                extension, scene.pbx.account(extension, SipTransport.UDP).build());
    }
}
