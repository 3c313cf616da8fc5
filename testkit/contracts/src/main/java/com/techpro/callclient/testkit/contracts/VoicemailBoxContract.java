// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.canTry;
import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of {@link VoicemailBox}. The adapter's author runs a server on this machine with one
 * empty mailbox, delivers messages to it, and makes it fail as far as possible.
 */
@PortContract
public abstract class VoicemailBoxContract extends VoicemailListClauses {
    @Test
    void VMB_5_opening_a_message_gives_its_audio_and_changes_only_the_declared_state() throws Exception {
        deliverSome(2);
        VoicemailBox box = open();
        String id = ids(box.list(0, 10)).get(1);

        assertThat(bytes(box, id)).isEqualTo(audio(0));
        assertThat(bytes(box, id)).isEqualTo(audio(0));

        boolean marks = box.capabilities().contains(Capability.READ_ON_FETCH);
        VoicemailPage page = open().list(0, 10);
        assertThat(page.messages().get(1).heard()).isEqualTo(marks);
        assertThat(page.messages().get(0).heard()).isFalse();
        assertThat(page.unheard()).isEqualTo(marks ? 1 : 2);
    }

    @Test
    @Timeout(60)
    @OptionalClause("holding audio back")
    void VMB_5_audio_is_given_while_it_arrives_and_nothing_waits_for_it() throws Exception {
        deliverSome(2);
        VoicemailBox box = open();
        List<String> ids = ids(box.list(0, 10));
        require(holdAudio(), "holding audio back");

        try (VoicemailAudio audio = box.open(ids.get(0))) {
            byte[] first = new byte[100];
            int got = 0;
            while (got < first.length) {
                int more = audio.bytes().read(first, got, first.length - got);
                assertThat(more).isPositive();
                got += more;
            }
            assertThat(first).isEqualTo(Arrays.copyOf(audio(1), 100));
            assertThat(ids(box.list(0, 10))).isEqualTo(ids);
            resumeAudio();
            assertThat(rest(audio.bytes())).hasSize(audio(1).length - 100);
        }
    }

    @Test
    void VMB_5_audio_that_nobody_wants_to_the_end_is_let_go() throws Exception {
        deliverSome(2);
        VoicemailBox box = open();
        List<String> ids = ids(box.list(0, 10));

        for (int i = 0; i < 12; i++) {
            VoicemailAudio audio = box.open(ids.get(i % 2));
            assertThat(audio.bytes().read()).isNotNegative();
            audio.close();
            audio.close();
        }

        assertThat(bytes(box, ids.get(0))).isEqualTo(audio(1));
    }

    @Test
    @OptionalClause("UNDELETE")
    void VMB_6_a_deleted_message_is_not_listed_and_can_be_restored_until_purged() throws Exception {
        deliverSome(3);
        VoicemailBox box = open();
        List<String> ids = ids(box.list(0, 10));
        require(box.capabilities().contains(Capability.UNDELETE), "UNDELETE");

        box.delete(ids.get(1));
        assertThat(ids(box.list(0, 10))).containsExactly(ids.get(0), ids.get(2));
        assertThat(box.list(0, 10).total()).isEqualTo(2);
        assertThat(box.list(0, 10).unheard()).isEqualTo(2);
        box.undelete(ids.get(1));
        assertThat(ids(box.list(0, 10))).isEqualTo(ids);
        assertThat(bytes(box, ids.get(1))).isEqualTo(audio(1));

        box.delete(ids.get(1));
        box.purge();
        assertThat(ids(open().list(0, 10))).containsExactly(ids.get(0), ids.get(2));
        assertFails(Reason.NO_SUCH_MESSAGE, () -> box.undelete(ids.get(1)));
        assertFails(Reason.NO_SUCH_MESSAGE, () -> box.open(ids.get(1)));
    }

