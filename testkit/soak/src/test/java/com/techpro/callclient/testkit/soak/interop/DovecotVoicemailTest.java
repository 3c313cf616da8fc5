// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The IMAP mailbox against a real Dovecot: many messages, other clients, and a server with troubles. */
@Tag("interop")
class DovecotVoicemailTest extends DovecotUser {
    private static final Pattern BODIES = Pattern.compile("body_count=([0-9]+) body_bytes=([0-9]+)");

    @Test
    @Timeout(240)
    void five_thousand_messages_are_listed_without_their_bodies() throws Exception {
        int count = 5_000;
        String template = new String(message("asterisk"), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < count; i++) {
            String text = template.replace("1772445600", Integer.toString(1_700_000_000 + i));
            dovecot.deliver(user, "INBOX", text.getBytes(StandardCharsets.ISO_8859_1), i % 2 == 0);
        }
        // What the server has to do once for a new mailbox is not ours.
        assertThat(messagesOnTheServer()).isEqualTo(count);
        VoicemailBox box = box();
        long before = usedHeap();
        long began = System.nanoTime();

        VoicemailPage first = box.list(0, 50);

        long firstPage = System.nanoTime() - began;
        assertThat(first.total()).isEqualTo(count);
        assertThat(first.unheard()).isEqualTo(count / 2);
        assertThat(first.messages().get(0).received()).isEqualTo(Instant.ofEpochSecond(1_700_000_000 + count - 1));
        began = System.nanoTime();
        int seen = 0;
        for (int offset = 0; offset < count; offset += 500) {
            seen += box.list(offset, 500).messages().size();
        }
        long allPages = System.nanoTime() - began;
        assertThat(seen).isEqualTo(count);
        long after = usedHeap();
        System.out.printf(
                "5,000 messages: first page %d ms, all ten pages of 500 again %d ms, %d kB kept%n",
                firstPage / 1_000_000, allPages / 1_000_000, (after - before) / 1_024);
        assertThat(after - before).as("heap kept for 5,000 messages").isLessThan(16L << 20);
        assertThat(first.messages()).hasSize(50);
        box.close();
        awaitThat(
                "the server says what it read",
                () -> BODIES.matcher(ofThisUser()).find());
        Matcher told = BODIES.matcher(ofThisUser());
        while (told.find()) {
            assertThat(told.group(2)).as("bytes of bodies that were fetched").isEqualTo("0");
        }
    }

