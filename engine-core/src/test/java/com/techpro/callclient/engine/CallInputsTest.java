// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.diagnostics.CallInputs;
import com.techpro.callclient.engine.internal.call.machine.CallReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The inputs of calls that a diagnostics report contains, and their replay. */
class CallInputsTest {
    private static List<CallInputs> inputs(PhoneScene scene, Phone phone) {
        var report = phone.client.diagnostics().toCompletableFuture();
        scene.until(report::isDone);
        return report.join().callInputs();
    }

    private static void liveACall(PhoneScene scene, Phone alice, Phone bob) {
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(2));
        call.hold();
        bob.incoming.hold();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.BOTH);
        call.resume();
        scene.until(() -> bob.incoming.snapshot().hold() == HoldState.LOCAL);
        call.sendDtmf("4711");
        scene.pass(Duration.ofSeconds(2));
        bob.incoming.hangUp();
        scene.pass(Duration.ofSeconds(2));
    }

    @Test
    void the_inputs_of_both_ends_of_a_call_replay_with_the_same_phases_and_effects() throws IOException {
        try (PhoneScene scene = new PhoneScene(77)) {
            Phone alice = scene.phone("alice", "192.0.2.1", config -> config.lab(lab -> lab.traceCalls(5)))
                    .registered();
            Phone bob = scene.phone("bob", "192.0.2.2", config -> config.lab(lab -> lab.traceCalls(5)))
                    .registered();

            liveACall(scene, alice, bob);

            for (Phone phone : List.of(alice, bob)) {
                CallInputs kept = inputs(scene, phone).get(0);
                assertThat(CallReplay.recorded(kept.lines())).hasSizeGreaterThan(6);
                assertThat(CallReplay.replayed(kept.lines())).isEqualTo(CallReplay.recorded(kept.lines()));
                String folder = System.getProperty("callclient.writeTables");
                if (folder != null) {
                    Files.write(Path.of(folder, "call-traces", "hold-of-" + phone.user + ".txt"), kept.lines());
                }
            }
        }
    }

    @Test
    void the_oldest_calls_are_dropped_and_none_is_kept_by_default() {
        try (PhoneScene scene = new PhoneScene(78)) {
            Phone alice = scene.phone("alice", "192.0.2.1", config -> config.lab(lab -> lab.traceCalls(2)))
                    .registered();
            Phone bob = scene.phone("bob", "192.0.2.2").registered();
            String last = "";
            for (int i = 0; i < 3; i++) {
                bob.incoming = null;
                Call call = scene.talk(alice, bob);
                last = call.id();
                call.hangUp();
                scene.pass(Duration.ofSeconds(2));
            }

            assertThat(inputs(scene, alice))
                    .hasSize(2)
                    .last()
                    .extracting(CallInputs::call)
                    .isEqualTo(last);
            assertThat(inputs(scene, bob)).isEmpty();
        }
    }
}
