// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import static com.techpro.callclient.engine.presence.LampState.IDLE;
import static com.techpro.callclient.engine.presence.LampState.RINGING;
import static com.techpro.callclient.engine.presence.LampState.TALKING;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.run.WatchedCalls;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaChoice.Path;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Busy lamps of the soak: what is not shown, shown late, out of order, or besides is counted. */
class LampCheckTest {
    private static final List<LampState> CALLED = List.of(RINGING, TALKING, IDLE);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final LampCheck lamps = new LampCheck(time.openLoop("soak"));
    private final Extension user = new Extension(0, "1001", MediaChoice.PLAIN, null);

    @AfterEach
    void close() {
        time.close();
    }

    private SoakReport.Lamps call(List<LampState> shown) {
        lamps.begin(user);
        shown.forEach(state -> lamps.show(user, state));
        lamps.ended(user, CALLED);
        time.advance(Duration.ofSeconds(10));
        assertThat(lamps.allJudged()).isTrue();
        return lamps.figures();
    }

    @Test
    void a_call_with_every_change_shown_turns_the_gate_green() {
        assertThat(lamps.gate().green()).isFalse();
        assertThat(call(CALLED)).isEqualTo(new SoakReport.Lamps(3, 3, 0));
        assertThat(lamps.gate().green()).isTrue();
    }

    @Test
    void a_change_that_comes_a_little_late_counts_and_one_that_is_too_late_does_not() {
        lamps.begin(user);
        lamps.show(user, RINGING);
        lamps.show(user, TALKING);
        lamps.ended(user, CALLED);
        time.advance(Duration.ofSeconds(1));
        assertThat(lamps.isJudged(user)).isFalse();
        lamps.show(user, IDLE);
        time.advance(Duration.ofSeconds(1));
        assertThat(lamps.isJudged(user)).isTrue();
        assertThat(lamps.gate().green()).isTrue();

        assertThat(call(List.of(RINGING, TALKING))).isEqualTo(new SoakReport.Lamps(6, 5, 0));
        assertThat(lamps.gate().green()).isFalse();
    }

    @Test
    void a_change_that_is_missing_is_red() {
        assertThat(call(List.of(TALKING, IDLE))).isEqualTo(new SoakReport.Lamps(3, 2, 0));
        assertThat(lamps.gate().green()).isFalse();
    }

    @Test
    void a_change_too_many_is_red() {
        assertThat(call(List.of(RINGING, TALKING, IDLE, TALKING, IDLE))).isEqualTo(new SoakReport.Lamps(3, 3, 2));
        assertThat(lamps.gate().green()).isFalse();
    }

    @Test
    void changes_out_of_order_are_red() {
        assertThat(call(List.of(TALKING, RINGING, IDLE))).isEqualTo(new SoakReport.Lamps(3, 2, 1));
        assertThat(lamps.gate().green()).isFalse();
    }

    @Test
    void a_change_after_the_last_is_red() {
        call(CALLED);
        lamps.show(user, TALKING);
        lamps.begin(user);
        assertThat(lamps.figures().wrong()).isEqualTo(1);
    }

    @Test
    void both_users_of_a_call_are_seen_to_ring_talk_and_be_free_again() throws IOException {
        MediaChoice plain = new MediaChoice(List.of("pcmu"), KeyingPolicy.SDES_ONLY, Path.WITHOUT_ICE);
        try (WatchedCalls calls = new WatchedCalls(9, plain, plain)) {
            calls.watchAndListen();
            for (int i = 0; i < 3; i++) {
                assertThat(calls.call().problem()).isNull();
            }
            assertThat(calls.lamps.figures()).isEqualTo(new SoakReport.Lamps(15, 15, 0));
            assertThat(calls.lamps.gate()).matches(Gate::green);
        }
    }
}
