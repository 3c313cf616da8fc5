// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.callui.UiCall;
import com.techpro.callclient.ports.contacts.Contact;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeBiometrics;
import com.techpro.callclient.testkit.contracts.FakeCallUi;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakePush;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.privacy.VirtualOffice.Phone;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promises about the device: what the user permits, is told and is asked, in virtual time. Part of {@link PrivacyPromises}. */
interface DevicePromises {
    AppLock.Settings BIOMETRIC_LOCK = new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PASSWORD, null, Duration.ZERO);

    @Test
    default void U6_the_lock_and_its_settings_are_remembered() {
        FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = lockedWith(BIOMETRIC_LOCK, office, disk, null, new FakePermissions());
            phone.quit();
            Phone again =
                    office.app("10.0.1.9", settings -> settings.platform(p -> p.store(new FakeSecureStore(disk))));
            office.time.advance(Duration.ofSeconds(1));
            assertThat(again.client.lock().settings()).isEqualTo(BIOMETRIC_LOCK);
            assertThat(again.client.lock().isLocked()).isTrue();
        }
    }

    @Test
    default void U7_calls_missed_calls_messages_and_a_lost_connection_are_told_and_taken_back() {
        FakeNotifications notices = new FakeNotifications();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone(
                    "1001",
                    settings -> settings.platform(p -> p.notifications(notices).permissions(new FakePermissions())));
            Phone other = office.phone("1002", settings -> settings);
            office.until(() -> phone.isRegistered() && other.isRegistered());
            phone.rings(other);
            assertThat(notices.shown())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Notice.IncomingCall.class,
                            notice -> assertThat(notice.number()).isEqualTo("1002"));
            other.hangUpAll();
            assertThat(notices.shown()).hasOnlyElementsOfType(Notice.MissedCall.class);
            office.pbx.setMessages("1001", 2, 0);
            office.until(() -> notices.ever().contains(Notice.VoicemailWaiting.class));
            office.pbx.setMessages("1001", 0, 2);
            office.until(() -> notices.shown().stream().noneMatch(Notice.VoicemailWaiting.class::isInstance));
            office.pbx.crash();
            office.time.runUntil(
                    () -> notices.shown().stream().anyMatch(Notice.ConnectionLost.class::isInstance),
                    Duration.ofMinutes(30));
            office.pbx.recover();
            office.time.runUntil(
                    () -> notices.shown().stream().anyMatch(Notice.ConnectionRestored.class::isInstance),
                    Duration.ofMinutes(30));
            assertThat(notices.shown()).noneMatch(Notice.ConnectionLost.class::isInstance);
        }
    }

    @Test
    default void T1_the_systems_call_screen_is_told_a_name_and_a_number_and_forgets_them() {
        assertThat(Arrays.stream(UiCall.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly("id", "name", "number");
        FakePermissions permissions = new FakePermissions();
        FakeContacts contacts = new FakeContacts(permissions)
                .replace(List.of(new Contact(
                        "1",
                        "Philomena",
                        "Canary Works",
                        List.of(
                                new Contact.PhoneNumber("1002", "work"),
                                new Contact.PhoneNumber("7900998877", "home")))));
        try (VirtualOffice office = new VirtualOffice()) {
            FakeCallUi screen = new FakeCallUi(office.time.openLoop("screen")::execute);
            Phone phone = office.phone(
                    "1001",
                    settings -> settings.platform(
                            p -> p.contacts(contacts).permissions(permissions).callUi(screen)));
            Phone other = office.phone("1002", settings -> settings);
            Phone nobody = office.phone("1004", settings -> settings);
            office.until(() -> phone.isRegistered() && other.isRegistered() && nobody.isRegistered());
            phone.rings(other);
            assertThat(phone.firstHeard.caller().organisation()).isEqualTo("Canary Works");
            assertThat(screen.told()).containsExactly(new UiCall(phone.incoming.id(), "Philomena", "1002"));
            other.hangUpAll();
            assertThat(screen.told()).isEmpty();
            assertThat(screen.onScreen()).isEmpty();
            phone.rings(nobody);
            assertThat(screen.told()).containsExactly(new UiCall(phone.incoming.id(), null, ""));
        }
    }

    @Test
    default void R2_a_permission_taken_back_in_the_middle_of_things_counts_from_that_moment() {
        FakePermissions permissions = new FakePermissions();
        FakeContacts contacts = new FakeContacts(permissions).add("Philomena", "1002");
        FakeNotifications notices = new FakeNotifications();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone(
                    "1001",
                    settings -> settings.platform(
                            p -> p.contacts(contacts).permissions(permissions).notifications(notices)));
            Phone other = office.phone("1002", settings -> settings);
            office.until(() -> phone.isRegistered() && other.isRegistered());
            phone.rings(other);
            assertThat(phone.firstHeard.caller().name()).isEqualTo("Philomena");
            permissions.deny(Permission.CONTACTS).deny(Permission.NOTIFICATIONS);
            other.hangUpAll();
            assertThat(notices.ever())
                    .as("it was missed, and nobody may say so")
                    .containsExactly(Notice.IncomingCall.class);

            phone.rings(other);
            assertThat(phone.firstHeard.caller().source()).isEqualTo(Caller.Source.NUMBER);
            assertThat(notices.shown()).isEmpty();
            phone.incoming.answer();
            office.until(phone.microphone::isOpen);
            phone.incoming.hold();
            office.until(() -> !phone.microphone.isOpen());
            permissions.deny(Permission.MICROPHONE);
            phone.incoming.resume();
            office.time.advance(Duration.ofSeconds(5));
            assertThat(phone.microphone.isOpen()).isFalse();
            assertThat(phone.microphone.timesOpened()).isEqualTo(1);
            assertThat(contacts.trespasses()).isZero();
        }
    }

    @Test
    @Tag("slow")
    default void R4_the_password_always_works_regardless_of_biometrics() {
        try (VirtualOffice office = new VirtualOffice()) {
            FakeBiometrics sensor = new FakeBiometrics(office.time.openLoop("sensor")::execute);
            Phone phone = lockedWith(BIOMETRIC_LOCK, office, new FakeSecureStore.Disk(), sensor, new FakePermissions());
            assertThatThrownBy(() -> phone.client.people().favorites().snapshot())
                    .isInstanceOf(LockedException.class);
            for (BiometricPort.Answer answer : List.of(BiometricPort.Answer.NO, BiometricPort.Answer.CANCELLED)) {
                sensor.willAnswer(answer);
                assertThat(office.get(phone.client.lock().unlockWithBiometrics())
                                .isDone())
                        .isFalse();
                assertThat(phone.client.lock().isLocked()).isTrue();
            }
            unlocksByPassword(office, phone);
            for (BiometricPort.Availability state : BiometricPort.Availability.values()) {
                sensor.become(state);
                lockAgain(office, phone);
                unlocksByPassword(office, phone);
            }
            AppLock.Settings password = new AppLock.Settings(AppLock.Mode.PASSWORD, null, Duration.ZERO);
            assertThat(office.get(phone.client
                                    .lock()
                                    .change(password, new AppLock.Proof.Password(Secret.of(VirtualOffice.PASSWORD))))
                            .result())
                    .as("opting out")
                    .isEqualTo(Result.DONE);
            lockAgain(office, phone);
            int asked = sensor.questions();
            assertThat(office.get(phone.client.lock().unlockWithBiometrics()).isDone())
                    .isFalse();
            assertThat(sensor.questions()).isEqualTo(asked);
            unlocksByPassword(office, phone);
        }
    }

    @Test
    @Tag("slow")
    default void R4_the_users_own_PIN_always_works_without_a_login_regardless_of_biometrics() {
        AppLock.Settings settings = new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PIN, null, null);
        try (VirtualOffice office = new VirtualOffice()) {
            FakeBiometrics sensor = new FakeBiometrics(office.time.openLoop("sensor")::execute);
            Phone phone = office.phone(
                    "1001",
                    app -> app.platform(p ->
                            p.store(new FakeSecureStore()).biometrics(sensor).permissions(new FakePermissions())));
            assertThat(office.get(phone.client.lock().setPin(Secret.of("274913"), settings, new AppLock.Proof.None()))
                            .result())
                    .isEqualTo(Result.DONE);
            for (BiometricPort.Availability state : BiometricPort.Availability.values()) {
                sensor.become(state);
                lockAgain(office, phone);
                assertThatThrownBy(() -> phone.client.people().favorites().snapshot())
                        .isInstanceOf(LockedException.class);
                assertThat(office.get(phone.client.lock().unlockWithPin(Secret.of("274913")))
                                .isDone())
                        .isTrue();
                assertThat(phone.client.people().favorites().snapshot()).isNotNull();
            }
        }
    }

    @Test
    default void P3_without_notices_everything_else_works() {
        FakePermissions permissions = new FakePermissions().deny(Permission.NOTIFICATIONS);
        FakeNotifications notices = new FakeNotifications();
        try (VirtualOffice office = new VirtualOffice()) {
            Phone phone = office.phone(
                    "1001",
                    settings -> settings.platform(p ->
                            p.notifications(notices).permissions(permissions).store(new FakeSecureStore())));
            Phone other = office.phone("1002", settings -> settings);
            office.until(() -> phone.isRegistered() && other.isRegistered());
            phone.rings(other);
            other.hangUpAll();
            Call call = phone.rings(other);
            phone.incoming.answer();
            office.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
            office.until(phone.microphone::isOpen);
            phone.hangUpAll();
            assertThat(notices.ever()).isEmpty();
            assertThat(phone.client.people().history().snapshot().entries())
                    .extracting(entry -> ((CallRecord) entry).outcome())
                    .containsExactly(CallOutcome.ANSWERED, CallOutcome.MISSED);
        }
        isExplainedAndOptional(Permission.NOTIFICATIONS);
    }

    @Test
    @Tag("slow")
    default void P4_without_biometrics_the_password_unlocks_and_nobody_is_asked_for_a_finger() {
        FakePermissions permissions = new FakePermissions().deny(Permission.BIOMETRICS);
        try (VirtualOffice office = new VirtualOffice()) {
            FakeBiometrics sensor = new FakeBiometrics(office.time.openLoop("sensor")::execute);
            Phone phone = lockedWith(BIOMETRIC_LOCK, office, new FakeSecureStore.Disk(), sensor, permissions);
            assertThat(office.get(phone.client.lock().unlockWithBiometrics()).result())
                    .isEqualTo(Result.BIOMETRICS_UNAVAILABLE);
            assertThat(sensor.questions()).isZero();
            unlocksByPassword(office, phone);
            permissions.grant(Permission.BIOMETRICS);
            lockAgain(office, phone);
            assertThat(office.get(phone.client.lock().unlockWithBiometrics()).result())
                    .as("no password vouched for the enrolled fingers while they might be asked for")
                    .isEqualTo(Result.PASSWORD_NEEDED);
            unlocksByPassword(office, phone);
            lockAgain(office, phone);
            assertThat(office.get(phone.client.lock().unlockWithBiometrics()).result())
                    .isEqualTo(Result.DONE);
        }
        isExplainedAndOptional(Permission.BIOMETRICS);
    }

    @Test
    default void P5_without_background_work_the_phone_system_gets_no_token_and_calls_go_on() {
        FakePermissions permissions = new FakePermissions().deny(Permission.BACKGROUND_REFRESH);
        try (VirtualOffice office = new VirtualOffice()) {
            FakePush push = new FakePush(office.time.openLoop("push")::execute);
            push.issue(new PushToken("fcm", "canary-token-4711", null));
            Phone phone = office.inClearText(
                    "CanaryPhone/1.0",
                    settings -> settings.platform(p -> p.push(push).permissions(permissions)));
            Phone other = office.phone("1002", settings -> settings);
            office.talk(phone, other).hangUp();
            phone.hangUpAll();
            phone.rings(other);
            phone.hangUpAll();
            assertThat(office.text()).contains("REGISTER sip:").doesNotContain("canary-token");
            permissions.grant(Permission.BACKGROUND_REFRESH);
            push.issue(new PushToken("fcm", "canary-token-4712", null));
            office.until(() -> office.text().contains("canary-token-4712"));
        }
        isExplainedAndOptional(Permission.BACKGROUND_REFRESH);
    }

    /** An app whose user logged in and locked it. */
    private static Phone lockedWith(
            AppLock.Settings lock,
            VirtualOffice office,
            FakeSecureStore.Disk disk,
            BiometricPort sensor,
            FakePermissions permissions) {
        Phone phone = office.app("10.0.1.1", settings -> {
            settings.platform(p -> p.store(new FakeSecureStore(disk)).permissions(permissions));
            return sensor == null ? settings : settings.platform(p -> p.biometrics(sensor));
        });
        assertThat(office.get(phone.client.login(SipRegistrar.phoneSystem(), office.login())))
                .isInstanceOf(LoginResult.LoggedIn.class);
        assertThat(office.get(phone.client
                                .lock()
                                .change(lock, new AppLock.Proof.Password(Secret.of(VirtualOffice.PASSWORD))))
                        .result())
                .isEqualTo(Result.DONE);
        lockAgain(office, phone);
        return phone;
    }

    private static void lockAgain(VirtualOffice office, Phone phone) {
        phone.client.lock().lockNow();
        office.until(() -> phone.client.lock().isLocked());
    }

    private static void unlocksByPassword(VirtualOffice office, Phone phone) {
        assertThat(office.get(phone.client.lock().unlock(Secret.of(VirtualOffice.PASSWORD)))
                        .result())
                .isEqualTo(Result.DONE);
        assertThat(phone.client.lock().isLocked()).isFalse();
        assertThat(phone.client.people().favorites().snapshot()).isNotNull();
    }

    private static void isExplainedAndOptional(Permission permission) {
        assertThat(permission.optional()).isTrue();
        assertThat(permission.reasonKey()).isNotEmpty();
    }
}
