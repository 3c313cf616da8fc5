// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The same seed gives the same run, byte for byte: signalling, keys and media, losses included. */
class DeterminismTest {
    @Test
    void a_lossy_scenario_repeats_itself_exactly() {
        byte[] once = trace(7);
        byte[] again = trace(7);

        assertThat(once.length).as("there is something to compare").isGreaterThan(100_000);
        assertThat(again).isEqualTo(once);
    }

    @Test
    void another_seed_gives_another_run() {
        assertThat(trace(8)).isNotEqualTo(trace(7));
    }

    /** Two phones call each other over a bad network, hold, press keys, and hang up. */
    private static byte[] trace(long seed) {
        UnaryOperator<CallClientConfig.Builder> patient = config -> config.ringTimeout(Duration.ofMinutes(3));
        try (PhoneScene scene = new PhoneScene(seed)) {
            scene.network.defaultConditions(LinkConditions.PERFECT
                    .withDelay(Duration.ofMillis(40))
                    .withJitter(Duration.ofMillis(30))
                    .withLoss(0.1)
                    .withDuplicates(0.05)
                    .withReordering(0.05, Duration.ofMillis(25)));
            Phone alice = scene.phone("alice", "192.0.2.1", patient);
            Phone bob = scene.phone("bob", "192.0.2.2", patient);
            alice.speaking(440);
            bob.speaking(880);
            scene.until(
                    () -> alice.account.registration().state() == RegistrationState.REGISTERED
                            && bob.account.registration().state() == RegistrationState.REGISTERED,
                    Duration.ofMinutes(2));
            Call call = alice.account.dial("bob");
            scene.until(() -> bob.incoming != null, Duration.ofMinutes(1));
            bob.incoming.answer();
            scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED, Duration.ofMinutes(1));
            scene.pass(Duration.ofSeconds(3));
            call.sendDtmf("42");
            call.hold();
            scene.pass(Duration.ofSeconds(5));
            call.resume();
            scene.pass(Duration.ofSeconds(5));
            bob.incoming.hangUp();
            scene.pass(Duration.ofSeconds(40));
            assertThat(call.snapshot().state()).isEqualTo(CallState.ENDED);
            return scene.network.trace().toBytes();
        }
    }
}