    @Test
    void another_client_reads_deletes_and_expunges_meanwhile() throws Exception {
        deliver("asterisk");
        deliver("asterisk-withheld");
        deliver("mail");
        VoicemailBox box = box();
        List<VoicemailMessage> messages = box.list(0, 10).messages();
        AtomicInteger changes = watched(box);
        assertThat(messages).hasSize(3);

        dovecot.doveadm("flags", "add", "-u", user, "\\Seen", "mailbox", "INBOX", "uid", uid(messages.get(0)));

        awaitThat("the watcher hears", () -> changes.getAndSet(0) > 0);
        assertThat(box.list(0, 10).messages())
                .filteredOn(VoicemailMessage::heard)
                .hasSize(1);
        assertThat(box.list(0, 10).unheard()).isEqualTo(2);

        // The other client marks one for deletion and does not remove it; that is not ours to do.
        dovecot.doveadm("flags", "add", "-u", user, "\\Deleted", "mailbox", "INBOX", "uid", uid(messages.get(1)));
        awaitThat("the watcher hears", () -> changes.getAndSet(0) > 0);
        assertThat(box.list(0, 10).total()).isEqualTo(2);
        box.delete(messages.get(2).id());
        box.purge();
        assertThat(box.list(0, 10).total()).isEqualTo(1);
        assertThat(messagesOnTheServer()).as("with the one that is marked").isEqualTo(2);

        dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "uid", uid(messages.get(0)));
        awaitThat("the watcher hears", () -> changes.getAndSet(0) > 0);
        assertThat(box.list(0, 10).total()).isZero();
        assertFails(Reason.NO_SUCH_MESSAGE, () -> box.open(messages.get(0).id()));
        assertFails(Reason.NO_SUCH_MESSAGE, () -> box.setHeard(messages.get(0).id(), true));
    }

    @Test
    void opening_marks_nothing_and_marks_are_there_for_everybody() throws Exception {
        deliver("asterisk");
        VoicemailBox box = box();
        String id = box.list(0, 1).messages().get(0).id();

        assertThat(audio(box, id)).hasSize(204);
        assertThat(seenOnTheServer()).isZero();
        box.setHeard(id, true);
        assertThat(seenOnTheServer()).isEqualTo(1);
        box.setHeard(id, false);
        assertThat(seenOnTheServer()).isZero();
    }

    @Test
    void a_long_message_comes_piece_by_piece_while_the_mailbox_is_used() throws Exception {
        String template = new String(message("asterisk"), StandardCharsets.ISO_8859_1);
        byte[] sound = new byte[600_000];
        Seeds.random(7).nextBytes(sound);
        String encoded =
                java.util.Base64.getMimeEncoder(72, new byte[] {'\r', '\n'}).encodeToString(sound);
        String text =
                template.replaceFirst("(?s)(filename=\"msg0000.WAV\"\r\n\r\n).*?(\r\n\r\n--)", "$1" + encoded + "$2");
        dovecot.deliver(user, "INBOX", text.getBytes(StandardCharsets.ISO_8859_1), false);
        VoicemailBox box = box();
        String id = box.list(0, 1).messages().get(0).id();

        byte[] half = new byte[300_000];
        try (VoicemailAudio audio = box.open(id)) {
            assertThat(audio.bytes().readNBytes(half, 0, half.length)).isEqualTo(half.length);
            assertThat(box.list(0, 1).total()).isEqualTo(1);
            // The rest comes over a new connection.
            dovecot.stop();
            dovecot.start();
            byte[] rest = audio.bytes().readAllBytes();
            byte[] whole = new byte[sound.length];
            System.arraycopy(half, 0, whole, 0, half.length);
            System.arraycopy(rest, 0, whole, half.length, rest.length);
            assertThat(whole).isEqualTo(sound);
        }
    }

    @Test
    void a_mailbox_over_its_quota_can_still_be_heard_and_emptied() throws Exception {
        deliver("asterisk");
        String template = new String(message("mail"), StandardCharsets.ISO_8859_1);
        byte[] large = (template + "A".repeat(76).concat("\r\n").repeat(3_000)).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 1_000; i++) {
            dovecot.deliver(user, "INBOX", large, false);
        }
        dovecot.doveadm("quota", "recalc", "-u", user);
        assertThat(dovecot.doveadm("-f", "tab", "quota", "get", "-u", user))
                .containsPattern("STORAGE\t2[0-9]{5}\t204800");
        VoicemailBox box = box();
        VoicemailPage page = box.list(0, 500);
        assertThat(page.total()).isEqualTo(1_001);
        String id = page.messages().get(0).id();

        assertThat(audio(box, id)).isNotEmpty();
        box.setHeard(id, true);
        box.delete(id);
        box.purge();

        assertThat(box.list(0, 1).total()).isEqualTo(1_000);
        assertThat(messagesOnTheServer()).isEqualTo(1_000);
    }

    @Test
    void a_restarted_server_is_watched_again_and_missed_messages_are_reported() throws Exception {
        deliver("asterisk");
        VoicemailBox box = box();
        String id = box.list(0, 10).messages().get(0).id();
        AtomicInteger changes = watched(box);

        dovecot.stop();
        deliver("asterisk-withheld");
        assertFails(Reason.UNREACHABLE, () -> box.list(0, 10));
        assertThat(changes.get()).isZero();
        dovecot.start();

        awaitThat("the watcher hears", () -> changes.getAndSet(0) > 0);
        VoicemailPage page = box.list(0, 10);
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.messages()).extracting(VoicemailMessage::id).contains(id);
        deliver("mail");
        awaitThat("the watcher hears of a third", () -> changes.get() > 0);
        assertThat(box.list(0, 10).total()).isEqualTo(3);
    }

    @Test
    void a_server_that_numbers_its_messages_anew_makes_old_names_name_nothing() throws Exception {
        deliver("asterisk");
        VoicemailBox box = box();
        String before = box.list(0, 10).messages().get(0).id();

        dovecot.stop();
        dovecot.renumber(user);
        dovecot.start();

        assertFails(Reason.NO_SUCH_MESSAGE, () -> box.open(before));
        String after = box.list(0, 10).messages().get(0).id();
        assertThat(after).isNotEqualTo(before);
        assertThat(audio(box, after)).hasSize(204);
    }

    @Test
    void a_certificate_that_is_not_good_is_untrusted_and_nothing_is_said_to_it() throws Exception {
        deliver("asterisk");
        FakeLoginContext strangers = new FakeLoginContext().local(Dovecot.HOST).local("pbx.test");
        VoicemailBox untrusting = box(strangers, TlsTrust.PLATFORM, Dovecot.PASSWORD);
        assertFails(Reason.UNTRUSTED, () -> untrusting.list(0, 10));
        try {
            for (Dovecot.Shown shown : List.of(Dovecot.Shown.OF_ANOTHER_HOST, Dovecot.Shown.EXPIRED)) {
                dovecot.stop();
                dovecot.start(shown, Dovecot.PASSWORD);
                VoicemailBox box = box();
                assertFails(Reason.UNTRUSTED, () -> box.list(0, 10));
            }
        } finally {
            dovecot.stop();
            dovecot.start();
        }
        assertThat(ofThisUser()).doesNotContain("Logged in");
        assertThat(box().list(0, 10).total()).isEqualTo(1);
    }

    @Test
    void a_wrong_password_is_refused_and_the_right_one_accepted_afterwards() throws Exception {
        deliver("asterisk");
        VoicemailBox wrong = box(context(), dovecot.trust(), "guessed");
        assertFails(Reason.REFUSED, () -> wrong.list(0, 10));
        assertFails(Reason.REFUSED, () -> wrong.open("m.1.1"));
        assertThat(box().list(0, 10).total()).isEqualTo(1);
    }

    @Test
    void nothing_is_left_open_and_nobody_is_told_of_anything_after_closing() throws Exception {
        deliver("asterisk");
        FakeLoginContext context = context();
        VoicemailBox box = box(context, dovecot.trust(), Dovecot.PASSWORD);
        assertThat(box.list(0, 10).total()).isEqualTo(1);
        AtomicInteger changes = watched(box);
        assertThat(context.open()).isEqualTo(2);

        box.close();

        awaitThat("both connections are closed", () -> context.open() == 0);
        deliver("mail");
        assertThat(box().list(0, 10).total()).isEqualTo(2);
        assertThat(changes.get()).isZero();
        assertThat(context.refused()).isEmpty();
    }

    private static long usedHeap() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
