// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SupportedFormatsTest {
    private static final String OFFER = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
            + "m=audio 4000 RTP/AVP 96 9 8 0 101 97\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n"
            + "a=rtpmap:97 telephone-event/48000\r\n";

    @Test
    void RFC4733_2_1_events_are_answered_at_the_clock_rate_of_the_chosen_codec() {
        Sdp.Section offered =
                Sdp.parse(OFFER.getBytes(StandardCharsets.UTF_8)).sections().get(0);

        Sdp.Section common = SupportedFormats.common(offered);

        assertThat(common.formats()).containsExactly("8", "101");
        assertThat(SupportedFormats.voice(offered, "sendrecv").eventType()).isEqualTo(101);
    }
}
