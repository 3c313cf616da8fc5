// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Phones that send their callers on by 302, and the PBX that follows them, in virtual time. */
class ForwardingPhonesTest {
    private static final int LOUD = 6_000;

    private PbxScene scene;
    private Phone alice;
    private Phone bob;
    private Phone carol;

    @BeforeEach
    void threePhones() {
        scene = new PbxScene(3, settings -> settings.noAnswer(Duration.ofSeconds(40)));
        alice = scene.phone("1001").registered().speaking(440);
        bob = scene.phone("1002").registered().speaking(880);
        carol = scene.phone("1003").registered().speaking(1_200);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void set(Phone phone, ForwardingRules rules) {
        var answer = phone.client.incomingCalls().forwarding().set(rules).toCompletableFuture();
        scene.until(answer::isDone);
        assertThat(answer.join().isDone()).isTrue();
    }

    private void assertReaches(Phone reached, String dialled) {
        Call call = alice.account.dial(dialled);
        scene.until(() -> reached.incoming != null, Duration.ofSeconds(60));
        assertThat(reached.incoming.snapshot().originallyCalled().user()).isEqualTo("1002");
        reached.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        scene.pass(Duration.ofSeconds(2));
        assertThat(alice.hears(1_200)).isGreaterThan(LOUD);
        assertThat(reached.hears(440)).isGreaterThan(LOUD);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void every_caller_is_sent_on() {
        set(bob, ForwardingRules.NONE.withAlways("1003"));

        assertReaches(carol, "1002");

        assertThat(bob.incoming).isNull();
    }

    @Test
    void an_unanswered_call_is_forwarded() {
        set(bob, ForwardingRules.NONE.withUnanswered("1003", Duration.ofSeconds(10)));

        assertReaches(carol, "1002");

        assertThat(bob.ending()).isEqualTo(new CallEnding.Forwarded());
    }

    @Test
    void a_ringing_call_that_the_user_forwards_reaches_the_target() {
        Call call = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        bob.incoming.forward("1003");
        scene.until(() -> carol.incoming != null);
        carol.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        assertThat(bob.ending()).isEqualTo(new CallEnding.Forwarded());
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void mutual_forwarding_by_302_rings_in_the_end() {
        set(bob, ForwardingRules.NONE.withAlways("1003"));
        set(carol, ForwardingRules.NONE.withAlways("1002"));
        Call call = alice.account.dial("1002");

        scene.until(() -> bob.incoming != null || carol.incoming != null, Duration.ofSeconds(10));

        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_forwarding_member_of_a_ring_group_does_not_take_the_call_from_the_others() {
        set(bob, ForwardingRules.NONE.withAlways("1001"));
        Call call = alice.account.dial("2000");
        scene.until(() -> carol.incoming != null);
        scene.pass(Duration.ofSeconds(2));

        carol.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_caller_forwarded_to_an_unknown_number_gets_not_found() {
        set(bob, ForwardingRules.NONE.withAlways("4999"));
        alice.account.dial("1002");
        scene.until(() -> alice.ending() != null);

        assertThat(alice.ending()).isEqualTo(new CallEnding.NotFound());
        scene.assertQuiet();
    }
}
