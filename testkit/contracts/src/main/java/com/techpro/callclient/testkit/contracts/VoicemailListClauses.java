// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The clauses VMB-1 to VMB-4: failures, listing, and the validity of IDs. Authors extend
 * {@link VoicemailBoxContract}.
 */
public abstract class VoicemailListClauses extends VoicemailBoxUnderTest {
    @Test
    @Timeout(60)
    void VMB_1_it_may_be_called_from_several_threads_at_once() throws Exception {
        deliverSome(4);
        VoicemailBox box = open();
        List<String> ids = ids(box.list(0, 10));
        List<CompletableFuture<Void>> users = new ArrayList<>();
        // Not the common pool, which may have fewer threads than there are callers here.
        Executor threads = task -> new Thread(task, "voicemail").start();
        for (int i = 0; i < 4; i++) {
            int which = i;
            users.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            for (int turn = 0; turn < 3; turn++) {
                                assertThat(bytes(box, ids.get(which))).isEqualTo(audio(3 - which));
                                assertThat(ids(box.list(0, 10))).isEqualTo(ids);
                            }
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    },
                    threads));
        }
        for (CompletableFuture<Void> user : users) {
            user.get();
        }
    }

    @Test
    @Timeout(180)
    void VMB_2_each_trouble_has_its_reason_and_passes() throws Exception {
        deliverSome(1);
        VoicemailBox box = open();
        String id = ids(box.list(0, 1)).get(0);
        for (Reason reason : Reason.values()) {
            if (failing(reason)) {
                assertFails(reason, () -> box.list(0, 10));
                heal();
                assertThat(ids(box.list(0, 10))).containsExactly(id);
                assertThat(bytes(box, id)).isEqualTo(audio(0));
            }
        }
    }

    @Test
    void VMB_2_a_missing_message_is_reported_as_such() throws Exception {
        deliverSome(1);
        VoicemailBox box = open();
        assertThat(box.list(0, 1).total()).isEqualTo(1);

        for (String id : List.of("", "0", "no such id", "1\r\n2 LOGOUT", "../../etc/passwd", "\u0000", "1:*")) {
            assertFails(Reason.NO_SUCH_MESSAGE, () -> box.open(id));
            if (box.capabilities().contains(Capability.MARK_HEARD)) {
                assertFails(Reason.NO_SUCH_MESSAGE, () -> box.setHeard(id, true));
            }
            if (box.capabilities().contains(Capability.DELETE)) {
                assertFails(Reason.NO_SUCH_MESSAGE, () -> box.delete(id));
            }
        }

        assertThat(box.list(0, 1).total()).isEqualTo(1);
    }

    @Test
    void VMB_3_an_empty_mailbox_has_an_empty_page() throws Exception {
        assertThat(open().list(0, 50)).isEqualTo(new VoicemailPage(List.of(), 0, 0));
    }

    @Test
    void VMB_3_the_newest_come_first_page_by_page() throws Exception {
        deliverSome(7);
        VoicemailBox box = open();

        VoicemailPage all = box.list(0, 500);

        assertThat(all.messages())
                .extracting(VoicemailMessage::received)
                .containsExactly(at(6), at(5), at(4), at(3), at(2), at(1), at(0));
        assertThat(all.total()).isEqualTo(7);
        List<String> paged = new ArrayList<>();
        for (int offset = 0; offset < 9; offset += 3) {
            VoicemailPage page = box.list(offset, 3);
            assertThat(page.total()).isEqualTo(7);
            assertThat(page.unheard()).isEqualTo(all.unheard());
            paged.addAll(ids(page));
        }
        assertThat(paged).isEqualTo(ids(all));
        assertThat(box.list(7, 3).messages()).isEmpty();
        assertThat(box.list(700, 3).total()).isEqualTo(7);
    }

    @Test
    void VMB_3_the_order_is_by_time_and_not_by_arrival() throws Exception {
        deliver(new Left(NUMBER, NAME, at(5), false, audio(5)));
        deliver(new Left(NUMBER, NAME, at(9), false, audio(9)));
        deliver(new Left(NUMBER, NAME, at(1), false, audio(1)));

        assertThat(open().list(0, 10).messages())
                .extracting(VoicemailMessage::received)
                .containsExactly(at(9), at(5), at(1));
    }

    @Test
    void VMB_3_a_message_names_its_caller_and_a_withheld_caller_is_null() throws Exception {
        deliver(new Left(NUMBER, NAME, at(0), false, audio(0)));
        deliver(new Left(null, null, at(1), false, audio(1)));

        VoicemailPage page = open().list(0, 10);

        assertThat(page.messages().get(0).callerNumber()).isNull();
        assertThat(page.messages().get(1).callerNumber()).isEqualTo(NUMBER);
        assertThat(page.messages().get(1).callerName()).isIn(NAME, null);
        assertThat(page.unheard()).isEqualTo(2);
        assertThat(page.messages()).noneMatch(VoicemailMessage::heard);
    }

    @Test
    @OptionalClause("counting of fetches")
    void VMB_3_listing_fetches_no_audio() throws Exception {
        deliverSome(3);
        int before = audioFetched();
        require(before >= 0, "counting of fetches");

        assertThat(open().list(0, 10).messages()).hasSize(3);

        assertThat(audioFetched()).isEqualTo(before);
    }

    @Test
    @OptionalClause("greetings")
    void VMB_3_greetings_are_no_messages_and_are_not_lost() throws Exception {
        deliverSome(1);
        byte[] greeting = audio(99);
        require(deliverGreeting(greeting), "greetings");
        VoicemailBox box = open();

        VoicemailPage page = box.list(0, 10);

        assertThat(page.total()).isEqualTo(1);
        assertThat(page.unheard()).isEqualTo(1);
        assertThat(page.messages()).hasSize(1);
        if (box.capabilities().contains(Capability.DELETE)) {
            box.delete(ids(page).get(0));
            box.purge();
        }
        List<VoicemailBox.Greeting> greetings = box.greetings();
        if (box.capabilities().contains(Capability.GREETINGS)) {
            assertThat(greetings).hasSize(1);
            assertThat(bytes(box, greetings.get(0).id())).isEqualTo(greeting);
        } else {
            assertThat(greetings).isEmpty();
        }
    }

    @Test
    void VMB_4_an_id_names_the_same_message_in_a_later_session() throws Exception {
        deliverSome(3);
        VoicemailBox first = open();
        List<String> before = ids(first.list(0, 10));
        first.close();
        deliver(new Left(NUMBER, NAME, at(3), false, audio(3)));

        VoicemailBox later = open();

        assertThat(ids(later.list(1, 10))).isEqualTo(before);
        for (int i = 0; i < 3; i++) {
            assertThat(bytes(later, before.get(i))).isEqualTo(audio(2 - i));
        }
    }

    @Test
    @OptionalClause("DELETE")
    void VMB_4_an_id_never_comes_to_name_another_message() throws Exception {
        deliverSome(3);
        VoicemailBox box = open();
        Set<String> ever = new HashSet<>(ids(box.list(0, 10)));
        require(box.capabilities().contains(Capability.DELETE), "DELETE");
        for (String id : ever) {
            box.delete(id);
        }
        box.purge();
        deliverSome(3);

        VoicemailBox later = open();

        assertThat(ids(later.list(0, 10))).hasSize(3).doesNotContainAnyElementsOf(ever);
        for (String id : ever) {
            assertFails(Reason.NO_SUCH_MESSAGE, () -> later.open(id));
        }
    }
}
