// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class SdpTest {
    private static final String SESSION = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";

    @Test
    void finds_the_first_audio_stream_that_is_not_refused() {
        Sdp sdp = parse(SESSION + "m=video 4000 RTP/AVP 96\r\nm=audio 0 RTP/AVP 0\r\nm=audio 4002 RTP/SAVP 8\r\n");

        assertThat(sdp.audioIndex()).isEqualTo(2);
        assertThat(sdp.sections().get(2).isSecure()).isTrue();
    }

    @Test
    void a_stream_keyed_by_dtls_is_one_it_can_relay() {
        assertThat(parse(SESSION + "m=audio 4000 UDP/TLS/RTP/SAVPF 0\r\n").audioIndex())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendonly", "recvonly", "inactive", "sendrecv"})
    void a_direction_of_the_stream_goes_before_one_of_the_session(String direction) {
        Sdp sdp = parse(SESSION + "a=inactive\r\nm=audio 4000 RTP/AVP 0\r\na=" + direction + "\r\n");

        assertThat(sdp.directionOf(sdp.sections().get(0))).isEqualTo(direction);
    }

    @Test
    void holding_by_the_address_of_nobody_counts_as_sendonly() {
        Sdp sdp = parse(SESSION + "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n");

        assertThat(sdp.directionOf(sdp.sections().get(0))).isEqualTo("sendonly");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=1\r\n",
                "hello",
                "v=0\r\nm=audio\r\n",
                "v=0\r\nm=audio 70000 RTP/AVP 0\r\n",
                "v=0\r\nm=audio x RTP/AVP 0\r\n",
                "v=0\r\nc=nonsense\r\n",
                "v=0\r\nx\r\n"
            })
    void an_invalid_session_description_is_rejected(String text) {
        assertThat(Sdp.parse(text.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void floods_of_lines_and_sections_are_refused() {
        assertThat(Sdp.parse((SESSION + "a=x\r\n".repeat(1000)).getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(Sdp.parse((SESSION + "m=audio 4000 RTP/AVP 0\r\n".repeat(17)).getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    public static Sdp parse(String text) {
        Sdp sdp = Sdp.parse(text.getBytes(StandardCharsets.UTF_8));
        assertThat(sdp).isNotNull();
        return sdp;
    }
}
