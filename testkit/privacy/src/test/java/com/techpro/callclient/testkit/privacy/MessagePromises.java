// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Sound;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is promised of the messages that callers leave, at a phone system with a real mail server. */
interface MessagePromises {
    @Test
    default void C6_a_message_is_listed_with_its_caller_and_listing_changes_nothing() throws IOException {
        try (MailboxOwner owner = new MailboxOwner(null)) {
            owner.receive("1001", "Alice", 440);

            VoicemailItem message = owner.awaitMessages(1).messages().get(0);
            assertThat(message.message().callerNumber()).isEqualTo("1001");
            assertThat(message.message().heard()).isFalse();
            owner.client().voicemail().refresh();
            owner.awaitWaiting(1, 0);
        }
    }

    @Test
    default void U5_a_message_is_announced_found_and_played() throws IOException {
        try (MailboxOwner owner = new MailboxOwner(null)) {
            owner.receive("1001", "Alice", 440);
            owner.awaitWaiting(1, 0);
            Await.until(
                    "the user is told",
                    () -> owner.notices().shown().stream().anyMatch(Notice.VoicemailWaiting.class::isInstance));

            VoicemailItem message = owner.awaitMessages(1).messages().get(0);
            try (Playback playback = owner.client().voicemail().play(message.id())) {
                MailboxOwner.await(playback, PlaybackSnapshot.State.ENDED);
                short[] heard = owner.played();
                assertThat(heard.length).isGreaterThan(3 * MailboxOwner.RATE / 2);
                short[] middle = Arrays.copyOfRange(heard, MailboxOwner.RATE / 2, MailboxOwner.RATE);
                assertThat(Sound.amplitudeOf(440, middle, MailboxOwner.RATE)).isGreaterThan(4_000);
                assertThat(Sound.amplitudeOf(550, middle, MailboxOwner.RATE)).isLessThan(500);
            }
            // Played to its end it counts as heard, here and at the phone system; and the notice goes.
            owner.awaitWaiting(0, 1);
            Await.until(
                    "the notice is taken back",
                    () -> owner.notices().shown().stream().noneMatch(Notice.VoicemailWaiting.class::isInstance));
        }
    }

    @Test
    default void S3_cached_audio_of_a_playing_message_is_unreadable_and_erased_at_the_end(@TempDir Path cache)
            throws IOException {
        try (MailboxOwner owner = new MailboxOwner(cache)) {
            owner.receive("1001", "Alice", 440);
            VoicemailItem message = owner.awaitMessages(1).messages().get(0);
            Playback playback = owner.client().voicemail().play(message.id());
            Await.until("all of it is here", () -> playback.snapshot().arrival() == PlaybackSnapshot.Arrival.COMPLETE);

            assertThat(cache)
                    .as("the file has no name for others to open it by")
                    .isEmptyDirectory();
            byte[] kept = MailboxOwner.openBytes(cache);
            assertThat(kept.length).as("a second of it at least").isGreaterThan(2 * MailboxOwner.RATE);
            assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                    .doesNotContain("RIFF", "Alice")
                    .doesNotContain(MailboxOwner.pieceOf(440, ByteOrder.LITTLE_ENDIAN))
                    .doesNotContain(MailboxOwner.pieceOf(440, ByteOrder.BIG_ENDIAN));
            playback.close();
            Await.until("nothing is left of it", () -> MailboxOwner.openBytes(cache).length == 0);
            assertThat(cache).isEmptyDirectory();
        }
    }

    @Test
    default void C7_a_room_that_was_joined_is_remembered_with_when_it_was_left() throws IOException {
        try (MailboxOwner owner = new MailboxOwner(null)) {
            Conference conference = owner.client().accounts().get(0).join("8000");
            Await.until("it is joined", () -> conference.snapshot().state() == ConferenceSnapshot.State.JOINED);
            conference.leave();
            Await.until(
                    "the stay is over, and in the history",
                    () -> owner.client().people().history().snapshot().entries().stream()
                            .anyMatch(entry ->
                                    entry instanceof HistoryEntry.ConferenceRecord stay && stay.left() != null));

            HistoryEntry.ConferenceRecord stay = (HistoryEntry.ConferenceRecord)
                    owner.client().people().history().snapshot().entries().get(0);
            assertThat(stay.room()).isEqualTo("8000");
            assertThat(stay.left()).isAfterOrEqualTo(stay.start());

            owner.client()
                    .logout(LogoutOptions.EVERYTHING)
                    .toCompletableFuture()
                    .join();
            assertThat(owner.client().people().history().snapshot().entries())
                    .as("as with calls, it goes at log-out")
                    .isEmpty();
        }
    }

    @Test
    default void S7_a_message_deleted_here_is_gone_at_the_phone_system_and_the_other_way_round() throws IOException {
        try (MailboxOwner owner = new MailboxOwner(null)) {
            owner.receive("1001", "Alice", 440);
            owner.receive("1001", "Alice", 550);
            VoicemailSnapshot two = owner.awaitMessages(2);

            owner.client().voicemail().delete(two.messages().get(0).id());
            owner.awaitMessages(1);
            owner.client().voicemail().purge();
            owner.awaitStored(1);
            owner.awaitWaiting(1, 0);
            owner.deleteAtThePhoneSystem();
            owner.awaitMessages(0);
        }
    }
}
