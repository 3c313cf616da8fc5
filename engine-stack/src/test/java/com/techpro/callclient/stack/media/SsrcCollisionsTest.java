// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SsrcCollisionsTest {
    private static final long SECOND = 1_000_000_000;

    private final SsrcCollisions collisions = new SsrcCollisions();

    @Test
    void the_first_time_is_chance_and_the_second_a_loop() {
        assertThat(collisions.isLoop(address(1), 0)).isFalse();
        assertThat(collisions.isLoop(address(1), SECOND)).isTrue();
        assertThat(collisions.isLoop(address(2), SECOND)).isFalse();
        assertThat(collisions.isLoop(address(1), 2 * SECOND)).isTrue();
    }

    @Test
    void an_address_is_forgotten_ten_report_intervals_after_its_last_packet() {
        collisions.isLoop(address(1), 0);
        assertThat(collisions.isLoop(address(1), 49 * SECOND)).isTrue();
        assertThat(collisions.isLoop(address(1), 98 * SECOND)).isTrue();
        assertThat(collisions.isLoop(address(1), 149 * SECOND)).isFalse();
    }

    @Test
    void ever_new_addresses_do_not_make_us_change_for_ever() {
        int changes = 0;
        for (int port = 1; port <= 1000; port++) {
            changes += collisions.isLoop(address(port), port * 1_000_000L) ? 0 : 1;
        }
        assertThat(changes).isEqualTo(SsrcCollisions.MOST);
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("192.0.2.1", port);
    }
}
