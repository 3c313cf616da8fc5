// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever arrives is refused or understood: no other exception, and what is understood can be answered and written again. */
class SdpFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_bytes(byte[] body) {
        Subject.check(body);
    }

    @ParameterizedTest
    @CorpusSource("any_bytes")
    void replayed_corpus(byte[] input) {
        Subject.check(input);
    }

    @Test
    void damaged_descriptions() {
        Random random = Seeds.random(20260101);
        int understood = 0;
        for (int i = 0; i < Corpus.share(20_000); i++) {
            byte[] body = Subject.SEEDS.get(i % Subject.SEEDS.size()).getBytes(StandardCharsets.UTF_8);
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                body = damage(body, random);
            }
            understood += Subject.check(body) ? 1 : 0;
        }
        assertThat(understood)
                .as("the damage must not be so great that nothing beyond the parser is tried")
                .isGreaterThan(Corpus.share(4_000));
    }

    private static byte[] damage(byte[] body, Random random) {
        int at = random.nextInt(body.length);
        switch (random.nextInt(4)) {
            case 0 -> body[at] = (byte) random.nextInt(256);
            case 1 -> body[at] = (byte) "0123456789 /:=|\r\n".charAt(random.nextInt(17));
            case 2 -> {
                int length = Math.min(random.nextInt(40), body.length - at);
                byte[] shorter = new byte[Math.max(1, body.length - length)];
                System.arraycopy(body, 0, shorter, 0, Math.min(at, shorter.length));
                System.arraycopy(
                        body, at + length, shorter, Math.min(at, shorter.length), Math.max(0, shorter.length - at));
                return shorter;
            }
            default -> {
                int length = Math.min(random.nextInt(40), body.length - at);
                byte[] longer = new byte[body.length + length];
                System.arraycopy(body, 0, longer, 0, at + length);
                System.arraycopy(body, at, longer, at + length, body.length - at);
                return longer;
            }
        }
        return body;
    }

    /**
     * Apart, so that the test class can be looked at without loading the records below: where the fuzzer's agent changes a record that was
     * loaded before it, the machine loses sight of the record's annotated fields.
     */
    private static final class Subject {
        static final LocalMedia LOCAL = SdesOnly.create(
                new InetSocketAddress("192.0.2.1", 9000),
                SecurityFloor.DEFAULT.labAllowCleartextMedia(),
                Seeds.random(1));
        static final SessionDescription OFFER = OfferAnswer.offer(LOCAL, MediaDirection.SENDRECV);

        static final List<String> SEEDS = List.of(
                new String(OFFER.encode(), StandardCharsets.UTF_8),
                "v=0\r\no=a 1 1 IN IP6 2001:db8::1\r\ns=-\r\nc=IN IP6 2001:db8::1\r\nt=0 0\r\nm=audio 4000/2 RTP/AVP 0 8 101\r\n"
                        + "a=rtpmap:101 telephone-event/8000\r\na=rtcp:4003 IN IP4 1.2.3.4\r\na=sendonly\r\nm=video 0 RTP/AVP 96\r\n",
                TransportDescriptionTest.OFFER,
                TransportDescriptionTest.BROWSER);

        static boolean check(byte[] body) {
            SessionDescription description;
            try {
                description = SessionDescription.parse(body);
            } catch (SdpException refused) {
                return false;
            }
            OfferAnswer.answer(LOCAL, MediaDirection.SENDRECV, description, OFFER, null);
            OfferAnswer.conclude(LOCAL, OFFER, description);
            for (MediaDescription line : description.media()) {
                MediaDescription once =
                        TransportDescription.read(description, line).writeTo(line, false);
                assertThat(TransportDescription.read(description, once).writeTo(once, false))
                        .as("what was read of the transport is written and read again")
                        .isEqualTo(once);
            }
            byte[] encoded = description.encode();
            try {
                assertThat(SessionDescription.parse(encoded)).isEqualTo(description);
            } catch (SdpException e) {
                throw new AssertionError("what was understood must read back", e);
            }
            return true;
        }
    }
}
