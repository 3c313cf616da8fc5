// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@link NotificationPort}. An adapter's author reads what the platform shows. */
@PortContract
public abstract class NotificationPortContract {
    private static final Notice MISSED = new Notice.MissedCall("m1", "Ada Canary", "5550199", Instant.EPOCH);

    /** Returns the port under test, with nothing shown; called once per test. */
    protected abstract NotificationPort port();

    /** Returns the IDs of the notifications that the platform shows. */
    protected abstract List<String> shown();

    /**
     * Returns everything that the platform stores, as text, to be searched for names and numbers.
     */
    protected abstract String remembered();

    /** Makes the platform refuse; false if that cannot be tried ("refusal by the platform"). */
    protected abstract boolean refuse();

    @Test
    void NTF_1_a_notice_replaces_the_one_of_the_same_id() {
        NotificationPort port = port();
        port.show(new Notice.ConnectionLost("a1"));
        port.show(new Notice.ConnectionRestored("a1"));
        port.show(MISSED);

        assertThat(shown()).containsExactlyInAnyOrder("a1", "m1");
    }

    @Test
    void NTF_2_withdrawing_takes_it_away_and_withdrawing_again_is_no_error() {
        NotificationPort port = port();
        port.show(MISSED);
        port.withdraw("m1");
        port.withdraw("m1");
        port.withdraw("never shown");

        assertThat(shown()).isEmpty();
    }

    @Test
    @OptionalClause("refusal by the platform")
    void NTF_3_a_platform_that_refuses_shows_nothing_and_throws_nothing() {
        NotificationPort port = port();
        require(refuse(), "refusal by the platform");
        port.show(MISSED);
        port.withdraw("m1");

        assertThat(shown()).isEmpty();
    }

    @Test
    void NTF_4_a_withdrawn_notification_leaves_no_name_and_no_number() {
        NotificationPort port = port();
        port.show(MISSED);
        port.withdraw("m1");

        assertThat(remembered()).doesNotContain("Ada").doesNotContain("5550199");
    }

    @Test
    void NTF_6_a_shown_notification_is_listed_until_it_is_withdrawn() {
        NotificationPort port = port();
        assertThat(port.shownIds()).isEmpty();
        port.show(new Notice.ConnectionLost("a1"));
        port.show(MISSED);
        assertThat(port.shownIds()).containsExactlyInAnyOrder("a1", "m1");
        port.withdraw("m1");
        assertThat(port.shownIds()).containsExactly("a1");
    }

    @Test
    @OptionalClause("refusal by the platform")
    void NTF_6_a_refused_notification_is_not_listed() {
        NotificationPort port = port();
        require(refuse(), "refusal by the platform");
        port.show(MISSED);

        assertThat(port.shownIds()).isEmpty();
    }

    @Test
    void NTF_7_whether_the_platform_rings_does_not_change() {
        NotificationPort port = port();
        boolean before = port.rings();
        port.show(new Notice.IncomingCall("c1", "call", "Ada Canary", "5550199"));
        assertThat(port.rings()).isEqualTo(before);
        port.withdraw("c1");
    }

    @Test
    void NTF_8_a_call_that_is_silenced_is_still_shown() {
        NotificationPort port = port();
        port.show(new Notice.IncomingCall("c1", "call", "Ada Canary", "5550199"));
        port.show(MISSED);
        port.silence("c1");
        port.silence("c1");
        port.silence("m1");
        port.silence("never shown");

        assertThat(shown()).containsExactlyInAnyOrder("c1", "m1");
        port.withdraw("c1");
        port.silence("c1");
        assertThat(shown()).containsExactly("m1");
    }
}
