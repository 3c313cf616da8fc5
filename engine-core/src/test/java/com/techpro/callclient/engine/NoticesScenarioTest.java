// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise U7: what alice is told while she does not look. */
class NoticesScenarioTest {
    private final FakePermissions permissions = new FakePermissions();
    private final FakeNotifications notices = new FakeNotifications();
    private PhoneScene scene;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void twoPhones() {
        scene = new PhoneScene(13);
        alice = scene.phone(
                        "alice",
                        "192.0.2.1",
                        config -> config.platform(p -> p.notifications(notices).permissions(permissions)))
                .registered();
        bob = scene.phone("bob", "192.0.2.2").registered();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void U7_a_call_is_told_while_it_rings_and_missed_after_it() {
        Call call = rings();
        assertThat(notices.shown()).singleElement().isInstanceOfSatisfying(Notice.IncomingCall.class, notice -> {
            assertThat(notice.number()).isEqualTo("bob");
            assertThat(notice.callId()).isEqualTo(alice.incoming.id());
        });

        call.hangUp();
        scene.until(() -> alice.ending() != null);

        assertThat(notices.shown())
                .singleElement()
                .isInstanceOfSatisfying(
                        Notice.MissedCall.class,
                        notice -> assertThat(notice.number()).isEqualTo("bob"));
    }

    @Test
    void U7_an_answered_or_rejected_call_is_not_missed() {
        rings();
        alice.incoming.answer();
        scene.until(() -> alice.incoming.snapshot().state() == CallState.ESTABLISHED);
        assertThat(notices.shown()).isEmpty();
        alice.incoming.hangUp();
        scene.until(() -> alice.ending() != null);
        alice.incoming = null;
        alice.events.clear();

        rings();
        alice.incoming.reject(RejectReason.DECLINED);
        scene.until(() -> alice.ending() != null);

        assertThat(notices.shown()).isEmpty();
        assertThat(notices.ever()).containsOnly(Notice.IncomingCall.class);
    }

    @Test
    void U7_a_call_that_rang_out_is_missed() {
        rings();
        scene.pass(Duration.ofSeconds(70));

        assertThat(notices.shown()).hasOnlyElementsOfType(Notice.MissedCall.class);
    }

    @Test
    void U7_a_connection_lost_for_long_and_restored_is_told_once_each() {
        scene.proxy.answer(request -> request.isMethod("REGISTER")
                ? SipResponse.respondTo(request, 503).toTag("r").build()
                : null);
        scene.pass(Duration.ofMinutes(30));
        assertThat(notices.shown()).hasOnlyElementsOfType(Notice.ConnectionLost.class);

        scene.proxy.answer(request -> null);
        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED, Duration.ofMinutes(10));

        assertThat(notices.ever()).containsExactly(Notice.ConnectionLost.class, Notice.ConnectionRestored.class);
        assertThat(notices.shown()).hasOnlyElementsOfType(Notice.ConnectionRestored.class);
    }

    @Test
    void U7_a_moment_without_connection_is_not_worth_telling() {
        boolean[] down = {true};
        scene.proxy.answer(request -> down[0] && request.isMethod("REGISTER")
                ? SipResponse.respondTo(request, 503).toTag("r").build()
                : null);
        scene.until(() -> alice.account.registration().state() == RegistrationState.WAITING, Duration.ofMinutes(30));
        down[0] = false;
        scene.until(() -> alice.account.registration().state() == RegistrationState.REGISTERED);
        scene.pass(Duration.ofMinutes(1));

        assertThat(notices.ever()).isEmpty();
    }

    @Test
    void P3_R2_without_the_permission_nothing_is_shown_and_everything_else_works() {
        permissions.deny(Permission.NOTIFICATIONS);
        rings();
        alice.incoming.answer();
        scene.until(() -> alice.incoming.snapshot().state() == CallState.ESTABLISHED);
        alice.incoming.hangUp();
        scene.until(() -> alice.ending() != null);
        assertThat(notices.ever()).isEmpty();

        alice.incoming = null;
        permissions.grant(Permission.NOTIFICATIONS);
        rings();
        assertThat(notices.ever()).hasSize(1);
    }

    @Test
    void R2_a_permission_revoked_while_it_rings_holds_for_the_missed_call() {
        Call call = rings();
        permissions.deny(Permission.NOTIFICATIONS);
        call.hangUp();
        scene.until(() -> alice.ending() != null);

        assertThat(notices.shown()).isEmpty();
        assertThat(notices.ever()).containsExactly(Notice.IncomingCall.class);
    }

    @Test
    void S6_after_logging_out_no_missed_call_is_shown_be_it_of_an_earlier_process() {
        notices.show(new Notice.MissedCall("missed-of-yesterday", null, "carla", Instant.EPOCH));
        Call call = rings();
        call.hangUp();
        scene.until(() -> alice.ending() != null);
        assertThat(notices.shown()).hasSize(2).hasOnlyElementsOfType(Notice.MissedCall.class);

        alice.client.logout(LogoutOptions.EVERYTHING);
        scene.until(() -> notices.shown().isEmpty());
    }

    @Test
    void R3_after_erasing_no_notice_is_left() {
        notices.show(new Notice.MissedCall("missed-of-yesterday", null, "carla", Instant.EPOCH));
        alice.client.privacy().erase();
        scene.until(() -> notices.shown().isEmpty());
    }

    @Test
    void S6_a_ringing_call_of_a_remaining_account_stays_shown() {
        rings();
        notices.show(new Notice.MissedCall("missed-of-yesterday", null, "carla", Instant.EPOCH));
        alice.client.logout(LogoutOptions.EVERYTHING);
        scene.until(() -> notices.shown().size() == 1);
        assertThat(notices.shown()).hasOnlyElementsOfType(Notice.IncomingCall.class);
    }

    @Test
    void after_a_restart_a_ringing_notice_is_removed_and_a_missed_call_stays() {
        notices.show(new Notice.IncomingCall("call-of-yesterday", "yesterday", null, "carla"));
        notices.show(new Notice.MissedCall("missed-of-yesterday", null, "carla", Instant.EPOCH));
        scene.phone("carla", "192.0.2.3", config -> config.platform(p -> p.notifications(notices)));
        scene.until(() -> notices.shown().size() == 1);
        assertThat(notices.shown()).hasOnlyElementsOfType(Notice.MissedCall.class);
    }

    @Test
    void U7_a_missed_call_of_another_process_stays_shown() {
        rings().hangUp();
        scene.until(() -> alice.ending() != null);
        Phone later = scene.phone(
                        "carla",
                        "192.0.2.3",
                        config -> config.platform(p -> p.notifications(notices).permissions(permissions)))
                .registered();
        Call call = bob.account.dial("carla");
        scene.until(() -> later.incoming != null);
        call.hangUp();
        scene.until(() -> later.ending() != null);

        assertThat(notices.shown()).hasSize(2).hasOnlyElementsOfType(Notice.MissedCall.class);
    }

    private Call rings() {
        Call call = bob.account.dial("alice");
        scene.until(() -> alice.incoming != null);
        return call;
    }
}