    @Test
    @OptionalClause("DELETE")
    void VMB_6_where_nothing_comes_back_deleting_is_final() throws Exception {
        deliverSome(2);
        VoicemailBox box = open();
        List<String> ids = ids(box.list(0, 10));
        require(box.capabilities().contains(Capability.DELETE), "DELETE");
        if (box.capabilities().contains(Capability.UNDELETE)) {
            return; // The previous clause checks what is returned.
        }

        box.delete(ids.get(0));

        assertThat(ids(box.list(0, 10))).containsExactly(ids.get(1));
        assertThat(ids(open().list(0, 10))).containsExactly(ids.get(1));
        assertFails(Reason.UNSUPPORTED, () -> box.undelete(ids.get(0)));
    }

    @Test
    @OptionalClause("UNDELETE")
    void VMB_6_purging_leaves_messages_that_another_session_deleted() throws Exception {
        deliverSome(3);
        VoicemailBox mine = open();
        List<String> ids = ids(mine.list(0, 10));
        require(mine.capabilities().contains(Capability.UNDELETE), "UNDELETE");
        VoicemailBox other = open();
        assertThat(ids(other.list(0, 10))).isEqualTo(ids);
        other.delete(ids.get(2));

        mine.delete(ids.get(0));
        mine.purge();

        other.undelete(ids.get(2));
        assertThat(ids(open().list(0, 10))).containsExactly(ids.get(1), ids.get(2));
        assertThat(bytes(other, ids.get(2))).isEqualTo(audio(0));
    }

    @Test
    void VMB_7_the_mailbox_does_its_declared_operations_and_refuses_the_others() throws Exception {
        deliverSome(2);
        VoicemailBox box = open();
        String id = ids(box.list(0, 10)).get(0);
        Set<Capability> can = box.capabilities();

        if (can.contains(Capability.MARK_HEARD)) {
            box.setHeard(id, true);
            assertThat(open().list(0, 1).messages().get(0).heard()).isTrue();
            assertThat(box.list(0, 1).unheard()).isEqualTo(1);
            box.setHeard(id, true);
            box.setHeard(id, false);
            assertThat(open().list(0, 1).messages().get(0).heard()).isFalse();
            assertThat(box.list(0, 1).unheard()).isEqualTo(2);
        } else {
            assertFails(Reason.UNSUPPORTED, () -> box.setHeard(id, true));
        }
        if (!can.contains(Capability.DELETE)) {
            assertFails(Reason.UNSUPPORTED, () -> box.delete(id));
        }
        if (!can.contains(Capability.UNDELETE)) {
            assertFails(Reason.UNSUPPORTED, () -> box.undelete(id));
        }
        if (!can.contains(Capability.GREETINGS)) {
            assertThat(box.greetings()).isEmpty();
        }
        box.purge();
    }

    @Test
    @OptionalClause("WATCH")
    void VMB_7_a_mailbox_that_can_be_watched_tells_of_a_new_message() throws Exception {
        VoicemailBox box = open();
        assertThat(box.list(0, 10).total()).isZero();
        require(box.capabilities().contains(Capability.WATCH), "WATCH");
        AtomicInteger heard = new AtomicInteger();
        box.watch(heard::incrementAndGet);

        // A watcher's connection is its own affair: a message may arrive before it is connected.
        deliverSome(1);
        await(() -> heard.get() > 0);
        assertThat(box.list(0, 10).total()).isEqualTo(1);

        int before = heard.get();
        deliver(new Left(NUMBER, NAME, at(1), false, audio(1)));
        await(() -> heard.get() > before);
        assertThat(box.list(0, 10).total()).isEqualTo(2);
    }

