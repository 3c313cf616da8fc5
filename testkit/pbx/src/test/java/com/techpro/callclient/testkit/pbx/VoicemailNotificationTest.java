// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promises U5 and U7: the phone system's message lamp brings the list of a mailbox that cannot be watched up to date, and the user is told once whoever
 * tells of a message first.
 */
class VoicemailNotificationTest {
    /** How its PBX behaves. */
    PbxBuilder profile(PbxBuilder builder) {
        return builder;
    }

    private final PbxScene scene = new PbxScene(17, this::profile);
    private final FakeVoicemailBox.Mailbox mailbox =
            new FakeVoicemailBox.Mailbox().can(Set.of(Capability.MARK_HEARD, Capability.DRIVES_MESSAGE_WAITING));
    private final List<VoicemailSnapshot> told = new ArrayList<>();
    private final FakeNotifications notices = new FakeNotifications();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void U5_a_change_of_the_lamp_reads_the_list_and_is_told_once() {
        PbxScene.Phone phone = loggedIn();
        int before = told.size();
        mailbox.deliver("1002", null, Instant.EPOCH, null, new byte[100]);
        scene.pass(Duration.ofMinutes(1));
        assertThat(told).as("nobody has told yet").hasSize(before);

        scene.pbx.setMessages("1001", 1, 0);
        scene.pbx.setMessages("1001", 1, 0);
        scene.pass(Duration.ofSeconds(2));

        assertThat(told).hasSize(before + 1);
        assertThat(told.get(before).unheard()).isEqualTo(1);
        assertThat(phone.client.voicemail().snapshot().messages()).hasSize(1);
    }

    @Test
    void U5_after_a_mailbox_was_out_of_reach_the_next_registration_reads_it() {
        mailbox.deliver("1002", null, Instant.EPOCH, null, new byte[100]);
        mailbox.fail(Reason.UNREACHABLE);
        PbxScene.Phone phone = loggedIn();
        assertThat(phone.client.voicemail().snapshot().problem()).isNotNull();

        mailbox.fail(null);
        scene.pbx.restart();
        scene.pass(Duration.ofMinutes(2));

        assertThat(phone.client.voicemail().snapshot().problem()).isNull();
        assertThat(phone.client.voicemail().snapshot().messages()).hasSize(1);
    }

    @Test
    void U7_a_message_that_the_lamp_and_then_the_list_tell_of_is_told_once() {
        loggedIn();
        mailbox.deliver("1002", null, Instant.EPOCH, null, new byte[100]);
        scene.pbx.setMessages("1001", 1, 0);
        scene.pass(Duration.ofSeconds(2));

        assertThat(told.get(told.size() - 1).unheard()).isEqualTo(1);
        assertThat(notices.ever()).containsExactly(Notice.VoicemailWaiting.class);
    }

    @Test
    void U7_a_message_that_the_list_and_then_the_lamp_tell_of_is_told_once() {
        mailbox.can(Set.of(Capability.MARK_HEARD, Capability.WATCH, Capability.DRIVES_MESSAGE_WAITING));
        loggedIn();
        mailbox.deliver("1002", null, Instant.EPOCH, null, new byte[100]);
        scene.pass(Duration.ofSeconds(2));
        assertThat(notices.ever()).containsExactly(Notice.VoicemailWaiting.class);

        scene.pbx.setMessages("1001", 1, 0);
        scene.pass(Duration.ofSeconds(2));
        assertThat(notices.ever()).hasSize(1);

        mailbox.deliver("1002", null, Instant.EPOCH, null, new byte[100]);
        scene.pbx.setMessages("1001", 2, 0);
        scene.pass(Duration.ofSeconds(2));
        assertThat(notices.ever()).hasSize(2);
    }

    @Test
    void U7_messages_heard_by_another_client_are_not_announced_and_the_last_clears_it() {
        loggedIn();
        scene.pbx.setMessages("1001", 2, 0);
        scene.pass(Duration.ofSeconds(2));
        assertThat(notices.shown()).containsExactly(notice(2));

        scene.pbx.setMessages("1001", 1, 1);
        scene.pass(Duration.ofSeconds(2));
        assertThat(notices.ever()).hasSize(1);

        scene.pbx.setMessages("1001", 0, 2);
        scene.pass(Duration.ofSeconds(2));
        assertThat(notices.ever()).hasSize(1);
        assertThat(notices.shown()).isEmpty();
    }

    private Notice notice(int count) {
        return new Notice.VoicemailWaiting(notices.shown().get(0).id(), count);
    }

    private PbxScene.Phone loggedIn() {
        PbxScene.Phone phone = scene.phone(
                "1002",
                scene.pbx.account("1002").build(),
                config -> config.platform(p -> p.notifications(notices).permissions(new FakePermissions()))
                        .listener(new CallClientListener() {
                            @Override
                            public void voicemailChanged(VoicemailSnapshot after) {
                                told.add(after);
                            }
                        }));
        SipAccount account =
                scene.pbx.account("1001").subscribesToMessages(true).build();
        var login = phone.client
                .login(
                        new FakePhoneSystem(account, new FakeVoicemailBox(mailbox)),
                        Login.of("1001@pbx.invalid", Secret.of("secret")))
                .toCompletableFuture();
        scene.until(login::isDone);
        scene.pass(Duration.ofSeconds(5));
        return phone;
    }
}
