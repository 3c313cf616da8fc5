// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promise S5, the other half of what {@link EgressGuardTest} says of media: reports that have a
 * port of their own, and calls that end in the middle of a change.
 */
class MediaGrantTest {
    private static final InetSocketAddress MEDIA = new InetSocketAddress("198.51.100.7", 20_000);
    private static final InetSocketAddress REPORTS = new InetSocketAddress("198.51.100.7", 20_001);
    private static final InetSocketAddress MAPPED = new InetSocketAddress("203.0.113.9", 40_001);

    private final EgressGuard guard = new EgressGuard();
    private final MediaGrant call = guard.newMediaGrant(false);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "224.0.1.75", "ff02::1", "255.255.255.255"})
    void S5_reports_go_to_no_group_and_not_to_this_machine(String nowhere) {
        assertThat(call.replace(MEDIA, new InetSocketAddress(nowhere, 5_001))).isFalse();
        assertThat(guard.permitted()).isZero();
    }

    @Test
    void S5_a_NAT_that_maps_reports_anew_again_and_again_gets_no_more_than_one_address() {
        call.replace(MEDIA, REPORTS);
        for (int i = 0; i < 1_000; i++) {
            call.reportsLatched(new InetSocketAddress("203.0.113.9", 10_000 + i));
        }
        assertThat(guard.permits(new InetSocketAddress("203.0.113.9", 10_999))).isTrue();
        assertThat(guard.permits(new InetSocketAddress("203.0.113.9", 10_998))).isFalse();
        assertThat(guard.permitted()).isEqualTo(3);
    }

    @Test
    void S5_reports_may_go_where_they_were_until_they_move_once_more() {
        call.replace(MEDIA, REPORTS);
        call.replace(MEDIA, new InetSocketAddress("198.51.100.8", 20_001));
        assertThat(guard.permits(REPORTS)).isTrue();
        call.replace(MEDIA, new InetSocketAddress("198.51.100.9", 20_001));
        assertThat(guard.permits(REPORTS)).isFalse();
    }

    @Test
    void the_latched_RTCP_address_stays_permitted_when_only_media_moves() {
        call.replace(MEDIA, REPORTS);
        call.reportsLatched(MAPPED);
        for (int move = 0; move < 3; move++) {
            call.replace(new InetSocketAddress("198.51.100.8", 30_000 + move), REPORTS);
        }
        assertThat(guard.permits(MAPPED)).isTrue();
    }

    @Test
    void S5_the_latched_RTCP_address_is_revoked_when_RTCP_moves() {
        call.replace(MEDIA, REPORTS);
        call.reportsLatched(MAPPED);
        for (int move = 0; move < 2; move++) {
            call.replace(MEDIA, new InetSocketAddress("198.51.100.8", 30_001 + move));
        }
        assertThat(guard.permits(MAPPED)).isFalse();
    }

    @Test
    void S5_the_latched_media_address_is_revoked_when_media_moves() {
        call.replace(MEDIA, REPORTS);
        call.latched(MAPPED);
        for (int move = 0; move < 2; move++) {
            call.replace(new InetSocketAddress("198.51.100.8", 30_000 + move), REPORTS);
        }
        assertThat(guard.permits(MAPPED)).isFalse();
    }

    @Test
    void S5_a_call_that_ends_just_after_a_move_or_a_restart_leaves_nothing() {
        call.replace(MEDIA, REPORTS);
        call.latched(MAPPED);
        call.reportsLatched(MAPPED);
        call.replace(new InetSocketAddress("198.51.100.8", 30_000), new InetSocketAddress("198.51.100.8", 30_001));
        call.candidate(new InetSocketAddress("198.51.100.9", 40_000));
        call.restarted();
        call.candidate(new InetSocketAddress("198.51.100.9", 50_000));
        assertThat(guard.permitted()).isPositive();
        call.close();
        assertThat(guard.permitted()).isZero();
    }
}
