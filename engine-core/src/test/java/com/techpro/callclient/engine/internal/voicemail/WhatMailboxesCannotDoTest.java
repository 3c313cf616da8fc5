// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The list beside mailboxes that lack something, or have changed meanwhile: the other half of
 * {@link VoicemailListTest}.
 */
class WhatMailboxesCannotDoTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine"));
    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    private final VoicemailList list =
            new VoicemailList(loop, Runnable::run, Runnable::run, Caller::of, snapshot -> {});
    private final List<@Nullable VoicemailProblem> problems = new ArrayList<>();

    /** @return the id of the one message there is */
    private String listed(Set<Capability> capabilities) {
        mailbox.can(capabilities);
        String id = mailbox.deliver("1002", null, Instant.EPOCH, Duration.ofSeconds(1), new byte[0]);
        loop.execute(() -> list.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
        time.settle();
        assertThat(list.snapshot().messages()).hasSize(1);
        return id;
    }

    private static Set<Capability> allBut(Capability one) {
        return EnumSet.complementOf(EnumSet.of(one));
    }

    private void onLoop(Runnable task) {
        loop.execute(task);
        time.advance(Duration.ofSeconds(1));
    }

    private boolean shownHeard() {
        return list.snapshot().messages().get(0).message().heard();
    }

    @Test
    void a_message_that_was_opened_is_heard_where_the_mailbox_marks_it_so() {
        String id = listed(EnumSet.of(Capability.READ_ON_FETCH));
        onLoop(() -> list.opened(id));
        assertThat(shownHeard()).isTrue();
    }

    @Test
    void a_message_that_was_opened_is_not_heard_where_the_mailbox_leaves_it_as_it_is() {
        String id = listed(allBut(Capability.READ_ON_FETCH));
        onLoop(() -> list.opened(id));
        assertThat(shownHeard()).isFalse();
    }

    @Test
    void a_message_played_to_its_end_stays_as_it_is_where_nothing_can_be_marked() {
        String id = listed(EnumSet.of(Capability.DELETE));
        onLoop(() -> list.setHeard(id, true, problems::add));
        assertThat(problems).containsExactly(VoicemailProblem.UNSUPPORTED);
        int opened = mailbox.lists();
        onLoop(() -> list.playedToEnd(id));
        assertThat(shownHeard()).isFalse();
        assertThat(mailbox.isHeard(id)).isFalse();
        assertThat(mailbox.lists()).isEqualTo(opened);
    }

    /** Somebody else has deleted it, and nobody has told. */
    @Test
    void S7_a_message_that_is_gone_leaves_the_list_once_something_is_asked_of_it() {
        String id = listed(EnumSet.of(Capability.MARK_HEARD, Capability.DELETE));
        mailbox.removeElsewhere(id);
        assertThat(list.snapshot().messages()).hasSize(1);
        onLoop(() -> list.setHeard(id, true, problems::add));
        assertThat(problems).containsExactly(VoicemailProblem.NO_SUCH_MESSAGE);
        assertThat(list.snapshot().messages()).isEmpty();
    }
}
