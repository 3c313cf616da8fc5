// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine that sleeps: its clock goes on, and its timers do not. */
class SleepScenarioTest {
    private static final Duration A_KEEP_ALIVE = Duration.ofSeconds(35);

    private ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(26);

    @AfterEach
    void close() {
        scene.close();
    }

    private int registrations() {
        return scene.pbx.received("REGISTER").size();
    }

    @Test
    void after_two_hours_of_sleep_the_account_registers_again_at_once() {
        scene.registered();
        int before = registrations();

        scene.time.jumpWallClock(Duration.ofHours(2));
        scene.time.advance(A_KEEP_ALIVE);

        assertThat(registrations()).isGreaterThan(before);
    }

    @Test
    void a_registration_is_not_made_again_for_each_keep_alive_after_that() {
        scene.registered();
        scene.time.jumpWallClock(Duration.ofHours(2));
        scene.time.advance(A_KEEP_ALIVE);
        int before = registrations();

        scene.time.advance(Duration.ofMinutes(5));

        assertThat(registrations()).isEqualTo(before);
    }

    @Test
    void a_clock_that_is_corrected_or_set_back_changes_nothing() {
        scene.registered();
        int before = registrations();

        scene.time.jumpWallClock(Duration.ofSeconds(3));
        scene.time.advance(A_KEEP_ALIVE);
        scene.time.jumpWallClock(Duration.ofHours(-2));
        scene.time.advance(A_KEEP_ALIVE);

        assertThat(registrations()).isEqualTo(before);
    }

    @Test
    void a_call_that_rings_goes_on_ringing() {
        scene.registered();
        scene.invite("one", "z9hG4bKone", 1, sdp("192.0.2.10", 40_000, 1));
        scene.pass(Duration.ofSeconds(1));

        scene.time.jumpWallClock(Duration.ofMinutes(1));
        scene.time.advance(A_KEEP_ALIVE);

        assertThat(scene.incoming.get(0).snapshot().state()).isEqualTo(CallState.INCOMING);
    }
}
