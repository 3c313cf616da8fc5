// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A handshake between two ends, of which one flight arrives changed or with a stranger's datagram before it, in every state and to both roles. It
 * ends once at each end, with the keys of the other or with a reason; nobody has keys that the other does not have.
 */
class DtlsFuzzTest {
    private static final Duration LONG = DtlsHandshake.DEADLINE.multipliedBy(2);

    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_datagram_at_any_time(byte[] bytes) {
        check(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_datagram_at_any_time")
    void replayed_datagrams(byte[] input) {
        check(input);
    }

    @Test
    void seeded_datagrams() {
        Random random = Seeds.random(6347);
        for (int i = 0; i < Corpus.share(400); i++) {
            byte[] bytes = new byte[3 + random.nextInt(40)];
            random.nextBytes(bytes);
            check(bytes);
        }
    }

    /** To whom, in which flight, whether it is instead of the true one, and the datagram or the places and values of changes. */
    private static void check(byte[] bytes) {
        if (bytes.length < 3) {
            return;
        }
        try (DtlsScene scene = new DtlsScene(1)) {
            DtlsScene.End sender = bytes[0] % 2 == 0 ? scene.client : scene.server;
            int flight = (bytes[1] & 0xFF) % 6;
            int[] passed = {0};
            sender.forged = datagram -> {
                if (passed[0]++ != flight) {
                    return datagram;
                }
                if (bytes[2] % 2 == 0) {
                    DtlsHandshake victim = scene.other(sender).handshake;
                    if (victim != null) {
                        victim.received(ByteBuffer.wrap(Arrays.copyOfRange(bytes, 3, bytes.length)));
                    }
                    return datagram;
                }
                ByteBuffer changed = ByteBuffer.allocate(datagram.remaining());
                changed.put(datagram.duplicate()).flip();
                for (int at = 3; at + 1 < bytes.length; at += 2) {
                    int place = (bytes[at] & 0xFF) % changed.remaining();
                    changed.put(place, (byte) (changed.get(place) ^ bytes[at + 1]));
                }
                return changed;
            };
            scene.begin();
            scene.time.advance(LONG);

            assertThat(scene.client.told).isLessThanOrEqualTo(1);
            assertThat(scene.server.told).isLessThanOrEqualTo(1);
            if (scene.client.keys != null && scene.server.keys != null) {
                assertThat(scene.client.keys.local()).isEqualTo(scene.server.keys.remote());
            }
        }
    }
}
