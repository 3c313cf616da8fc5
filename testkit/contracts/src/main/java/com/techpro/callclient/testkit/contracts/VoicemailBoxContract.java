// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link VoicemailBox} promises. The author of an adapter runs a server on this machine with one empty mailbox, says how messages come
 * into it, and, as far as that can be tried, how it fails.
 */
public abstract class VoicemailBoxContract {
    /** The caller of every message. No box may print it. */
    protected static final String NUMBER = "0711-canary-4417";

    protected static final String NAME = "Canary Callertop";

    private static final Instant FIRST = Instant.parse("2026-03-01T09:30:00Z");

    private final List<VoicemailBox> opened = new ArrayList<>();

    /** A new way to the one mailbox of this test; each is what another session of the user has. */
    protected abstract VoicemailBox create();

    /** Puts a message into the mailbox, as the phone system does. */
    protected abstract void deliver(Left message);

    /** Waits until the condition holds, or fails after some thirty seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** Puts a greeting beside the messages; false if that cannot be tried. */
    protected boolean deliverGreeting(byte[] audio) {
        return false;
    }

    /** Lets the server fail so that this must be the reason, from now on; false if that cannot be tried. */
    protected boolean fail(Reason reason) {
        return false;
    }

    /** Ends that. */
    protected void heal() {}

    /** Lets the second half of every audio wait until {@link #resumeAudio}; false if that cannot be tried. */
    protected boolean holdAudio() {
        return false;
    }

    protected void resumeAudio() {}

    /** How many audio bodies the server was asked for so far, or -1 if it cannot tell. */
    protected int audioFetched() {
        return -1;
    }

    /** How many connections of boxes are open at the server, or -1 if it cannot tell. */
    protected int openConnections() {
        return -1;
    }

    /** A box with a wrong password; null if that cannot be tried. */
    protected @Nullable VoicemailBox withWrongPassword() {
        return null;
    }

    /** A box that does not trust the server's authority; null if that cannot be tried. */
    protected @Nullable VoicemailBox thatTrustsNobody() {
        return null;
    }

    /** All that went over the wire, as an observer saw it; null if nobody looked. */
    protected byte @Nullable [] wire() {
        return null;
    }

    /** What must never be printed beside the caller: user name, password and the like. */
    protected List<String> secrets() {
        return List.of();
    }

