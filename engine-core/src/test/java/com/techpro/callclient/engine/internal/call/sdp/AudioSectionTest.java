// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioSectionTest {
    private static AudioSection read(String lines) throws SdpException {
        SessionDescription session = ShortDescriptions.remote(lines);
        return AudioSection.read(session, session.media().get(0));
    }

    @Test
    void parameters_are_those_of_the_format_that_they_name() throws SdpException {
        AudioSection section =
                read("m=audio 4000 RTP/AVP 0 96 8|a=rtpmap:96 PCMA/8000/1|a=fmtp:|a=fmtp:8|a=fmtp:97 of nobody|"
                        + "a=fmtp:96  of=ours; two|a=fmtp:0 of=theirs|");
        assertThat(section.codecs())
                .containsExactly(
                        new PayloadFormat(G711.ULAW, 0, "of=theirs"),
                        new PayloadFormat(G711.ALAW, 96, "of=ours; two"),
                        new PayloadFormat(G711.ALAW, 8, ""));
    }

    @Test
    void events_have_clock_rates() throws SdpException {
        AudioSection section = read("m=audio 4000 RTP/AVP 0 101 102 103 104 105|a=rtpmap:101 telephone-event/8000/1|"
                + "a=rtpmap:102 Telephone-Event/48000|a=rtpmap:103 telephone-event/999|a=rtpmap:104 telephone-event/1000|"
                + "a=rtpmap:105 telephone-event/8000/2|");
        assertThat(section.telephoneEvents())
                .containsExactly(
                        new TelephoneEvents(101, 8000),
                        new TelephoneEvents(102, 48_000),
                        new TelephoneEvents(104, 1000));
        assertThat(section.telephoneEvent(48_000)).isEqualTo(102);
        assertThat(section.telephoneEvent(16_000)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "m=audio 4000 RTP/AVP 0, false",
        "m=audio 4000 RTP/SAVP 0, false",
        "m=audio 4000 UDP/TLS/RTP/SAVP 0, true",
        "m=audio 4000 RTP/SAVP 0|a=fingerprint:sha-256 00, true",
        "a=fingerprint:sha-256 00|m=audio 4000 RTP/SAVP 0, true",
        "a=tool:fingerprint|m=audio 4000 RTP/SAVP 0, false"
    })
    void a_fingerprint_or_the_profile_says_that_keys_come_by_DTLS(String lines, boolean dtls) throws SdpException {
        assertThat(read(lines + "|").dtls()).isEqualTo(dtls);
    }

    @Test
    void an_account_agrees_only_on_permitted_formats() {
        LocalMedia all = ShortDescriptions.local(ShortDescriptions.LAB);
        LocalMedia local = SdesOnly.of(1, all.rtp(), all.floor(), all.keys(), List.<Codec>of(G711.ALAW));
        PayloadFormat permitted = new PayloadFormat(G711.ALAW, 97);
        assertThat(local.permitted(List.of(PayloadFormat.ofStatic(G711.ULAW), permitted)))
                .containsExactly(permitted);
    }

    @Test
    void a_description_is_of_a_place_if_address_and_port_are() throws SdpException {
        SessionDescription ours = ShortDescriptions.remote("m=audio 4000 RTP/AVP 0|");
        LocalMedia local = ShortDescriptions.local(ShortDescriptions.LAB);
        assertThat(local.at(new InetSocketAddress("192.0.2.9", 4000)).isIn(ours))
                .isTrue();
        assertThat(local.at(new InetSocketAddress("192.0.2.9", 4002)).isIn(ours))
                .isFalse();
        assertThat(local.at(new InetSocketAddress("192.0.2.8", 4000)).isIn(ours))
                .isFalse();
    }
}
