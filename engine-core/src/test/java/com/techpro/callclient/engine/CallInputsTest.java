// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.diagnostics.CallInputs;
import com.techpro.callclient.engine.internal.call.machine.CallReplay;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
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

    /** DTMF and a candidate by INFO, an INVITE with Replaces, a REFER to Carol and a BYE, all of a scripted peer. */
    @Test
    void an_incoming_call_replays_from_its_INVITE_through_DTMF_trickle_and_transfers() {
        try (ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                                79,
                                SipTransport.UDP,
                                account -> account.ice(IceSettings.DEFAULT.withUse(IceSettings.Use.OFFERED)),
                                config -> config.incomingTransfers(IncomingTransfers.FOLLOW)
                                        .lab(lab -> lab.traceCalls(5)))
                        .registered();
                LiteIcePeer peer = new LiteIcePeer(
                        scene.network.host("192.0.2.10"), new InetSocketAddress("192.0.2.10", 40_000))) {
            String[] description = {
                "a=ice-lite",
                "a=ice-options:ice2 trickle",
                "a=ice-ufrag:" + LiteIcePeer.UFRAG,
                "a=ice-pwd:" + LiteIcePeer.PASSWORD,
                "a=mid:audio",
                "a=rtcp-mux"
            };
            Call call = scene.answered(lines("Recv-Info: trickle-ice", sdp("0.0.0.0", 9, 1, description)));
            ScriptedMessage answer = scene.pbx.last("SIP/2.0 200");
            scene.pbx.on("NOTIFY", notify -> scene.pbx.respond(notify, "200 OK"));
            String relay = "Content-Type: application/dtmf-relay";
            scene.pbx.request("INFO", answer, 2, "bob", relay, "", "Signal=#", "Duration=160");
            scene.pbx.request(
                    "INFO",
                    answer,
                    3,
                    "bob",
                    LiteIcePeer.fragment(
                            LiteIcePeer.PASSWORD, "audio", "a=candidate:1 1 UDP 2130706431 192.0.2.10 40000 typ host"));
            scene.pass(Duration.ofSeconds(1));
            scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
            String replaces = "Replaces: one;to-tag=" + answer.parameter("To", "tag") + ";from-tag=bob";
            scene.invite("two", "z9hG4bKtwo", 1, lines(replaces, sdp("192.0.2.10", 40_020, 1)));
            scene.until(() -> !scene.pbx.received("BYE").isEmpty());
            ScriptedMessage second = scene.pbx.last("SIP/2.0 200");
            scene.pbx.request("ACK", second, 1, "bob");
            scene.pbx.request("REFER", second, 2, "bob", "Refer-To: <sip:carol@" + ScriptedPhoneSystem.HOST + ">");
            scene.until(() -> !scene.told(CallEvent.TransferFollowed.class).isEmpty());
            scene.pbx.request("BYE", second, 3, "bob");
            scene.until(() -> call.snapshot().state() == CallState.ENDED);

            var report = scene.client.diagnostics().toCompletableFuture();
            scene.until(report::isDone);
            List<String> lines = report.join().callInputs().stream()
                    .filter(inputs -> inputs.call().equals(call.id()))
                    .findFirst()
                    .orElseThrow()
                    .lines();
            assertThat(lines.get(0)).isEqualTo("INCOMING\tIdle");
            assertThat(CallReplay.replayed(lines))
                    .hasSameSizeAs(lines.subList(1, lines.size()))
                    .isEqualTo(CallReplay.recorded(lines))
                    .startsWith("InviteReceived -> Incoming INCOMING | Ring180 INVITE 1, StartRingTimer")
                    .contains(
                            "DtmfReceived -> Confirmed Settled ESTABLISHED | Report DtmfReceived",
                            "CandidatesReceived -> Confirmed Settled ESTABLISHED | AddCandidates INFO 2",
                            "Replaced -> Confirmed AwaitingAck ESTABLISHED | AbandonTransfers, Respond INVITE 3 200+sdp,"
                                    + " Report PartyIdentified",
                            "TransferRequested -> Confirmed Settled ESTABLISHED | DecideTransfer REFER 4");
            assertThat(String.join("\n", lines))
                    .contains("DtmfReceived path=INFO length=160\t")
                    .doesNotContain("carol", LiteIcePeer.PASSWORD, "192.0.2.10");
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