    /** A message as a caller leaves it. Its audio is what {@link VoicemailBox#open} gives, to the byte. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    protected record Left(
            @Nullable String number, @Nullable String name, Instant received, boolean heard, byte[] audio) {
        /** Authors leave some, too. */
        public Left {}
    }

    @AfterEach
    void closeWhatIsOpen() {
        resumeAudio();
        heal();
        opened.forEach(VoicemailBox::close);
    }

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
        int tried = 0;
        for (Reason reason : Reason.values()) {
            if (fail(reason)) {
                tried++;
                assertFails(reason, () -> box.list(0, 10));
                heal();
                assertThat(ids(box.list(0, 10))).containsExactly(id);
                assertThat(bytes(box, id)).isEqualTo(audio(0));
            }
        }
        assumeTrue(tried > 0, "cannot be tried");
    }

    @Test
    void VMB_2_what_is_not_there_is_no_such_message() throws Exception {
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
    void VMB_3_a_message_says_who_left_it_and_a_withheld_caller_is_null() throws Exception {
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
    void VMB_3_listing_fetches_no_audio() throws Exception {
        deliverSome(3);
        int before = audioFetched();
        assumeTrue(before >= 0, "cannot be told");

        assertThat(open().list(0, 10).messages()).hasSize(3);

        assertThat(audioFetched()).isEqualTo(before);
    }

    @Test
    void VMB_3_greetings_are_no_messages_and_are_not_lost() throws Exception {
        deliverSome(1);
        byte[] greeting = audio(99);
        assumeTrue(deliverGreeting(greeting), "cannot be tried");
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
    void VMB_4_an_id_never_comes_to_name_another_message() throws Exception {
        deliverSome(3);
        VoicemailBox box = open();
        Set<String> ever = new HashSet<>(ids(box.list(0, 10)));
        assumeTrue(box.capabilities().contains(Capability.DELETE), "nothing can be deleted");
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

    @Test
    void VMB_5_the_audio_is_what_was_left_and_opening_it_changes_nothing_unless_the_mailbox_says_so() throws Exception {
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
    void VMB_5_audio_is_given_while_it_arrives_and_nothing_waits_for_it() throws Exception {
        deliverSome(2);
        VoicemailBox box = open();
        List<String> ids = ids(box.list(0, 10));
        assumeTrue(holdAudio(), "cannot be tried");

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
    void VMB_6_what_is_deleted_is_listed_no_more_and_comes_back_until_it_is_purged() throws Exception {
        deliverSome(3);
        VoicemailBox box = open();
        List<String> ids = ids(box.list(0, 10));
        assumeTrue(box.capabilities().contains(Capability.UNDELETE), "deleting is final");

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
    void VMB_6_where_nothing_comes_back_deleting_is_final() throws Exception {
        deliverSome(2);
        VoicemailBox box = open();
        List<String> ids = ids(box.list(0, 10));
        assumeTrue(box.capabilities().contains(Capability.DELETE), "nothing can be deleted");
        assumeFalse(box.capabilities().contains(Capability.UNDELETE), "what is deleted comes back");

        box.delete(ids.get(0));

        assertThat(ids(box.list(0, 10))).containsExactly(ids.get(1));
        assertThat(ids(open().list(0, 10))).containsExactly(ids.get(1));
        assertFails(Reason.UNSUPPORTED, () -> box.undelete(ids.get(0)));
    }

    @Test
    void VMB_6_purging_leaves_what_another_session_deleted() throws Exception {
        deliverSome(3);
        VoicemailBox mine = open();
        List<String> ids = ids(mine.list(0, 10));
        assumeTrue(mine.capabilities().contains(Capability.UNDELETE), "deleting is final");
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
    void VMB_7_what_the_mailbox_can_do_it_does_and_the_rest_it_refuses() throws Exception {
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
    void VMB_7_a_mailbox_that_can_be_watched_tells_of_a_new_message() throws Exception {
        VoicemailBox box = open();
        assertThat(box.list(0, 10).total()).isZero();
        assumeTrue(box.capabilities().contains(Capability.WATCH), "it cannot be watched");
        AtomicInteger heard = new AtomicInteger();
        box.watch(heard::incrementAndGet);

        // What a watcher needs to be connected is its own affair: a message may come before it is.
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
        if (openConnections() >= 0) {
            await(() -> openConnections() == 0);
        }
        int before = heard.get();
        box.watch(heard::incrementAndGet);
        deliver(new Left(NUMBER, NAME, at(1), false, audio(1)));
        // A second box that hears of it shows that there was something to hear.
        assertThat(open().list(0, 10).total()).isEqualTo(2);
        assertThat(heard.get()).isEqualTo(before);
    }

    @Test
    @Timeout(60)
    void VMB_8_closing_does_not_wait_for_audio_that_does_not_come() throws Exception {
        deliverSome(1);
        VoicemailBox box = open();
        String id = ids(box.list(0, 10)).get(0);
        assumeTrue(holdAudio(), "cannot be tried");
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
    void VMB_9_a_server_that_nobody_vouches_for_is_untrusted() {
        VoicemailBox box = thatTrustsNobody();
        assumeTrue(box != null, "cannot be tried");
        if (box == null) {
            return;
        }
        opened.add(box);

        assertFails(Reason.UNTRUSTED, () -> box.list(0, 1));
    }

    @Test
    void VMB_9_nothing_readable_goes_over_the_wire() throws Exception {
        deliverSome(1);
        VoicemailBox box = open();
        assertThat(bytes(box, ids(box.list(0, 10)).get(0))).isEqualTo(audio(0));
        byte[] wire = wire();
        assumeTrue(wire != null, "nobody looked");

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
            if (fail(reason)) {
                printed.add(stackOf(() -> box.list(0, 1)));
                heal();
            }
        }
        VoicemailBox wrong = withWrongPassword();
        if (wrong != null) {
            opened.add(wrong);
            assertFails(Reason.REFUSED, () -> wrong.list(0, 1));
            printed.add(stackOf(() -> wrong.list(0, 1)));
            printed.add(wrong.toString());
        }

        for (String text : printed) {
            assertThat(text).doesNotContain(NUMBER).doesNotContain(NAME);
            assertThat(secrets()).allSatisfy(secret -> assertThat(text).doesNotContain(secret));
        }
    }

    /** For authors and their tests: what {@link #deliver} was given for the nth message; 4,000 bytes that belong to it alone. */
    protected static byte[] audio(int n) {
        byte[] audio = new byte[4_000];
        new Random(n).nextBytes(audio);
        return audio;
    }

    /** When the nth message was left. */
    protected static Instant at(int n) {
        return FIRST.plusSeconds(n * 3_600L);
    }

    private void deliverSome(int count) {
        for (int i = 0; i < count; i++) {
            deliver(new Left(NUMBER, NAME, at(i), false, audio(i)));
        }
    }

    private VoicemailBox open() {
        VoicemailBox box = create();
        opened.add(box);
        return box;
    }

    private static List<String> ids(VoicemailPage page) {
        List<String> ids = new ArrayList<>();
        page.messages().forEach(message -> ids.add(message.id()));
        return ids;
    }

    private static byte[] bytes(VoicemailBox box, String id) throws IOException {
        try (VoicemailAudio audio = box.open(id)) {
            byte[] all = rest(audio.bytes());
            assertThat(audio.length()).isIn(-1L, (long) all.length);
            return all;
        }
    }

    private static byte[] rest(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[1_024];
        int count = in.read(some);
        while (count >= 0) {
            all.write(some, 0, count);
            count = in.read(some);
        }
        return all.toByteArray();
    }

    private interface Use {
        void run() throws IOException;
    }

    private static void assertFails(Reason reason, Use use) {
        VoicemailException failure = catchThrowableOfType(VoicemailException.class, use::run);
        assertThat(failure).as("it threw nothing").isNotNull();
        assertThat(failure.reason()).isEqualTo(reason);
    }

    private static String stackOf(Use use) {
        VoicemailException failure = catchThrowableOfType(VoicemailException.class, use::run);
        assertThat(failure).as("it threw nothing").isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
