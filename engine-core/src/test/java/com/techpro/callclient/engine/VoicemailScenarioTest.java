// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.voicemail.GreetingsOutcome;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailOutcome;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promises C6, U5 and S7: the messages callers left, in the phone system and in the list. */
class VoicemailScenarioTest {
    private VoicemailScene office = new VoicemailScene();

    @AfterEach
    void close() {
        office.close();
    }

    private void with(VoicemailScene other) {
        office.close();
        office = other;
    }

    @Test
    void C6_the_newest_message_is_first_and_unheard_ones_are_counted() {
        String first = office.leave(1, "1002", 3);
        String second = office.leave(2, "+4971112345", 4);
        office.mailbox.urgent(second);
        office.mailbox.heardElsewhere(first, true);

        office.loggedIn();

        VoicemailSnapshot shown = office.shown();
        assertThat(shown.availability()).isEqualTo(Availability.AVAILABLE);
        assertThat(office.ids()).containsExactly(second, first);
        assertThat(shown.total()).isEqualTo(2);
        assertThat(shown.unheard()).isEqualTo(1);
        assertThat(shown.problem()).isNull();
        assertThat(shown.capabilities()).isEqualTo(office.mailbox.capabilities());
        assertThat(shown.messages().get(0).message().urgent()).isTrue();
        assertThat(shown.messages().get(0).message().duration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(office.mailbox.opened()).as("audio fetched").isZero();
        assertThat(office.alice.voicemails.get(office.alice.voicemails.size() - 1))
                .isEqualTo(shown);
    }

    @Test
    void C6_older_messages_come_page_by_page() {
        for (int i = 0; i < 120; i++) {
            office.leave(i, "1002", 1);
        }
        office.loggedIn();
        assertThat(office.shown().messages()).hasSize(50);
        assertThat(office.shown().hasMore()).isTrue();

        office.alice.client.voicemail().more();
        office.scene.until(() -> office.shown().messages().size() == 100);
        office.alice.client.voicemail().more();
        office.scene.until(() -> office.shown().messages().size() == 120);

        assertThat(office.shown().hasMore()).isFalse();
        assertThat(office.ids()).doesNotHaveDuplicates();
    }

    @Test
    void U5_a_new_message_is_told_once_however_often_it_is_heard_of() {
        office.loggedIn();
        office.alice.voicemails.clear();

        office.leave(1, "1002", 3);
        office.alice.client.voicemail().refresh();
        office.alice.client.voicemail().refresh();
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(office.alice.voicemails).hasSize(1);
        assertThat(office.alice.voicemails.get(0).unheard()).isEqualTo(1);
    }

    @Test
    void S7_marking_goes_to_the_phone_system_and_the_list_follows() {
        String id = office.leave(1, "1002", 3);
        office.loggedIn();

        assertThat(office.await(office.alice.client.voicemail().markHeard(id, true)))
                .isEqualTo(VoicemailOutcome.DONE);
        assertThat(office.mailbox.isHeard(id)).isTrue();
        assertThat(office.shown().unheard()).isZero();
        assertThat(office.shown().messages().get(0).message().heard()).isTrue();

        office.await(office.alice.client.voicemail().markHeard(id, false));
        assertThat(office.mailbox.isHeard(id)).isFalse();
        assertThat(office.shown().unheard()).isEqualTo(1);
    }

    @Test
    void S7_a_deleted_message_comes_back_until_it_is_purged() {
        String first = office.leave(1, "1002", 3);
        String second = office.leave(2, "1002", 3);
        office.loggedIn();
        Voicemail voicemail = office.alice.client.voicemail();

        assertThat(office.await(voicemail.delete(first)).isDone()).isTrue();
        assertThat(office.ids()).containsExactly(second);
        assertThat(office.shown().deleted()).extracting(VoicemailItem::id).containsExactly(first);
        assertThat(office.shown().unheard()).isEqualTo(1);
        assertThat(office.mailbox.isDeleted(first)).isTrue();

        assertThat(office.await(voicemail.undelete(first)).isDone()).isTrue();
        assertThat(office.ids()).containsExactly(second, first);
        assertThat(office.shown().unheard()).isEqualTo(2);
        assertThat(office.mailbox.isDeleted(first)).isFalse();

        office.await(voicemail.delete(second));
        assertThat(office.await(voicemail.purge()).isDone()).isTrue();
        assertThat(office.mailbox.has(second)).isFalse();
        assertThat(office.shown().deleted()).isEmpty();
        assertThat(office.await(voicemail.undelete(second)).problem()).isEqualTo(VoicemailProblem.NO_SUCH_MESSAGE);
    }

    @Test
    void S7_a_deleted_message_is_purged_after_half_a_minute_unless_restored() {
        String id = office.leave(1, "1002", 3);
        office.loggedIn();
        office.await(office.alice.client.voicemail().delete(id));

        office.scene.pass(Duration.ofSeconds(29));
        assertThat(office.mailbox.has(id)).isTrue();
        office.scene.pass(Duration.ofSeconds(2));

        assertThat(office.mailbox.has(id)).isFalse();
        assertThat(office.shown().deleted()).isEmpty();
    }

    @Test
    void S7_logging_out_purges_deleted_messages_before_the_session_ends() {
        String id = office.leave(1, "1002", 3);
        office.loggedIn();
        office.await(office.alice.client.voicemail().delete(id));

        office.await(office.alice.client.logout(LogoutOptions.EVERYTHING));

        assertThat(office.mailbox.has(id)).isFalse();
        assertThat(office.mailbox.openBoxes()).isZero();
        assertThat(office.shown()).isEqualTo(VoicemailSnapshot.empty(Availability.NOT_LOGGED_IN));
    }

    @Test
    void S7_closing_the_client_purges_too_and_leaves_no_mailbox_open() {
        String id = office.leave(1, "1002", 3);
        office.loggedIn();
        office.await(office.alice.client.voicemail().delete(id));

        office.alice.client.close();
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(office.mailbox.has(id)).isFalse();
        assertThat(office.mailbox.openBoxes()).isZero();
    }

    @Test
    void S7_changes_made_on_another_device_are_shown_here() {
        String first = office.leave(1, "1002", 3);
        String second = office.leave(2, "1002", 3);
        office.loggedIn();

        office.mailbox.heardElsewhere(second, true);
        office.mailbox.removeElsewhere(first);
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(office.ids()).containsExactly(second);
        assertThat(office.shown().unheard()).isZero();
        assertThat(office.await(office.alice.client.voicemail().markHeard(first, true))
                        .problem())
                .isEqualTo(VoicemailProblem.NO_SUCH_MESSAGE);
    }

    @Test
    void a_mailbox_that_cannot_be_reached_keeps_its_list_and_says_why() {
        office.leave(1, "1002", 3);
        office.loggedIn();
        office.mailbox.fail(Reason.UNREACHABLE);

        office.alice.client.voicemail().refresh();
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(office.shown().problem()).isEqualTo(VoicemailProblem.UNREACHABLE);
        assertThat(office.shown().messages()).hasSize(1);
        office.mailbox.fail(null);
        office.alice.client.voicemail().refresh();
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(office.shown().problem()).isNull();
    }

    @Test
    void every_trouble_of_a_mailbox_has_its_word_and_its_advice() {
        String id = office.leave(1, "1002", 3);
        office.loggedIn();
        for (Reason reason : Reason.values()) {
            office.mailbox.fail(reason);

            VoicemailProblem problem = office.await(
                            office.alice.client.voicemail().markHeard(id, true))
                    .problem();

            assertThat(problem).isNotNull();
            assertThat(problem.code()).matches("[a-z-]+");
            assertThat(problem.advice()).endsWith(".");
        }
    }

    @Test
    void operations_that_the_mailbox_lacks_are_unsupported() {
        office.mailbox.can(Set.of());
        String id = office.leave(1, "1002", 3);
        office.loggedIn();
        Voicemail voicemail = office.alice.client.voicemail();

        assertThat(office.shown().capabilities()).isEmpty();
        assertThat(office.await(voicemail.delete(id)).problem()).isEqualTo(VoicemailProblem.UNSUPPORTED);
        assertThat(office.await(voicemail.markHeard(id, true)).problem()).isEqualTo(VoicemailProblem.UNSUPPORTED);
        assertThat(office.await(voicemail.greetings())).isEqualTo(new GreetingsOutcome.Found(List.of()));
    }

    @Test
    void deleting_is_final_where_nothing_comes_back() {
        office.mailbox.can(Set.of(Capability.DELETE));
        String id = office.leave(1, "1002", 3);
        office.loggedIn();

        office.await(office.alice.client.voicemail().delete(id));

        assertThat(office.shown().messages()).isEmpty();
        assertThat(office.shown().deleted()).isEmpty();
        assertThat(office.mailbox.has(id)).isFalse();
    }

    @Test
    void greetings_are_told_and_are_no_messages() {
        String id = office.mailbox.greeting("busy", VoicemailScene.tone(300, 8_000));
        office.loggedIn();

        GreetingsOutcome outcome = office.await(office.alice.client.voicemail().greetings());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        GreetingsOutcome.Found.class,
                        found -> assertThat(found.greetings())
                                .extracting("id", "kind")
                                .containsExactly(tuple(id, "busy")));
        assertThat(office.shown().messages()).isEmpty();
    }

