// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Where media goes after a move: each half of each rule, which {@link LatchingTest} and {@link
 * DirectMediaTest} see from outside.
 */
class RemoteAddressTest {
    private static final InetSocketAddress FIRST = new InetSocketAddress("198.51.100.7", 20_000);
    private static final InetSocketAddress SECOND = new InetSocketAddress("198.51.100.8", 30_000);
    private static final InetSocketAddress MAPPED = new InetSocketAddress("203.0.113.9", 40_000);

    private final RemoteAddress address = new RemoteAddress();
    private long now = Duration.ofHours(1).toNanos();

    private boolean heard(InetSocketAddress from, Duration later) {
        now += later.toNanos();
        return address.authentic(from, now);
    }

    @Test
    void late_packets_from_the_former_address_do_not_move_media_back() {
        address.signalled(FIRST, false, now);
        heard(FIRST, Duration.ZERO);
        address.signalled(SECOND, false, now);
        assertThat(heard(FIRST, Duration.ofSeconds(1))).isFalse();
        assertThat(address.current()).isEqualTo(SECOND);
        assertThat(heard(FIRST, Duration.ofSeconds(10))).as("for ever").isTrue();
    }

    /** Under new keys nobody sends by mistake. */
    @Test
    void with_new_keys_the_former_address_is_believed_at_once() {
        address.signalled(FIRST, false, now);
        heard(FIRST, Duration.ZERO);
        address.signalled(SECOND, true, now);
        assertThat(heard(FIRST, Duration.ofMillis(20))).isTrue();
        assertThat(address.current()).isEqualTo(FIRST);
    }

    /** Where nothing came from before, nobody can go on to send by mistake. */
    @Test
    void a_former_address_that_was_never_heard_is_believed_at_once() {
        address.signalled(FIRST, false, now);
        address.signalled(SECOND, false, now);
        assertThat(heard(FIRST, Duration.ofMillis(20))).isTrue();
        assertThat(address.current()).isEqualTo(FIRST);
    }

    @Test
    void both_the_signalled_and_the_latched_address_are_expected() {
        address.signalled(FIRST, false, now);
        heard(MAPPED, Duration.ZERO);
        assertThat(address.isExpected(MAPPED)).isTrue();
        assertThat(address.isExpected(FIRST)).isTrue();
        assertThat(address.isExpected(SECOND)).isFalse();
    }

    @Test
    void RFC8445_with_ICE_the_pair_alone_is_expected() {
        address.signalled(FIRST, false, now);
        address.select(MAPPED);
        assertThat(address.isExpected(MAPPED)).isTrue();
        assertThat(address.isExpected(FIRST)).isFalse();
        assertThat(address.isSignalledHost(FIRST)).isFalse();
        assertThat(heard(FIRST, Duration.ofSeconds(1))).isFalse();

        address.signalled(SECOND, false, now);
        assertThat(address.current()).isEqualTo(MAPPED);
        address.iceStopped();
        assertThat(address.current()).isEqualTo(SECOND);
        assertThat(address.isExpected(SECOND)).isTrue();
    }
}
