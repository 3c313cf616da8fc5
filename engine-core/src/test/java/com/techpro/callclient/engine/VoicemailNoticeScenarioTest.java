// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.stack.sip.message.ParseOutcome;
import com.techpro.callclient.stack.sip.message.SipParser;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promises U5 and U7 where no lamp tells of voicemail: what is new in the mailbox's list is told, once. */
class VoicemailNoticeScenarioTest {
    private final FakePermissions permissions = new FakePermissions();
    private final FakeNotifications notices = new FakeNotifications();
    private final VoicemailScene office = new VoicemailScene(
            config -> config.platform(p -> p.notifications(notices).permissions(permissions)), Policy.OPEN);

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void U7_a_new_message_is_told_once_with_how_many_wait() {
        office.leave(1, "1002", 3);
        office.loggedIn();
        assertThat(notices.ever()).as("what was there before the login").isEmpty();

        office.leave(2, "1002", 3);
        office.alice.client.voicemail().refresh();
        office.scene.pass(Duration.ofMinutes(1));

        assertThat(notices.ever()).containsExactly(Notice.VoicemailWaiting.class);
        assertThat(waiting()).containsExactly(2);
    }

    @Test
    void U7_heard_or_deleted_messages_are_not_announced_and_the_last_clears_it() {
        office.loggedIn();
        String first = office.leave(1, "1002", 3);
        String second = office.leave(2, "1002", 3);
        String third = office.leave(3, "1002", 3);
        office.scene.pass(Duration.ofSeconds(1));
        int told = notices.ever().size();

        office.mailbox.heardElsewhere(first, true);
        office.scene.pass(Duration.ofSeconds(1));
        office.await(office.alice.client.voicemail().delete(second));
        assertThat(waiting()).hasSize(1);
        office.await(office.alice.client.voicemail().markHeard(third, true));
        assertThat(waiting()).isEmpty();

        office.await(office.alice.client.voicemail().undelete(second));
        office.await(office.alice.client.voicemail().markHeard(third, false));
        office.mailbox.heardElsewhere(first, false);
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(notices.ever()).hasSize(told);
    }

    /** A mail server that is slower than the lamp, and tells of no change. The request is as the phone system writes it. */
    @Test
    void U5_a_message_that_the_lamp_tells_of_before_the_mailbox_shows_it_is_listed() {
        office.mailbox.can(Set.of(Capability.MARK_HEARD));
        office.loggedIn();
        office.scene.pass(Duration.ofSeconds(1));

        lamp("Messages-Waiting: yes\r\nVoice-Message: 1/0 (0/0)\r\n");
        office.scene.pass(Duration.ofMillis(500));
        office.leave(1, "1002", 3);
        office.scene.pass(Duration.ofSeconds(2));

        assertThat(office.shown().messages()).hasSize(1);
        assertThat(waiting()).as("told once").hasSize(1);
        assertThat(notices.ever()).hasSize(1);
    }

    private void lamp(String summary) {
        String contact = office.scene.proxy.seen().stream()
                .filter(message -> message instanceof SipRequest request && request.isMethod("REGISTER"))
                .map(message -> message.header("Contact"))
                .reduce((first, last) -> last)
                .map(value -> value.substring(value.indexOf('<') + 1, value.indexOf('>')))
                .orElseThrow();
        byte[] notify = ("NOTIFY " + contact + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKlamp\r\nMax-Forwards: 70\r\n"
                        + "From: <sip:alice@192.0.2.10>;tag=lamp\r\nTo: <sip:alice@192.0.2.10>\r\n"
                        + "Call-ID: lamp@192.0.2.10\r\nCSeq: 1 NOTIFY\r\nEvent: message-summary\r\n"
                        + "Content-Type: application/simple-message-summary\r\nContent-Length: " + summary.length()
                        + "\r\n\r\n" + summary)
                .getBytes(StandardCharsets.US_ASCII);
        office.scene.proxy.send("alice", (SipRequest)
                ((ParseOutcome.Parsed) new SipParser().parse(notify, 0, notify.length)).message());
    }

    @Test
    void U7_asking_for_older_messages_tells_of_none() {
        for (int i = 0; i < 120; i++) {
            office.leave(i, "1002", 1);
        }
        office.loggedIn();

        office.alice.client.voicemail().more();
        office.scene.until(() -> office.shown().messages().size() == 100);
        assertThat(notices.ever()).isEmpty();

        office.leave(121, "1002", 1);
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(waiting()).containsExactly(121);
    }

    @Test
    void U7_a_message_received_while_the_mailbox_was_unreachable_is_reported_later() {
        office.loggedIn();
        office.mailbox.fail(Reason.UNREACHABLE);
        office.leave(1, "1002", 3);
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(notices.ever()).isEmpty();

        office.mailbox.fail(null);
        office.alice.client.voicemail().refresh();
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(waiting()).containsExactly(1);
    }

    @Test
    void P3_U7_without_the_permission_nothing_is_shown() {
        office.loggedIn();
        permissions.deny(Permission.NOTIFICATIONS);

        office.leave(1, "1002", 3);
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(notices.ever()).isEmpty();
        assertThat(office.shown().unheard()).isEqualTo(1);
    }

    @Test
    void S6_logging_out_takes_the_notice_back() {
        office.loggedIn();
        office.leave(1, "1002", 3);
        office.scene.pass(Duration.ofSeconds(1));
        assertThat(waiting()).containsExactly(1);

        office.await(office.alice.client.logout(LogoutOptions.EVERYTHING));
        office.scene.pass(Duration.ofSeconds(1));

        assertThat(notices.shown()).isEmpty();
    }

    /** The counts of the notices of voicemail that are shown. */
    private List<Integer> waiting() {
        return notices.shown().stream()
                .filter(Notice.VoicemailWaiting.class::isInstance)
                .map(notice -> ((Notice.VoicemailWaiting) notice).count())
                .toList();
    }
}
