// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One rule for all stages of the API: they complete on the callbacks' executor. */
class StagesOnCallbacksTest {
    private final Queue<Runnable> callbacks = new ArrayDeque<>();
    private final ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                    24, SipTransport.UDP, account -> account, config -> config.callbacks(callbacks::add))
            .registered();
    private final ScriptedPeer pbx = scene.pbx;

    @AfterEach
    void close() {
        scene.close();
    }

    /** The stage completes only when the host's executor runs. */
    private void assertCompletedByCallback(CompletionStage<?> stage) {
        scene.pass(Duration.ofSeconds(1));
        assertThat(stage.toCompletableFuture()).isNotDone();
        while (!callbacks.isEmpty()) {
            callbacks.remove().run();
        }
        assertThat(stage).isCompleted();
    }

    @Test
    void commands_complete_there() {
        pbx.on(
                "INVITE",
                invite -> pbx.respond(
                        invite, "200 OK", lines("Contact: <sip:bob@192.0.2.10:5060>", sdp("192.0.2.10", 40_000, 1))));
        Call call = scene.alice.dial("200");
        assertCompletedByCallback(call.whenEstablished());
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        assertCompletedByCallback(call.setMuted(true));
        assertCompletedByCallback(call.hold());
        assertCompletedByCallback(call.resume());
        assertCompletedByCallback(call.answer());
        call.hangUp();
        scene.pass(Duration.ofSeconds(1));
        assertCompletedByCallback(call.hold());
    }

    @Test
    void counters_and_diagnostics_complete_there() {
        assertCompletedByCallback(scene.client.counters());
        assertCompletedByCallback(scene.client.diagnostics());
    }

    @Test
    void counters_complete_there_after_closing() {
        scene.client.close();
        scene.pass(Duration.ofSeconds(10));

        assertCompletedByCallback(scene.client.counters());
        assertCompletedByCallback(scene.client.diagnostics());
    }
}
