// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What engines measure and hear whose encrypted sound has a bad way. */
class EngineMediaFaultsTest {
    private static final int LOUD = 6_000;

    private final PbxScene scene = new PbxScene(223, settings -> settings);
    private Phone alice;
    private Phone bob;
    private Call alices;

    @BeforeEach
    void twoTalk() {
        alice = scene.phone("1001").registered().speaking(440);
        bob = scene.phone("1002").registered().speaking(880);
        alices = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(3));
    }

    @AfterEach
    void close() {
        alices.hangUp();
        scene.until(() -> alice.ending() != null && bob.ending() != null);
        scene.assertQuiet();
        scene.close();
    }

    private CallQuality ofAlice() {
        return alices.snapshot().quality();
    }

    private CallQuality ofBob() {
        return bob.incoming.snapshot().quality();
    }

    @Test
    void a_loss_is_counted_only_by_its_receiver() {
        MediaImpairment way = scene.pbx.faults().media("1002").toPhone().loseEvenly(0.05);
        scene.pass(Duration.ofSeconds(20));
        long lost = way.lost();
        assertThat(way.packets()).isBetween(990L, 1_010L);
        assertThat(lost).isEqualTo(way.packets() / 20);
        scene.pbx.faults().clear();
        scene.pass(Duration.ofSeconds(10));

        assertThat(ofBob().receiving().lost()).isEqualTo(lost);
        assertThat(ofAlice().receiving().lost()).isZero();
        assertThat(bob.hears(440)).isGreaterThan(LOUD);
    }

    @Test
    void a_delay_is_in_the_round_trip() {
        scene.pass(Duration.ofSeconds(20));
        Duration before = ofAlice().latest().roundTrip();
        assertThat(before).isNotNull().isLessThan(Duration.ofMillis(60));
        scene.pbx.faults().media("1002").toPhone().delay(Duration.ofMillis(120));
        scene.pbx.faults().media("1001").fromPhone().delay(Duration.ofMillis(80));

        scene.pass(Duration.ofSeconds(40));

        assertThat(ofAlice().latest().roundTrip().minus(before))
                .isBetween(Duration.ofMillis(170), Duration.ofMillis(230));
        assertThat(ofBob().receiving().lost()).isZero();
        assertThat(bob.hears(440)).isGreaterThan(LOUD);
    }

    @Test
    void reordered_and_duplicated_packets_are_played_without_loss() {
        scene.pbx.faults().media("1002").toPhone().reorder(0.1).duplicate(0.1);
        scene.pbx.faults().media("1002").fromPhone().reorder(0.1).duplicate(0.1);

        scene.pass(Duration.ofSeconds(20));

        assertThat(ofBob().receiving().lost()).isZero();
        assertThat(ofAlice().receiving().lost()).isZero();
        assertThat(bob.hears(440)).isGreaterThan(LOUD);
        assertThat(alice.hears(880)).isGreaterThan(LOUD);
    }

    @Test
    void one_hears_and_the_other_does_not() {
        scene.pbx.faults().media("1001").fromPhone().silence(true);
        scene.pass(Duration.ofSeconds(2));

        assertThat(bob.hears(440)).isLessThan(200);
        assertThat(alice.hears(880)).isGreaterThan(LOUD);

        scene.pbx.faults().clear();
        scene.pass(Duration.ofSeconds(2));
        assertThat(bob.hears(440)).isGreaterThan(LOUD);
    }

    @Test
    void keys_that_come_twice_are_two_and_lost_ones_none() {
        MediaImpairment way = scene.pbx.faults().media("1002").toPhone().doubleKeys(1);
        alices.sendDtmf("7");
        scene.until(() -> bob.keys().equals("77"));

        way.doubleKeys(0).loseKeys(1);
        alices.sendDtmf("8");
        scene.pass(Duration.ofSeconds(2));
        way.clear();
        alices.sendDtmf("9");
        scene.until(() -> bob.keys().equals("779"));

        assertThat(bob.hears(440)).isGreaterThan(LOUD);
        assertThat(ofBob().receiving().lost()).isZero();
    }

    @Test
    void clocks_that_drift_are_heard_without_a_packet_lost() {
        scene.pbx.faults().media("1002").toPhone().drift(0.002);
        scene.pbx.faults().media("1001").toPhone().drift(-0.002);
        scene.pass(Duration.ofSeconds(40));

        assertThat(bob.hears(440)).isGreaterThan(LOUD);
        assertThat(alice.hears(880)).isGreaterThan(LOUD);
        assertThat(ofBob().receiving().lost() + ofAlice().receiving().lost()).isZero();
        assertThat(ofBob().receiving().packets() - ofAlice().receiving().packets())
                .isBetween(6L, 10L);
    }
}