    @Test
    void no_voicemail_is_a_value_and_every_way_of_it_is_told_apart() {
        assertThat(office.shown().availability()).isEqualTo(Availability.NOT_LOGGED_IN);
        assertThat(office.await(office.alice.client.voicemail().delete("m1")).problem())
                .isEqualTo(VoicemailProblem.NOT_AVAILABLE);
        assertThat(office.await(office.alice.client.voicemail().greetings()))
                .isEqualTo(new GreetingsOutcome.Failed(VoicemailProblem.NOT_AVAILABLE));
        assertThat(office.alice.client.voicemail().dialVoicemail()).isNull();

        office.system.withVoicemail(null, "*97");
        office.loggedIn();
        assertThat(office.shown().availability()).isEqualTo(Availability.DIAL_IN);

        with(new VoicemailScene());
        office.system.withVoicemail(null, null);
        office.loggedIn();
        assertThat(office.shown().availability()).isEqualTo(Availability.ABSENT);
    }

    @Test
    void O1_a_policy_that_switches_voicemail_off_leaves_nothing_of_it() {
        with(new VoicemailScene(
                config -> config, new Policy(null, null, null, null, null, Set.of(Policy.Feature.VOICEMAIL))));
        office.leave(1, "1002", 3);

        office.loggedIn();

        assertThat(office.shown()).isEqualTo(VoicemailSnapshot.empty(Availability.OFF));
        assertThat(office.mailbox.lists()).isZero();
        assertThat(office.alice.client.voicemail().dialIn()).isNull();
    }