    @Test
    void VMB_8_a_closed_box_refuses_everything_and_leaves_nothing_open() throws Exception {
        deliverSome(1);
        VoicemailBox box = open();
        AtomicInteger heard = new AtomicInteger();
        box.watch(heard::incrementAndGet);
        String id = ids(box.list(0, 10)).get(0);
        VoicemailAudio audio = box.open(id);

        box.close();
        box.close();

        assertFails(Reason.CLOSED, () -> box.list(0, 1));
        assertFails(Reason.CLOSED, () -> box.open(id));
        assertFails(Reason.CLOSED, () -> box.setHeard(id, true));
        assertFails(Reason.CLOSED, () -> box.delete(id));
        assertFails(Reason.CLOSED, () -> box.undelete(id));
        assertFails(Reason.CLOSED, box::purge);
        assertFails(Reason.CLOSED, box::greetings);
        audio.close();
        if (canTry(openConnections() >= 0, "counting of connections")) {
            await(() -> openConnections() == 0);
        }
        int before = heard.get();
        box.watch(heard::incrementAndGet);
        deliver(new Left(NUMBER, NAME, at(1), false, audio(1)));
        // A second box that is notified shows that there was an event.
        assertThat(open().list(0, 10).total()).isEqualTo(2);
        assertThat(heard.get()).isEqualTo(before);
    }

    @Test
    @Timeout(60)
    @OptionalClause("holding audio back")
    void VMB_8_closing_does_not_wait_for_audio_that_does_not_come() throws Exception {
        deliverSome(1);
        VoicemailBox box = open();
        String id = ids(box.list(0, 10)).get(0);
        require(holdAudio(), "holding audio back");
        VoicemailAudio audio = box.open(id);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                ended.complete(rest(audio.bytes()).length == audio(0).length);
                            } catch (IOException e) {
                                ended.complete(false);
                            }
                        },
                        "reader")
                .start();

        box.close();

        await(ended::isDone);
        assertThat(ended.get()).as("the whole message was read").isFalse();
        audio.close();
    }

    @Test
    @OptionalClause("distrust of the server")
    void VMB_9_a_server_that_nobody_vouches_for_is_untrusted() {
        VoicemailBox box = thatTrustsNobody();
        require(box != null, "distrust of the server");
        if (box == null) {
            return;
        }
        closing(box);

        assertFails(Reason.UNTRUSTED, () -> box.list(0, 1));
    }

    @Test
    @OptionalClause("a look at the wire")
    void VMB_9_nothing_readable_goes_over_the_wire() throws Exception {
        deliverSome(1);
        VoicemailBox box = open();
        assertThat(bytes(box, ids(box.list(0, 10)).get(0))).isEqualTo(audio(0));
        byte[] wire = wire();
        require(wire != null, "a look at the wire");

        String text = new String(wire, StandardCharsets.ISO_8859_1);
        assertThat(text).isNotEmpty().doesNotContain(NUMBER).doesNotContain(NAME);
        assertThat(secrets()).allSatisfy(secret -> assertThat(text).doesNotContain(secret));
    }

    @Test
    void VMB_10_nothing_thrown_or_printed_tells_of_anybody() throws Exception {
        deliverSome(1);
        VoicemailBox box = open();
        VoicemailPage page = box.list(0, 10);
        String id = ids(page).get(0);
        List<String> printed = new ArrayList<>(
                List.of(box.toString(), page.toString(), page.messages().toString()));
        try (VoicemailAudio audio = box.open(id)) {
            printed.add(audio.toString());
        }
        printed.add(stackOf(() -> box.open("no such message")));
        for (Reason reason : Reason.values()) {
            if (failing(reason)) {
                printed.add(stackOf(() -> box.list(0, 1)));
                heal();
            }
        }
        VoicemailBox wrong = withWrongPassword();
        if (canTry(wrong != null, "a wrong password") && wrong != null) {
            closing(wrong);
            assertFails(Reason.REFUSED, () -> wrong.list(0, 1));
            printed.add(stackOf(() -> wrong.list(0, 1)));
            printed.add(wrong.toString());
        }

        for (String text : printed) {
            assertThat(text).doesNotContain(NUMBER).doesNotContain(NAME);
            assertThat(secrets()).allSatisfy(secret -> assertThat(text).doesNotContain(secret));
        }
    }
}
