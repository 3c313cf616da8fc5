// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A transfer to a busy number at a phone system that hangs the transferee up two seconds later and says nothing of it: this side's leg stays up, with reports and without sound.
 */
class FailedTransferTest {
    private static final String CONTACT = "Contact: <sip:bob@" + ScriptedPhoneSystem.HOST + ":5060>";
    private static final int FAR_PORT = 40_000;

    private final List<TransferOutcome> outcomes = new ArrayList<>();
    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;
    private ScriptedMessage answer;
    private DatagramLink far;
    private Call call;
    private int sequence = 100;
    private int cseq = 1;

    @BeforeEach
    void talking() throws IOException {
        scene = ScriptedPhoneSystem.udp(5590).registered();
        pbx = scene.pbx;
        far = scene.network
                .host(ScriptedPhoneSystem.HOST)
                .openDatagram(new InetSocketAddress(ScriptedPhoneSystem.HOST, FAR_PORT), (packet, from) -> {});
        scene.invite("one", "z9hG4bKone", 1, sdp("192.0.2.10", FAR_PORT, 1));
        scene.until(() -> !scene.incoming.isEmpty());
        call = scene.incoming.get(0);
        call.answer();
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        answer = pbx.last("SIP/2.0 200");
        pbx.request("ACK", answer, 1, "bob");
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        pbx.on("BYE", bye -> pbx.respond(bye, "200 OK"));
        pbx.on(
                "INVITE",
                invite -> pbx.respond(
                        invite,
                        "200 OK",
                        lines(
                                CONTACT,
                                sdp(
                                        "192.0.2.10",
                                        FAR_PORT,
                                        invite.body().contains("a=sendonly") ? 2 : 3,
                                        invite.body().contains("a=sendonly") ? "a=recvonly" : "a=sendrecv"))));
    }

    @AfterEach
    void close() {
        far.close();
        scene.close();
    }

    private void transferFails() {
        call.transfer("carol").thenAccept(outcomes::add);
        scene.until(() -> !pbx.received("REFER").isEmpty());
        pbx.respond(pbx.last("REFER"), "202 Accepted", CONTACT);
        pbx.request(
                "NOTIFY",
                answer,
                ++cseq,
                "bob",
                CONTACT,
                "Event: refer",
                "Subscription-State: terminated;reason=noresource",
                "Content-Type: message/sipfrag;version=2.0",
                "",
                "SIP/2.0 486 Busy Here");
        scene.until(() -> !outcomes.isEmpty());
        assertThat(outcomes).containsExactly(new TransferOutcome.Failed(new Failure.Busy()));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    private void speak(Duration length) {
        for (int i = 0; i < length.toMillis() / 20; i++) {
            ByteBuffer packet = ByteBuffer.allocate(172);
            packet.put((byte) 0x80)
                    .put((byte) 0)
                    .putShort((short) sequence)
                    .putInt(sequence * 160)
                    .putInt(0x5e5d);
            sequence++;
            packet.position(172).flip();
            far.send(packet, sound(0));
            scene.pass(Duration.ofMillis(20));
        }
    }

    /** Reports alone: a leg that is up and with nobody. */
    private void report(Duration length) {
        for (int i = 0; i < length.toSeconds(); i++) {
            far.send(ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0x5e, 0x5d}), sound(1));
            scene.pass(Duration.ofSeconds(1));
        }
    }

    private InetSocketAddress sound(int more) {
        int port = Integer.parseInt(answer.bodyLines("m=audio").get(0).split(" ")[1]);
        return new InetSocketAddress(ScriptedPhoneSystem.PHONE, port + more);
    }

    @Test
    void a_leg_that_falls_silent_for_good_after_it_is_hung_up() {
        speak(Duration.ofSeconds(2));
        transferFails();
        speak(Duration.ofSeconds(2));
        report(Duration.ofSeconds(8));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.MediaTimeout());
        assertThat(pbx.received("BYE")).hasSize(1);
    }

    @Test
    void a_leg_that_is_spoken_on_goes_on() {
        speak(Duration.ofSeconds(2));
        transferFails();
        speak(Duration.ofSeconds(4));
        report(Duration.ofSeconds(3));
        speak(Duration.ofSeconds(20));
        report(Duration.ofSeconds(20));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    /** It is silent from the hold on. */
    @Test
    void a_leg_that_was_held_is_hung_up_if_nobody_is_there_when_it_is_resumed() {
        speak(Duration.ofSeconds(2));
        call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL);
        transferFails();
        report(Duration.ofSeconds(30));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        call.resume();
        scene.until(() -> call.snapshot().hold() == HoldState.NONE);
        report(Duration.ofSeconds(8));

        assertThat(call.snapshot().ending()).isEqualTo(new CallEnding.MediaTimeout());
    }

    @Test
    void a_silence_without_a_transfer_ends_nothing() {
        speak(Duration.ofSeconds(2));
        report(Duration.ofSeconds(20));

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }
}