    @Test
    void a_locked_app_tells_and_does_nothing() {
        with(new VoicemailScene(config -> config.platform(p -> p.store(new FakeSecureStore())), Policy.OPEN));
        String id = office.leave(1, "1002", 3);
        office.scene.pass(Duration.ofSeconds(1));
        office.loggedIn();
        office.await(office.alice
                .client
                .lock()
                .change(
                        new AppLock.Settings(AppLock.Mode.PASSWORD, null, null),
                        new AppLock.Proof.Password(Secret.of("secret"))));
        office.alice.client.lock().lockNow();
        office.scene.until(() -> office.alice.client.lock().isLocked());
        Voicemail voicemail = office.alice.client.voicemail();

        assertThatThrownBy(voicemail::snapshot).isInstanceOf(LockedException.class);
        assertThatThrownBy(voicemail::refresh).isInstanceOf(LockedException.class);
        assertThatThrownBy(voicemail::more).isInstanceOf(LockedException.class);
        assertThatThrownBy(voicemail::greetings).isInstanceOf(LockedException.class);
        assertThatThrownBy(voicemail::purge).isInstanceOf(LockedException.class);
        assertThatThrownBy(voicemail::dialIn).isInstanceOf(LockedException.class);
        assertThatThrownBy(voicemail::dialVoicemail).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> voicemail.play(id)).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> voicemail.delete(id)).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> voicemail.undelete(id)).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> voicemail.markHeard(id, true)).isInstanceOf(LockedException.class);
        assertThatThrownBy(() -> voicemail.callBack(id)).isInstanceOf(LockedException.class);
        assertThat(office.mailbox.opened()).isZero();
    }

    @Test
    void C3_a_contacts_name_is_shown_while_the_user_permits_it() {
        FakePermissions permissions = new FakePermissions();
        with(new VoicemailScene(
                config -> config.platform(p -> p.permissions(permissions).contacts(new OneContact()))
                        .region("DE"),
                Policy.OPEN));
        office.system.colleagues.add(new RemoteDirectory.Entry("Bob Busy", "1002", List.of()));
        office.leave(1, "1002", 3);
        office.leave(2, "0711 123456", 3);
        office.leave(3, null, 3);
        office.loggedIn();

        assertThat(office.shown().messages())
                .extracting(item -> item.caller().source())
                .containsExactly(Caller.Source.WITHHELD, Caller.Source.CONTACT, Caller.Source.COLLEAGUE);
        assertThat(office.shown().messages().get(1).caller().name()).isEqualTo("Carol Contact");

        permissions.deny(Permission.CONTACTS);
        office.alice.client.voicemail().refresh();
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(office.shown().messages().get(1).caller().source()).isEqualTo(Caller.Source.NUMBER);
        assertThat(office.shown().messages().get(1).caller().name()).isNull();
    }

    @Test
    void calling_back_dials_the_caller_of_the_message() {
        office.scene.phone("bob", "192.0.2.2").registered();
        String known = office.leave(1, "bob", 3);
        String withheld = office.leave(2, null, 3);
        office.loggedIn();

        assertThat(office.alice.client.voicemail().callBack(withheld)).isNull();
        assertThat(office.alice.client.voicemail().callBack("m99")).isNull();
        Call call = Objects.requireNonNull(office.alice.client.voicemail().callBack(known));

        office.scene.until(() -> call.snapshot().state() == CallState.RINGING_OUT);
        assertThat(call.snapshot().remote().user()).isEqualTo("bob");
    }

    @Test
    void the_voicemail_is_called_by_the_number_that_the_profile_names() {
        office.loggedIn();

        Call call = Objects.requireNonNull(office.alice.client.voicemail().dialVoicemail());
        office.scene.until(() -> office.scene.proxy.requests("INVITE") > 0);

        assertThat(office.alice.client.voicemail().dialIn()).isEqualTo("*97");
        assertThat(call.snapshot().remote().user()).isEqualTo("*97");
    }

    /** An address book of one. */
    private static final class OneContact implements ContactsPort {
        @Override
        public List<Contact> contacts() {
            return List.of(
                    new Contact("c1", "Carol Contact", null, List.of(new Contact.PhoneNumber("+49711123456", null))));
        }

        @Override
        public long revision() {
            return 1;
        }
    }
}
