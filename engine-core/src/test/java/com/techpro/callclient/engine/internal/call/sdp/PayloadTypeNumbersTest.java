// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.Encoder;
import com.techpro.callclient.stack.media.codec.G711;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PayloadTypeNumbersTest {
    private static AudioSection before(String lines) throws SdpException {
        SessionDescription session = ShortDescriptions.remote(lines);
        return AudioSection.read(session, session.media().get(0));
    }

    @Test
    void a_codec_with_a_number_of_its_own_keeps_it_and_others_get_free_ones() {
        PayloadTypeNumbers numbers = new PayloadTypeNumbers(null);
        assertThat(numbers.of(G711.ALAW).payloadType()).isEqualTo(8);
        assertThat(numbers.of(new Dynamic("one")).payloadType()).isEqualTo(96);
        assertThat(numbers.of(new Dynamic("other")).payloadType()).isEqualTo(97);
        assertThat(numbers.telephoneEvent(8000)).isEqualTo(101);
        assertThat(numbers.telephoneEvent(48_000)).isEqualTo(98);
    }

    @Test
    void payload_types_used_in_the_session_keep_their_meaning() throws SdpException {
        PayloadTypeNumbers numbers = new PayloadTypeNumbers(
                before("m=audio 4000 RTP/AVP 96 97|a=rtpmap:96 PCMU/8000|a=rtpmap:97 telephone-event/8000|"));
        assertThat(numbers.telephoneEvent(8000)).isEqualTo(97);
        assertThat(numbers.of(new Dynamic("one")).payloadType()).isEqualTo(98);
        assertThat(numbers.telephoneEvent(16_000)).isEqualTo(101);
    }

    @Test
    void a_codec_that_uses_101_keeps_it_and_telephone_events_get_another() throws SdpException {
        PayloadTypeNumbers numbers = new PayloadTypeNumbers(before("m=audio 4000 RTP/AVP 101|a=rtpmap:101 PCMA/8000|"));
        assertThat(numbers.telephoneEvent(8000)).isEqualTo(96);
    }

    @Test
    void the_usual_number_of_events_is_not_given_to_a_codec() {
        PayloadTypeNumbers numbers = new PayloadTypeNumbers(null);
        List<Integer> given = IntStream.range(0, 31)
                .mapToObj(i -> numbers.of(new Dynamic("codec " + i)).payloadType())
                .toList();
        assertThat(given)
                .containsExactlyElementsOf(Stream.iterate(96, i -> i + 1)
                        .limit(32)
                        .filter(i -> i != 101)
                        .toList());
        assertThat(numbers.telephoneEvent(8000)).isEqualTo(101);
    }

    private record Dynamic(String encodingName) implements Codec {
        @Override
        public int clockRate() {
            return 48_000;
        }

        @Override
        public int sampleRate() {
            return 48_000;
        }

        @Override
        public Impairment impairment() {
            throw new AssertionError("not to be heard");
        }

        @Override
        public Encoder newEncoder(String fmtp) {
            throw new AssertionError("not to be heard");
        }

        @Override
        public Decoder newDecoder() {
            throw new AssertionError("not to be heard");
        }
    }
}
