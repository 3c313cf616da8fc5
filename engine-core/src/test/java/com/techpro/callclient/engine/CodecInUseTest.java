// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.description;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Later offers of a call in which the phone system chose what is spoken. It takes the first codec of each later offer as the new one, as some do even where they cannot transcode to the
 * other leg (RFC 3264 §8.3.2 lets it).
 */
class CodecInUseTest {
    private ScriptedPhoneSystem scene;
    private ScriptedPeer pbx;

    @BeforeEach
    void registered() {
        scene = ScriptedPhoneSystem.udp(3264).registered();
        pbx = scene.pbx;
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** The caller speaks G.711 A-law alone, and the user answers. */
    private Call calledBy(String formats, String... maps) {
        Call call = scene.answered(description(1, "RTP/AVP " + formats, maps));
        pbx.on("INVITE", invite -> {
            String first = formats(invite).get(0);
            pbx.respond(invite, "200 OK", description(2, "RTP/AVP " + first, map(invite, first)));
        });
        return call;
    }

    private static List<String> formats(ScriptedMessage described) {
        String line = described
                .body()
                .lines()
                .filter(one -> one.startsWith("m=audio"))
                .findFirst()
                .orElseThrow();
        return List.of(line.split(" ")).subList(3, line.split(" ").length);
    }

    private static String map(ScriptedMessage described, String format) {
        return described
                .body()
                .lines()
                .filter(one -> one.startsWith("a=rtpmap:" + format + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hold_and_resume_offer_the_codec_in_use_first() {
        Call call = calledBy("8 101", "a=rtpmap:101 telephone-event/8000");

        call.hold();
        scene.until(() -> call.snapshot().hold() == HoldState.LOCAL
                && !pbx.received("ACK").isEmpty());
        assertThat(formats(pbx.last("INVITE"))).startsWith("8").contains("0", "9");
        assertThat(pbx.last("INVITE").body()).contains(" opus/48000/2\r\n");
        assertThat(call.snapshot().codec()).isEqualTo("PCMA");

        call.resume();
        scene.until(() ->
                call.snapshot().hold() == HoldState.NONE && pbx.received("ACK").size() > 1);

        assertThat(formats(pbx.last("INVITE"))).startsWith("8");
        assertThat(call.snapshot().codec()).isEqualTo("PCMA");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void a_codec_that_came_with_a_number_of_its_own_keeps_it() {
        Call call = calledBy("107 101", "a=rtpmap:107 opus/48000/2", "a=rtpmap:101 telephone-event/8000");

        call.hold();
        scene.until(() -> !pbx.received("ACK").isEmpty());

        assertThat(formats(pbx.last("INVITE"))).startsWith("107");
        assertThat(map(pbx.last("INVITE"), "107")).isEqualTo("a=rtpmap:107 opus/48000/2");
    }

    @Test
    void a_re_INVITE_without_an_offer_is_offered_the_codec_in_use_first() {
        Call call = calledBy("8 101", "a=rtpmap:101 telephone-event/8000");
        ScriptedMessage answered = pbx.last("SIP/2.0 200");
        pbx.forget();

        pbx.request("INVITE", answered, 2, "bob", CONTACT);
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        ScriptedMessage offer = pbx.last("SIP/2.0 200");
        pbx.request("ACK", offer, 2, "bob", description(2, "RTP/AVP 8", "a=rtpmap:8 PCMA/8000"));
        scene.pass(Duration.ofSeconds(1));

        assertThat(formats(offer)).startsWith("8");
        assertThat(call.snapshot().codec()).isEqualTo("PCMA");
    }

    /** G.722 is preferred to both. */
    @Test
    void another_codec_is_spoken_where_the_far_end_asks_for_it() {
        Call call = calledBy("8 101", "a=rtpmap:101 telephone-event/8000");
        ScriptedMessage answered = pbx.last("SIP/2.0 200");
        pbx.forget();

        pbx.request("INVITE", answered, 2, "bob", description(2, "RTP/AVP 0 8 9", "a=rtpmap:8 PCMA/8000"));
        scene.until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        assertThat(formats(pbx.last("SIP/2.0 200"))).containsExactly("0");
        pbx.request("ACK", answered, 2, "bob");
        scene.pass(Duration.ofSeconds(1));
        assertThat(call.snapshot().codec()).isEqualTo("PCMU");

        call.hold();
        scene.until(() -> !pbx.received("INVITE").isEmpty());
        assertThat(formats(pbx.last("INVITE"))).startsWith("0");
    }

    /** As the phone system chose it in its answer to us. */
    @Test
    void an_outgoing_call_offers_the_answered_codec_first_in_a_hold() {
        pbx.on("INVITE", invite -> pbx.respond(invite, "200 OK", description(1, "RTP/AVP 0", "a=rtpmap:0 PCMU/8000")));
        Call call = scene.established();
        assertThat(formats(pbx.last("INVITE")).get(0)).isNotEqualTo("0");

        call.hold();
        scene.until(() -> pbx.received("INVITE").size() > 1);

        assertThat(formats(pbx.last("INVITE"))).startsWith("0");
    }
}
