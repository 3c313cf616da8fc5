// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.stack.sip.message.ParseOutcome.Parsed;
import com.techpro.callclient.stack.sip.message.ParseOutcome.Rejected;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever arrives is understood or refused: no exception, and what is understood can be written and understood again. The campaigns
 * run with the {@code fuzz} tag; their seeds, and what they ever found, are replayed always.
 */
class SipFuzzTest {
    private static final int MOST_PARTS = 8;
    private static final String STRUCTURE = "0123456789 :;=,<>\"\\()[]@%\r\n?&*/";

    @Tag("fuzz")
    @FuzzTest(maxDuration = "3m")
    void any_datagram(byte[] bytes) {
        check(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_datagram")
    void replayed_corpus(byte[] input) {
        check(input);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_body(byte[] bytes) {
        boolean unused = checkBody(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_body")
    void replayed_bodies(byte[] input) {
        boolean unused = checkBody(input);
    }

    @Test
    void damaged_bodies() {
        Corpus.damage(Corpus.inputs(SipFuzzTest.class, "any_body"), 5_000, 2046, "-\r\n:;", SipFuzzTest::checkBody);
    }

    private static boolean checkBody(byte[] bytes) {
        MultipartBody body = MultipartBody.parse(bytes, "x", MOST_PARTS);
        if (body == null) {
            return false;
        }
        assertThat(body.parts()).hasSizeLessThanOrEqualTo(MOST_PARTS);
        int all = body.parts().stream().mapToInt(part -> part.text().length()).sum();
        assertThat(all).isLessThanOrEqualTo(bytes.length);
        return true;
    }

    static List<TortureMessage> torture() {
        return TortureMessage.ALL;
    }

    @ParameterizedTest
    @MethodSource("torture")
    void damaged_torture_messages(TortureMessage torture) {
        Random random = Seeds.random(torture.file().hashCode());
        for (int i = 0; i < 400; i++) {
            byte[] bytes = torture.bytes();
            for (int hits = random.nextInt(5); hits >= 0; hits--) {
                bytes = damaged(bytes, random);
            }
            check(bytes);
        }
    }

    @Test
    void the_damage_is_light_enough_to_reach_beyond_the_parser() {
        Random random = Seeds.random(8);
        byte[] sound = TortureMessage.ALL.get(8).bytes();
        int understood = 0;
        for (int i = 0; i < 1_000; i++) {
            understood += check(damaged(sound.clone(), random)) ? 1 : 0;
        }
        assertThat(understood).isBetween(200, 900);
    }

    private static boolean check(byte[] bytes) {
        ParseOutcome outcome = new SipParser().parse(bytes, 0, bytes.length);
        if (outcome instanceof Rejected rejected) {
            assertThat(rejected.reason()).as("unforeseen in the library").isNotEqualTo(Rejection.PARSER_FAULT);
            if (rejected.answer() != null) {
                // The line structure of what is sent back is ours, whatever came in.
                assertThat(new String(rejected.answer().encode(), StandardCharsets.ISO_8859_1))
                        .endsWith("\r\nContent-Length: 0\r\n\r\n");
            }
            return false;
        }
        SipMessage message = ((Parsed) outcome).message();
        byte[] encoded = message.encode();
        if (encoded.length <= MessageLimits.DEFAULT.message()) {
            ParseOutcome again = new SipParser().parse(encoded, 0, encoded.length);
            assertThat(again).isInstanceOf(Parsed.class);
            assertThat(((Parsed) again).message().encode()).isEqualTo(encoded);
        }
        if (message instanceof SipRequest request) {
            SipResponse response =
                    SipResponse.respondTo(request, 200).toTag("t").build();
            assertThat(response.callId()).isEqualTo(request.callId());
        }
        message.contacts().forEach(NameAddr::encode);
        return true;
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(30), bytes.length - at);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> bytes[at] = (byte) STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
            case 2 -> {
                byte[] shorter = new byte[Math.max(1, bytes.length - length)];
                System.arraycopy(bytes, 0, shorter, 0, Math.min(at, shorter.length));
                int rest = Math.max(0, Math.min(shorter.length - at, bytes.length - at - length));
                System.arraycopy(bytes, at + length, shorter, Math.min(at, shorter.length), rest);
                return shorter;
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
                return longer;
            }
        }
        return bytes;
    }
}
