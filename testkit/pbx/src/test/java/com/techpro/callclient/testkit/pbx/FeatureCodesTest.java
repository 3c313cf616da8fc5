// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.settings.FeatureCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine's phones dial to have the PBX do something, in virtual time. */
class FeatureCodesTest {
    private static final int LOUD = 6_000;

    private PbxScene scene;
    private Phone alice;
    private Phone bob;
    private Phone carol;

    @BeforeEach
    void threePhones() {
        open(new PbxScene(1, settings -> settings.noAnswer(Duration.ofSeconds(20))));
    }

    private void open(PbxScene opened) {
        scene = opened;
        alice = scene.phone("1001").registered().speaking(440);
        bob = scene.phone("1002").registered().speaking(880);
        carol = scene.phone("1003").registered().speaking(1_200);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void assertConnected(Phone one, double ones, Phone other, double others) {
        scene.pass(Duration.ofSeconds(2));
        assertThat(one.hears(others)).as("heard by " + one.extension).isGreaterThan(LOUD);
        assertThat(other.hears(ones)).as("heard by " + other.extension).isGreaterThan(LOUD);
    }

    /** Dials, and waits until the PBX has said goodbye. */
    private void set(Phone phone, String code) {
        phone.events.clear();
        phone.account.dial(code);
        scene.until(() -> phone.ending() != null);
        assertThat(phone.ending()).isEqualTo(new CallEnding.RemoteHangUp());
        phone.events.clear();
    }

    private CallEnding endingOf(Phone phone, String number) {
        phone.events.clear();
        phone.account.dial(number);
        scene.until(() -> phone.ending() != null, Duration.ofSeconds(60));
        return phone.ending();
    }

    @Test
    void a_call_that_rings_elsewhere_is_picked_up() {
        Call call = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);

        Call picked = carol.account.dial("*81002");
        scene.until(() -> picked.snapshot().state() == CallState.ESTABLISHED && bob.ending() != null);

        assertThat(bob.ending()).isEqualTo(new CallEnding.AnsweredElsewhere());
        assertConnected(alice, 440, carol, 1_200);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void where_nothing_rings_nothing_is_picked_up() {
        assertThat(endingOf(carol, "*81002")).isEqualTo(new CallEnding.NotFound());
        scene.assertQuiet();
    }

    @Test
    void a_parked_call_hears_music_until_it_is_retrieved() {
        Call call = scene.talk(alice, bob);

        var transfer = call.transfer("700").toCompletableFuture();
        scene.until(transfer::isDone);
        assertThat(transfer.join()).isEqualTo(new TransferOutcome.Transferred());
        scene.pass(Duration.ofSeconds(1));
        assertThat(scene.pbx.parked()).isEqualTo(Map.of("701", "1002"));
        assertThat(bob.hears(660)).isGreaterThan(LOUD);

        Call fetched = carol.account.dial("701");
        scene.until(() -> fetched.snapshot().state() == CallState.ESTABLISHED);
        assertConnected(bob, 880, carol, 1_200);
        assertThat(scene.pbx.parked()).isEmpty();
        fetched.hangUp();
        scene.until(() -> bob.ending() != null);
        scene.assertQuiet();
    }

    @Test
    void a_parked_call_that_hangs_up_frees_its_slot() {
        Call call = scene.talk(alice, bob);
        call.transfer("700");
        scene.until(() -> !scene.pbx.parked().isEmpty());
        scene.pass(Duration.ofSeconds(1));
        bob.incoming.hangUp();
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.pbx.parked()).isEmpty();
        assertThat(endingOf(carol, "701")).isEqualTo(new CallEnding.NotFound());
        scene.assertQuiet();
    }

    @Test
    void do_not_disturb_rejects_calls_as_busy_until_it_is_off() {
        set(bob, "*78");
        assertThat(endingOf(alice, "1002")).isEqualTo(new CallEnding.Busy());
        assertThat(bob.incoming).isNull();

        set(bob, "*79");
        Call call = scene.talk(alice, bob);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void calls_to_a_busy_extension_are_forwarded_even_under_do_not_disturb() {
        set(bob, "*901003");
        set(bob, "*78");
        Call call = scene.talk(alice, "1002", carol);

        assertThat(bob.incoming).isNull();
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void a_ring_group_skips_members_on_do_not_disturb() {
        set(bob, "*78");
        Call call = scene.talk(alice, "2000", carol);

        assertThat(bob.incoming).isNull();
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void calls_go_where_their_user_is() {
        set(bob, "*721003");
        Call call = scene.talk(alice, "1002", carol);
        assertThat(carol.incoming.snapshot().originallyCalled().user()).isEqualTo("1002");
        assertConnected(alice, 440, carol, 1_200);
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));

        set(bob, "*73");
        Call again = scene.talk(alice, bob);
        again.hangUp();
        scene.assertQuiet();
    }

    @Test
    void calls_that_a_busy_user_rejects_go_elsewhere() {
        set(bob, "*901003");
        Call call = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        bob.incoming.reject(RejectReason.BUSY);
        scene.until(() -> carol.incoming != null);
        carol.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);

        assertThat(carol.incoming.snapshot().originallyCalled().user()).isEqualTo("1002");
        assertConnected(alice, 440, carol, 1_200);
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void calls_that_nobody_answers_go_elsewhere() {
        set(bob, "*92600");
        Call call = alice.account.dial("1002");
        scene.until(() -> bob.incoming != null);
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED, Duration.ofSeconds(30));
        scene.pass(Duration.ofSeconds(1));

        assertThat(alice.hears(440)).isGreaterThan(LOUD);
        assertThat(bob.ending()).isEqualTo(new CallEnding.CancelledByCaller());
        call.hangUp();
        scene.assertQuiet();
    }

    @Test
    void mutual_forwarding_on_busy_is_bounded() {
        set(bob, "*901003");
        set(carol, "*901002");
        alice.account.dial("1002");
        int calls = 0;
        while (alice.ending() == null) {
            scene.pass(Duration.ofSeconds(1));
            for (Phone phone : List.of(bob, carol)) {
                if (phone.incoming != null) {
                    phone.incoming.reject(RejectReason.BUSY);
                    phone.incoming = null;
                    calls++;
                }
            }
        }

        assertThat(calls).isEqualTo(6);
        assertThat(alice.ending()).isInstanceOf(CallEnding.Failed.class);
        scene.assertQuiet();
    }

    @Test
    void the_codes_can_be_others_or_none() {
        scene.close();
        open(new PbxScene(2, settings -> settings.featureCode(FeatureCode.DO_NOT_DISTURB, "#1")));
        set(bob, "#1");
        assertThat(endingOf(alice, "1002")).isEqualTo(new CallEnding.Busy());
        assertThat(endingOf(bob, "*78")).isEqualTo(new CallEnding.NotFound());
        scene.close();
        open(new PbxScene(3, PbxBuilder::withoutFeatureCodes));
        assertThat(endingOf(bob, "*79")).isEqualTo(new CallEnding.NotFound());
        assertThatThrownBy(() -> EmbeddedPbx.builder().featureCode(FeatureCode.PARK, "*5"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
