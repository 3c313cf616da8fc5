// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the first packet of a stream leaves. */
class BeginningOfMediaTest {
    /** Of the loop: 4 ms. */
    private static final Duration SLOT = Duration.ofMillis(4);

    /** It may have been opened at any moment of a frame before. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 6, 9, 11, 14, 17, 19})
    void the_first_packet_leaves_in_the_slot_after_the_agreement(int millis) {
        try (TestCall call = new TestCall(7)) {
            call.run(Duration.ofMillis(100 + millis));
            Duration agreed = call.time.elapsed();
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.run(Duration.ofMillis(100));
            List<Duration> sent = call.network.trace().packets().stream()
                    .filter(packet -> packet.to().equals(call.bob.address()))
                    .map(PacketTrace.Packet::at)
                    .toList();
            assertThat(sent.get(0).minus(agreed)).isLessThanOrEqualTo(SLOT);
            assertThat(sent.get(1).minus(sent.get(0))).as("then once a frame").isEqualTo(Duration.ofMillis(20));
        }
    }

    /** Else a thousand calls whose agreements come together would send their packets at once. */
    @Test
    void streams_that_begin_together_stay_spread_over_the_slots() {
        try (TestCall call = new TestCall(8)) {
            MediaParameters agreed = TestCall.parameters(call.bob, null, null);
            List<MediaSession> sessions = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sessions.add(open(call));
            }
            call.run(Duration.ofMillis(100));
            sessions.forEach(session -> session.configure(agreed));
            call.run(Duration.ofMillis(100));
            call.network.trace().clear();
            call.run(Duration.ofMillis(20));
            Map<Duration, Long> bySlot = call.network.trace().packets().stream()
                    .filter(packet -> packet.to().equals(call.bob.address()))
                    .collect(Collectors.groupingBy(PacketTrace.Packet::at, Collectors.counting()));
            // Of two loops, each with five slots for its 20 streams.
            assertThat(bySlot.values().stream().mapToLong(each -> each).sum()).isEqualTo(40);
            assertThat(bySlot.values()).allMatch(inSlot -> inSlot <= 2 * 6);
            sessions.forEach(MediaSession::close);
        }
    }

    private static MediaSession open(TestCall call) {
        try {
            return call.alice.engine.open(InetAddress.getByName(TestCall.ALICE), call.alice);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
