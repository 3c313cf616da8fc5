// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures;
import com.techpro.callclient.testkit.pbx.fault.Stub;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is gone of a PBX that was reset, and what stays. */
class PbxResetTest {
    private final PbxScene scene = new PbxScene(221, settings -> settings);
    private final EmbeddedPbx pbx = scene.pbx;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void requests_and_those_to_be_taken_are_gone_and_counters_begin_at_0() {
        scene.phone("1001").registered();
        assertThat(pbx.requests("REGISTER")).isNotEmpty();
        assertThat(pbx.state().requests("REGISTER")).isPositive();

        pbx.reset();

        assertThat(pbx.requests()).isEmpty();
        assertThat(pbx.state().requests()).isEmpty();
        assertThatThrownBy(() -> pbx.takeRequest("REGISTER", Duration.ofMillis(100)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void a_repetition_of_a_request_from_before_is_no_new_one() throws Exception {
        try (PlainPhoneScene wire = new PlainPhoneScene()) {
            String options = wire.phone.request("OPTIONS", "sip:pbx.test", "before");
            wire.phone.send(options);
            wire.time.advance(Duration.ofMillis(100));
            assertThat(wire.pbx.requests("OPTIONS")).hasSize(1);

            wire.pbx.reset();
            wire.phone.send(options);
            wire.time.advance(Duration.ofMillis(100));
            assertThat(wire.pbx.requests("OPTIONS")).isEmpty();

            wire.phone.send(wire.phone.request("OPTIONS", "sip:pbx.test", "after"));
            wire.time.advance(Duration.ofMillis(100));
            assertThat(wire.pbx.requests("OPTIONS")).hasSize(1);
            wire.time.advance(Duration.ofSeconds(40));
        }
    }

    @Test
    void stubs_are_gone() {
        Stub down = pbx.on("REGISTER").reply(503);

        pbx.reset();
        scene.phone("1001").registered();

        assertThat(down.hits()).isZero();
    }

    @Test
    void faults_of_signalling_are_gone_and_counted_from_0() {
        pbx.faults().onRequest("REGISTER").answer(503);
        scene.phone("1001");
        scene.until(() -> pbx.faults().fired() > 0);

        pbx.reset();
        scene.phone("1002").registered();

        assertThat(pbx.faults().fired()).isZero();
    }

    @Test
    void faults_of_conference_documents_are_gone() {
        pbx.faults().conference().document("8000").truncate();

        pbx.reset();

        assertThat(pbx.faults().conference().next("8000", "1001")).isNull();
    }

    @Test
    void faults_of_media_are_gone() {
        pbx.faults().media().loseShare(1);
        pbx.faults().media().silence(true);
        pbx.faults().media("1001").toPhone().lose(0.5);
        pbx.faults().media("1002").fromPhone().silence(true);

        pbx.reset();

        assertThat(pbx.faults().media("1001").toPhone().figures()).isEqualTo(MediaFigures.NONE);
        assertThat(pbx.faults().media("1002").fromPhone().figures()).isEqualTo(MediaFigures.NONE);

        assertThat(pbx.faults().media().lostShare()).isZero();
        assertThat(pbx.faults().media().loses()).isFalse();
    }

    @Test
    void clearing_the_faults_clears_those_of_each_kind() {
        pbx.on("REGISTER").reply(503);
        pbx.faults().conference().document("8000").truncate();
        pbx.faults().media().loseShare(1);
        pbx.faults().media("1001").toPhone().loseEvenly(0.5);

        pbx.faults().clear();

        assertThat(pbx.faults().media("1001").toPhone().figures()).isEqualTo(MediaFigures.NONE);

        assertThat(pbx.faults().conference().next("8000", "1001")).isNull();
        assertThat(pbx.faults().media().loses()).isFalse();
        scene.phone("1001").registered();
    }

    @Test
    void calls_that_talk_and_calls_that_ring_are_hung_up() {
        Phone alice = scene.phone("1001").registered();
        Phone bob = scene.phone("1002").registered();
        Phone carol = scene.phone("1003").registered();
        scene.talk(alice, bob);
        PlacedCall rings = pbx.call("1003").ring();
        scene.until(() -> carol.incoming != null);
        // Not even a goodbye that would be lost stays under way.
        pbx.faults().onOutgoing("BYE").drop();

        pbx.reset();

        assertThat(pbx.liveCalls()).isEmpty();
        assertThat(pbx.state().activeCalls()).isZero();
        assertThat(pbx.state().mediaPorts()).isZero();
        assertThat(pbx.state().connectedCalls()).isZero();
        scene.until(() -> alice.ending() != null && bob.ending() != null && carol.ending() != null);
        assertThat(alice.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        assertThat(bob.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        rings.awaitRefusal(Duration.ofSeconds(1));
        scene.assertQuiet();
    }

    @Test
    void registrations_stay_and_calls_come() {
        Phone alice = scene.phone("1001").registered();
        Phone bob = scene.phone("1002").registered();

        pbx.reset();

        assertThat(pbx.state().registrations()).hasSize(2);
        scene.talk(alice, bob).hangUp();
        scene.assertQuiet();
        assertThat(pbx.requests("INVITE")).isNotEmpty();
    }

    @Test
    void texts_that_were_sent_and_that_wait_are_gone() {
        Phone alice = scene.phone("1001").registered();
        pbx.sendMessage("1002", "1003", "for nobody");
        var sent = alice.account.sendMessage("1003", "for nobody").toCompletableFuture();
        scene.until(sent::isDone);
        assertThat(pbx.messagesWaitingFor("1003")).isEqualTo(2);
        assertThat(pbx.messages()).hasSize(1);

        pbx.reset();

        assertThat(pbx.messagesWaitingFor("1003")).isZero();
        assertThat(pbx.messages()).isEmpty();
    }

    @Test
    void a_reset_clears_settings_made_by_feature_codes() {
        Phone alice = scene.phone("1001").registered();
        Phone bob = scene.phone("1002").registered();
        bob.account.dial("*78");
        scene.until(() -> bob.ending() != null);

        pbx.reset();

        scene.talk(alice, bob).hangUp();
        scene.assertQuiet();
    }

    @Test
    void lamps_go_out() {
        Phone alice = scene.phone("1001").registered();
        pbx.setMessages("1001", 3, 0);
        scene.pass(Duration.ofSeconds(1));
        assertThat(last(alice).waiting()).isTrue();

        pbx.reset();
        scene.pass(Duration.ofSeconds(1));

        assertThat(last(alice).waiting()).isFalse();
    }

    @Test
    void a_crash_and_a_bad_certificate_are_over() {
        pbx.crash();
        pbx.reset();
        scene.phone("1001").registered();

        pbx.restartWith(ServerCertificate.EXPIRED);
        pbx.reset();
        scene.phone("1002").registered();
    }

    @Test
    void a_dead_edge_lives() {
        pbx.dropEdge(pbx.address(SipTransport.TLS));

        pbx.reset();

        scene.phone("1001").registered();
    }

    @Test
    void a_closed_one_is_left_alone() {
        EmbeddedPbx other = EmbeddedPbx.builder()
                .address("10.0.0.2")
                .extensions("1001")
                .random(scene.time.random("other"))
                .start(scene.network.host("10.0.0.2"), scene.time);
        other.close();

        other.reset();
    }

    private static MessagesWaiting last(Phone phone) {
        return phone.messages.get(phone.messages.size() - 1);
    }
}
