// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mail server tells of a message before the connection that asks is shown it. */
class UnlistedMessagesTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine"));
    /** One that does not tell of changes. */
    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox().can(Set.of(Capability.MARK_HEARD));

    private final VoicemailList list =
            new VoicemailList(loop, Runnable::run, Runnable::run, Caller::of, snapshot -> {});

    @BeforeEach
    void use() {
        loop.execute(() -> list.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
        pass(Duration.ofSeconds(10));
    }

    @Test
    void a_message_shown_half_a_second_after_the_lamp_is_listed_a_second_after_it() {
        lamp(1);
        pass(Duration.ofMillis(500));
        deliver(1);
        assertThat(list.snapshot().messages()).isEmpty();

        pass(Duration.ofMillis(600));

        assertThat(list.snapshot().messages()).hasSize(1);
        assertThat(list.snapshot().unheard()).isEqualTo(1);
        int read = mailbox.lists();
        pass(Duration.ofHours(1));
        assertThat(mailbox.lists()).as("read once it is listed").isEqualTo(read);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_message_shown_after_half_a_minute_is_listed() {
        lamp(1);
        pass(Duration.ofSeconds(30));
        deliver(1);

        pass(Duration.ofSeconds(2));

        assertThat(list.snapshot().messages()).hasSize(1);
    }

    @Test
    void a_lamp_that_the_mailbox_never_agrees_with_is_followed_by_five_more_readings() {
        int before = mailbox.lists();

        lamp(3);
        pass(Duration.ofDays(1));
        assertThat(mailbox.lists() - before).isEqualTo(1 + 5);
        assertThat(time.pendingTimers()).isZero();

        loop.execute(list::refresh);
        pass(Duration.ofDays(1));
        assertThat(mailbox.lists() - before).as("the same lamp").isEqualTo(1 + 5 + 1);

        lamp(4);
        pass(Duration.ofDays(1));
        assertThat(mailbox.lists() - before).as("another lamp").isEqualTo(1 + 5 + 1 + 1 + 5);
    }

    /** Who listens by telephone puts the lamp out, and the copy in the mailbox stays unheard. */
    @Test
    void a_copy_that_the_lamp_does_not_count_hides_no_new_message() {
        lamp(1);
        deliver(1);
        pass(Duration.ofMinutes(1));
        lamp(0);
        pass(Duration.ofMinutes(1));
        assertThat(list.snapshot().unheard()).isEqualTo(1);

        lamp(1);
        pass(Duration.ofMillis(500));
        deliver(2);
        pass(Duration.ofMillis(600));

        assertThat(list.snapshot().unheard()).isEqualTo(2);
    }

    @Test
    void a_lamp_without_numbers_waits_for_one_message() {
        loop.execute(() -> list.messagesWaiting(new MessagesWaiting(true, null, null)));
        pass(Duration.ofMillis(500));
        deliver(1);

        pass(Duration.ofMillis(600));

        assertThat(list.snapshot().messages()).hasSize(1);
    }

    @Test
    void a_lamp_that_is_out_has_the_list_read_once() {
        int before = mailbox.lists();

        lamp(0);
        pass(Duration.ofHours(1));

        assertThat(mailbox.lists() - before).isEqualTo(1);
    }

    @Test
    void a_mailbox_out_of_reach_is_asked_again_and_one_that_refuses_is_not() {
        mailbox.fail(Reason.UNREACHABLE);
        lamp(1);
        pass(Duration.ofMillis(500));
        mailbox.fail(null);
        deliver(1);
        pass(Duration.ofMillis(600));
        assertThat(list.snapshot().messages()).hasSize(1);

        mailbox.fail(Reason.REFUSED);
        lamp(2);
        pass(Duration.ofMillis(500));
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_user_gone_is_not_read_for() {
        lamp(1);
        pass(Duration.ofMillis(500));
        assertThat(time.pendingTimers()).isEqualTo(1);

        loop.execute(list::forget);
        time.settle();

        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void news_without_a_lamp_that_show_nothing_are_looked_for_once_more() {
        mailbox.can(Set.of(Capability.WATCH));
        String first = deliver(1);
        pass(Duration.ofSeconds(10));
        int before = mailbox.lists();

        mailbox.heardElsewhere(first, false);
        time.settle();
        mailbox.can(Set.of());
        deliver(2);
        pass(Duration.ofMillis(1_900));
        assertThat(list.snapshot().messages()).hasSize(1);
        pass(Duration.ofMillis(200));

        assertThat(list.snapshot().messages()).hasSize(2);
        pass(Duration.ofHours(1));
        assertThat(mailbox.lists() - before).isEqualTo(2);
    }

    private void lamp(int unheard) {
        loop.execute(() -> list.messagesWaiting(
                new MessagesWaiting(unheard > 0, new MessagesWaiting.Counts(unheard, 0, 0, 0), null)));
        time.settle();
    }

    private String deliver(int n) {
        String id = mailbox.deliver("1002", null, Instant.ofEpochSecond(n), Duration.ofSeconds(1), new byte[0]);
        time.settle();
        return id;
    }

    private void pass(Duration length) {
        time.advance(length);
    }
}
