// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.stack.media.SignallingOnly;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call of which nothing but the signalling is wanted sends no packet of media, and lasts longer than the 30 s of {@code mediaTimeout}. */
class SignallingOnlyCallTest {
    private static final int RTP = 40_000;

    private final ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(22).registered();

    @AfterEach
    void close() {
        scene.close();
    }

    /** Nothing comes either: whoever waits for RTP would give up. */
    @Test
    void no_packet_of_media_is_sent_and_none_is_waited_for() {
        Call call = dial(CallOptions.DEFAULT.withAudio(new SignallingOnly()));
        call.sendDtmf("1");
        scene.pass(Duration.ofSeconds(60));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(call.snapshot().nothingArrives()).isFalse();
        call.hangUp();
        scene.pass(Duration.ofSeconds(2));

        assertThat(mediaSent()).isZero();
        assertThat(scene.audio.opened()).isZero();
        assertThat(scene.pbx.received("BYE")).hasSize(1);
    }

    /** Whose reports came is said goodbye to by RTCP, and whose sound came is answered by reports. */
    @Test
    void received_media_is_dropped_and_not_answered() {
        ScriptedSound far = new ScriptedSound(scene);
        Call call = dial(CallOptions.DEFAULT.withAudio(new SignallingOnly()));
        far.speak(Duration.ofSeconds(10));
        far.report(Duration.ofSeconds(10));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        call.hangUp();
        scene.pass(Duration.ofSeconds(2));

        assertThat(mediaSent()).isZero();
        far.close();
    }

    @Test
    void any_other_call_sends_some() {
        Call call = dial(CallOptions.DEFAULT);
        scene.pass(Duration.ofSeconds(1));
        assertThat(mediaSent()).isGreaterThan(40);
        call.hangUp();
    }

    private Call dial(CallOptions options) {
        scene.pbx.on("INVITE", invite -> scene.pbx.respond(invite, "200 OK", lines(CONTACT, sdp(HOST, RTP, 1))));
        scene.pbx.on("BYE", bye -> scene.pbx.respond(bye, "200 OK"));
        Call call = scene.alice.dial("bob", options);
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    /** As the network saw them, at the port of RTP and at that of RTCP. */
    private long mediaSent() {
        InetSocketAddress rtp = new InetSocketAddress(HOST, RTP);
        InetSocketAddress rtcp = new InetSocketAddress(HOST, RTP + 1);
        return scene.network.trace().packets().stream()
                .filter(packet -> packet.to().equals(rtp) || packet.to().equals(rtcp))
                .count();
    }
}
