// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.Allocation;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a call's sound takes before there is any: room for what most calls never need would show here. */
class StreamAllocationTest {
    private static final int ROUNDS = 200;
    private static final PayloadFormat FORMAT = PayloadFormat.ofStatic(G711.ULAW);

    private final Random random = Seeds.random(1);
    private final OutgoingPackets nowhere =
            new OutgoingPackets(() -> false, () -> ByteBuffer.allocate(0), packet -> {});
    private @Nullable Object last;

    @Test
    void a_receiver_of_8_kHz_takes_less_than_8_kilobytes() {
        assertThat(octetsOf(() -> new AudioReceiver(new DropCounters(), FORMAT, (digit, length) -> {})))
                .isBetween(4_000L, 8_000L);
    }

    @Test
    void a_sender_of_8_kHz_takes_less_than_2_kilobytes() {
        assertThat(octetsOf(() -> new AudioSender(random, FORMAT, nowhere))).isBetween(500L, 2_000L);
    }

    @Test
    void sound_and_its_reports_share_a_cipher() {
        SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_256_GCM, random);

        assertThat(octetsOf(() -> new SrtpContext(keys))).isBetween(4_000L, 12_500L);
    }

    private long octetsOf(Supplier<Object> made) {
        long octets = Allocation.in(ROUNDS, () -> last = made.get(), () -> {}) / ROUNDS;
        assertThat(last).isNotNull();
        return octets;
    }
}
