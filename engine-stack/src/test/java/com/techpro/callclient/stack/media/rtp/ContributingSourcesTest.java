// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Who is heard in a mix, by the contributing sources of its packets. */
class ContributingSourcesTest {
    private static final long MILLIS = 1_000_000;

    private final ContributingSources sources = new ContributingSources();

    @Test
    void a_source_that_never_sends_CSRCs_is_not_a_mixer() {
        receive(0);
        assertThat(sources.current()).isNull();
    }

    @Test
    void a_name_lasts_over_a_short_pause_and_then_goes() {
        receive(0, 7, 9);
        assertThat(sources.current()).containsExactlyInAnyOrder(7, 9);

        receive(300, 9);
        assertThat(sources.current()).containsExactlyInAnyOrder(7, 9);
        receive(500, 9);
        assertThat(sources.current()).containsExactly(9);
        receive(1_000);
        assertThat(sources.current()).isEmpty();
    }

    @Test
    void nothing_new_is_published_while_nobody_begins_or_ends() {
        receive(0, -1, 7);
        int[] before = sources.current();
        receive(20, 7, -1);

        assertThat(sources.current()).isSameAs(before);
    }

    @Test
    void however_many_are_named_it_stays_bounded() {
        for (int source = 0; source < 150; source++) {
            receive(0, source);
        }
        assertThat(sources.current()).hasSize(32);
        receive(1_000, 200);
        assertThat(sources.current()).containsExactly(200);
    }

    private void receive(long millis, int... named) {
        ByteBuffer packet = ByteBuffer.allocate(200);
        packet.put((byte) (0x80 | named.length))
                .put((byte) 0)
                .putShort((short) 1)
                .putInt(0)
                .putInt(5);
        for (int source : named) {
            packet.putInt(source);
        }
        packet.put(new byte[160 - packet.position()]).flip();
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(packet)).isTrue();
        sources.received(view, millis * MILLIS);
        sources.look(millis * MILLIS);
    }
}
