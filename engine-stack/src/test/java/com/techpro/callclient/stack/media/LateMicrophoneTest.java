// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sound cards and media loops tick by clocks of their own. Where a frame comes just before its turn, a moment later is after it. */
class LateMicrophoneTest {
    private static final Duration FRAME = Duration.ofMillis(20);
    private static final int FRAMES = 40;
    /** A slot of the loop, and by how much the microphone is late. */
    private static final Duration MOST_LATE = Duration.ofMillis(4 + 2);

    static LongStream phases() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("phases")
    void a_slightly_later_microphone_delays_packets_slightly_and_loses_no_frame(long phase) {
        try (TestCall call = new TestCall(3)) {
            call.alice.closeMicrophone();
            call.bob.closeMicrophone();
            call.connect(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
            Loop card = call.time.openLoop("card");
            for (int i = 0; i < FRAMES; i++) {
                Duration late = Duration.ofMillis(i < FRAMES / 2 ? 0 : 2);
                card.schedule(
                        FRAME.multipliedBy(i).plusMillis(100 + phase).plus(late),
                        () -> call.alice.session.audioIn(TestCall.RATE).captured(new short[TestCall.RATE / 50]));
            }
            // From when on the microphone is open
            call.run(Duration.ofMillis(200));
            call.network.trace().clear();
            call.run(FRAME.multipliedBy(FRAMES - 10));

            List<Duration> gaps = gaps(call);
            assertThat(gaps).hasSizeGreaterThan(FRAMES - 15);
            assertThat(gaps).allMatch(gap -> gap.compareTo(FRAME.plus(MOST_LATE)) <= 0);
            assertThat(call.bob.session.statistics().concealed()).isZero();
            card.close();
        }
    }

    /** Between the packets that were sent. */
    private static List<Duration> gaps(TestCall call) {
        List<Duration> times = call.network.trace().packets().stream()
                .filter(packet -> packet.to().equals(call.bob.address()))
                .map(PacketTrace.Packet::at)
                .toList();
        return IntStream.range(1, times.size())
                .mapToObj(i -> times.get(i).minus(times.get(i - 1)))
                .toList();
    }
}
