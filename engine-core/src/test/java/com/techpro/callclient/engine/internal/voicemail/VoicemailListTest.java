// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VoicemailListTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final EngineLoop loop = new EngineLoop(time.openLoop("engine"));
    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    /** What the workers were given and did not come to yet. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private final VoicemailList book = new VoicemailList(loop, Runnable::run, waiting::add, Caller::of, snapshot -> {});

    /** Workers who are stopped do not begin what waits for them: a connection to the mailbox would stay open. */
    @Test
    void closing_the_client_waits_until_the_mailbox_is_closed() {
        AtomicBoolean quiet = new AtomicBoolean();
        loop.execute(() -> book.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
        time.settle();
        assertThat(mailbox.openBoxes()).isEqualTo(1);

        loop.execute(() -> {
            book.forget();
            book.whenQuiet(() -> quiet.set(true));
        });
        time.settle();
        assertThat(quiet).isFalse();

        waiting.remove().run();
        time.settle();
        assertThat(mailbox.openBoxes()).isZero();
        assertThat(quiet).isTrue();
    }

    /** A mailbox that says a hundred times a second that it has changed is read every two seconds, and the last change is seen. */
    @Test
    void news_that_come_thick_and_fast_are_read_together() {
        AtomicInteger asked = new AtomicInteger();
        VoicemailList list = new VoicemailList(
                loop,
                task -> {
                    asked.incrementAndGet();
                    task.run();
                },
                waiting::add,
                Caller::of,
                snapshot -> {});
        loop.execute(() -> list.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
        time.advance(Duration.ofSeconds(10));
        int before = asked.get();

        mailbox.deliver("1002", null, Instant.EPOCH, Duration.ofSeconds(1), new byte[0]);
        time.settle();
        assertThat(list.snapshot().messages()).as("the first is read at once").hasSize(1);
        for (int i = 1; i < 1_000; i++) {
            time.advance(Duration.ofMillis(10));
            mailbox.deliver("1002", null, Instant.ofEpochSecond(i), Duration.ofSeconds(1), new byte[0]);
        }
        assertThat(asked.get() - before).isLessThanOrEqualTo(6);

        time.advance(Duration.ofSeconds(2));
        assertThat(list.snapshot().total()).isEqualTo(1_000);
        assertThat(asked.get() - before).isLessThanOrEqualTo(7);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void news_of_a_mailbox_that_was_left_are_not_waited_for() {
        loop.execute(() -> book.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
        time.settle();
        mailbox.deliver("1002", null, Instant.EPOCH, Duration.ofSeconds(1), new byte[0]);
        mailbox.deliver("1002", null, Instant.EPOCH, Duration.ofSeconds(1), new byte[0]);
        time.settle();
        mailbox.deliver("1002", null, Instant.EPOCH, Duration.ofSeconds(1), new byte[0]);
        time.settle();

        loop.execute(book::forget);
        time.settle();

        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void S6_no_sender_of_a_message_stays_in_memory_after_log_out() {
        List<WeakReference<?>> personal = new ArrayList<>();
        VoicemailList list = new VoicemailList(
                loop,
                Runnable::run,
                Runnable::run,
                party -> {
                    Caller caller = Caller.of(party);
                    personal.add(new WeakReference<>(party));
                    personal.add(new WeakReference<>(caller));
                    return caller;
                },
                snapshot -> {});
        deliver(2);
        loop.execute(() -> list.use(new FakeVoicemailBox(mailbox), "*97", Availability.ABSENT));
        time.settle();
        loop.execute(() -> list.delete(list.snapshot().messages().get(0).id(), wrong -> {}));
        time.settle();
        assertThat(list.snapshot().deleted()).hasSize(1);
        messages(list).forEach(message -> personal.add(new WeakReference<>(message)));
        assertThat(personal).hasSizeGreaterThanOrEqualTo(4);

        loop.execute(list::forget);
        time.settle();

        assertThat(list.snapshot()).isEqualTo(VoicemailSnapshot.empty(Availability.NOT_LOGGED_IN));
        assertThat(list.dialIn()).isNull();
        for (int i = 0; i < 50 && isAnyLeft(personal); i++) {
            System.gc();
        }
        assertThat(isAnyLeft(personal)).isFalse();
    }

    private static boolean isAnyLeft(List<WeakReference<?>> references) {
        return references.stream().anyMatch(reference -> reference.get() != null);
    }

    private static List<VoicemailMessage> messages(VoicemailList list) {
        return Stream.concat(list.snapshot().messages().stream(), list.snapshot().deleted().stream())
                .map(VoicemailItem::message)
                .toList();
    }

    /** Whoever scrolled far does not make the next user's list longer. */
    @Test
    void how_far_the_list_was_read_is_forgotten_at_log_out() {
        deliver(120);
        loop.execute(() -> book.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
        time.settle();
        loop.execute(() -> book.more(wrong -> {}));
        time.settle();
        assertThat(book.snapshot().messages()).hasSize(100);

        loop.execute(book::forget);
        loop.execute(() -> book.use(new FakeVoicemailBox(mailbox), null, Availability.ABSENT));
        time.settle();
        assertThat(book.snapshot().messages()).hasSize(50);
    }

    private void deliver(int messages) {
        for (int i = 0; i < messages; i++) {
            mailbox.deliver("100" + i, "Caller " + i, Instant.ofEpochSecond(i), Duration.ofSeconds(1), new byte[0]);
        }
    }
}
