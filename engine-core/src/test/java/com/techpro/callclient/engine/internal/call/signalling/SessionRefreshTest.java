// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.call.signalling.SessionRefresh.Due;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionRefreshTest {
    /** What is due when, in seconds, until the end. */
    private static List<String> course(long interval, boolean ours) {
        List<String> course = new ArrayList<>();
        SessionRefresh clock = SessionRefresh.of(new SessionExpires(Duration.ofSeconds(interval), ours));
        do {
            clock = clock.advanced();
            course.add(clock.elapsed().toSeconds() + " " + clock.due());
        } while (clock.due() != Due.EXPIRED && course.size() < 20);
        return course;
    }

    @Test
    void RFC_4028_10_the_refresher_asks_at_half_time_and_then_a_few_times_more() {
        assertThat(course(90, true)).containsExactly("45 REFRESH", "50 REFRESH", "55 REFRESH", "60 EXPIRED");
        assertThat(course(1_800, true)).containsExactly("900 REFRESH", "1189 REFRESH", "1478 REFRESH", "1768 EXPIRED");
    }

    @Test
    void RFC_4028_10_the_other_side_waits_until_shortly_before_the_end() {
        assertThat(course(90, false)).containsExactly("60 EXPIRED");
        assertThat(course(1_800, false)).containsExactly("1768 EXPIRED");
    }
}
