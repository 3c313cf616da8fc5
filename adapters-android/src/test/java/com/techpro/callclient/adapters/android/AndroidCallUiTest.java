// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.Application;
import android.app.Notification;
import android.app.NotificationManager;
import android.app.Service;
import android.content.ComponentName;
import android.content.Context;
import android.content.ContextWrapper;
import android.content.Intent;
import android.content.pm.ServiceInfo;
import android.media.AudioManager;
import android.os.Build;
import android.os.Looper;
import android.telecom.Connection;
import android.telecom.DisconnectCause;
import android.telecom.TelecomManager;
import com.techpro.callclient.adapters.android.NotificationStyle.Channel;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiHandler;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.testkit.contracts.CallUiPortContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowService;

class AndroidCallUiTest {
    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return ApiLevels.run(Kit.class);
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return Stream.concat(ApiLevels.run(OnAndroid.class), ApiLevels.run(Refused.class));
    }

    static class Kit extends CallUiPortContract {
        private final Telecom telecom = new Telecom(RuntimeEnvironment.getApplication());
        private final AndroidCallUi port = telecom.ui();

        @AfterEach
        void close() {
            port.close();
        }

        @Override
        protected CallUiPort port() {
            return port;
        }

        @Override
        protected void await(BooleanSupplier condition) {
            MainLooper.await(
                    () -> {
                        telecom.look();
                        shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(20));
                    },
                    condition);
        }

        @Override
        protected boolean refuse() {
            telecom.refusing = true;
            return true;
        }

        @Override
        protected boolean userAnswers(String id) {
            telecom.connections().forEach(Connection::onAnswer);
            return true;
        }

        @Override
        protected String remembered() {
            MainLooper.await(() -> true);
            return telecom.remembered();
        }
    }

    /** Android lets the service start, and not come to the foreground. */
    @Implements(Service.class)
    public static class RefusedService extends ShadowService {
        @Implementation
        protected void startForeground(int id, Notification notification) {
            throw new IllegalStateException("in the background");
        }

        @Implementation(minSdk = Build.VERSION_CODES.Q)
        protected void startForeground(int id, Notification notification, int type) {
            throw new IllegalStateException("in the background");
        }
    }

    @Config(shadows = RefusedService.class)
    static class Refused {
        private final Telecom telecom = new Telecom(RuntimeEnvironment.getApplication());

        @Test
        void a_service_that_may_not_come_to_the_foreground_is_told_and_ends() {
            List<ForegroundRefusal> refusals = new ArrayList<>();
            CallForegroundService.start(RuntimeEnvironment.getApplication(), new Notification(), refusals::add);
            telecom.look();
            assertThat(refusals).containsExactly(ForegroundRefusal.IN_BACKGROUND);
            assertThat(shadowOf(telecom.foreground.get()).isStoppedBySelf()).isTrue();
        }
    }

    static class OnAndroid implements CallUiHandler {
        private static final UiCall ADA = new UiCall("c1", "Ada Canary", "5550199");
        private static final UiCall GRACE = new UiCall("c2", null, "grace@example.com");

        private static final Notice.IncomingCall NOTICE = new Notice.IncomingCall("n1", "c1", "Ada Canary", "5550199");

        private final Application app = RuntimeEnvironment.getApplication();
        private final Telecom telecom = new Telecom(app);
        private final AndroidCallUi port = telecom.ui();
        private AndroidNotifications notifications;
        private final List<String> heard = new ArrayList<>();
        private final List<Boolean> shown = new ArrayList<>();

        @AfterEach
        void close() {
            port.close();
            port.close();
            settle();
            assertThat(telecom.accounts()).isZero();
            assertThat(telecom.remembered()).isEmpty();
        }

        @Test
        void a_call_is_self_managed_and_shows_its_number_or_that_it_is_withheld() {
            ring(ADA);
            Connection ada = telecom.last();
            assertThat(ada.getConnectionProperties() & Connection.PROPERTY_SELF_MANAGED)
                    .isNotZero();
            assertThat(ada.getAudioModeIsVoip()).isTrue();
            assertThat(ada.getAddress()).hasToString("tel:5550199");
            assertThat(ada.getCallerDisplayName()).isEqualTo("Ada Canary");
            ring(GRACE);
            assertThat(telecom.last().getAddress()).hasToString("sip:grace%40example.com");
            ring(new UiCall("c3", null, ""));
            assertThat(telecom.last().getAddress()).isNull();
            assertThat(telecom.last().getAddressPresentation()).isEqualTo(TelecomManager.PRESENTATION_RESTRICTED);
        }

        @Test
        void a_call_of_another_app_holds_ours_and_takes_the_audio_until_it_is_over() {
            ring(ADA);
            telecom.last().onAnswer();
            telecom.last().onHold();
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_HOLDING);
            telecom.last().onUnhold();
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_ACTIVE);
            assertThat(heard)
                    .containsExactly("answered c1", "active", "held c1 true", "inactive", "held c1 false", "active");
        }

        @Test
        void a_call_held_in_the_app_keeps_its_audio() {
            ring(ADA);
            telecom.last().onAnswer();
            port.held("c1", true);
            settle();
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_HOLDING);
            assertThat(heard).containsExactly("answered c1", "active");
        }

        @Test
        void headsets_and_cars_decline_hang_up_and_dial() {
            ring(ADA);
            telecom.last().onReject();
            ring(GRACE);
            telecom.last().onDisconnect();
            telecom.last().onPlayDtmfTone('5');
            telecom.last().onPlayDtmfTone('x');
            assertThat(heard).containsExactly("ended c1", "ended c2", "dialled c2 5");
        }

        @Test
        void a_call_answered_before_telecom_has_decided_is_active_once_it_has() {
            port.open(this);
            port.incoming(ADA, shown::add);
            port.answered("c1");
            MainLooper.await(() -> true);
            settle();
            assertThat(shown).containsExactly(true);
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_ACTIVE);
            assertThat(heard).containsExactly("active");
        }

        @Test
        void a_call_that_ends_before_telecom_has_decided_is_not_shown() {
            port.open(this);
            port.incoming(ADA, shown::add);
            port.ended("c1", EndReason.UNANSWERED);
            MainLooper.await(() -> true);
            settle();
            assertThat(shown).containsExactly(false);
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_DISCONNECTED);
        }

        @Test
        void an_outgoing_call_dials_until_it_is_connected_and_a_refused_one_is_ended() {
            port.open(this);
            port.outgoing(ADA);
            settle();
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_DIALING);
            port.connected("c1");
            settle();
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_ACTIVE);
            telecom.refusing = true;
            port.outgoing(GRACE);
            settle();
            assertThat(heard).containsExactly("active", "ended c2");
        }

        @Test
        void why_a_call_ended_is_told_in_telecoms_words() {
            int[] codes = {
                DisconnectCause.LOCAL,
                DisconnectCause.REMOTE,
                DisconnectCause.MISSED,
                DisconnectCause.ANSWERED_ELSEWHERE,
                DisconnectCause.REJECTED,
                DisconnectCause.BUSY,
                DisconnectCause.ERROR
            };
            for (EndReason reason : EndReason.values()) {
                ring(ADA);
                port.ended("c1", reason);
                settle();
                assertThat(telecom.last().getDisconnectCause().getCode()).isEqualTo(codes[reason.ordinal()]);
            }
        }

        @Test
        void routes_and_muting_by_the_system_are_told_once() {
            ring(ADA);
            AudioRoute[] two = {AudioRoute.EARPIECE, AudioRoute.SPEAKER};
            telecom.audio(false, AudioRoute.EARPIECE, two);
            telecom.audio(false, AudioRoute.EARPIECE, two);
            telecom.audio(true, AudioRoute.BLUETOOTH, AudioRoute.EARPIECE, AudioRoute.SPEAKER, AudioRoute.BLUETOOTH);
            assertThat(heard)
                    .containsExactly(
                            "routes EARPIECE [EARPIECE, SPEAKER]",
                            "muted c1 true",
                            "routes BLUETOOTH [BLUETOOTH, EARPIECE, SPEAKER]");
        }

        @Test
        void muting_in_the_app_mutes_androids_microphone_until_the_last_call_is_over() {
            AudioManager audio = app.getSystemService(AudioManager.class);
            ring(ADA);
            port.muted("c1", true);
            settle();
            assertThat(audio.isMicrophoneMute()).isTrue();
            telecom.audio(true, AudioRoute.EARPIECE, AudioRoute.EARPIECE);
            assertThat(heard).doesNotContain("muted c1 true");
            port.ended("c1", EndReason.REMOTE);
            settle();
            assertThat(audio.isMicrophoneMute()).isFalse();
        }

        @Test
        void a_foreground_service_runs_while_there_is_a_call() {
            shadowOf(app).grantPermissions(Manifest.permission.RECORD_AUDIO);
            ring(ADA);
            assertThat(telecom.foreground).isNull();
            telecom.last().onAnswer();
            settle();
            CallForegroundService service = telecom.foreground.get();
            assertThat(shadowOf(service).getLastForegroundNotification()).isNotNull();
            if (Build.VERSION.SDK_INT >= 30) {
                assertThat(service.getForegroundServiceType())
                        .isEqualTo(ServiceInfo.FOREGROUND_SERVICE_TYPE_PHONE_CALL
                                | ServiceInfo.FOREGROUND_SERVICE_TYPE_MICROPHONE);
            }
            port.ended("c1", EndReason.REMOTE);
            settle();
            assertThat(shadowOf(service).isForegroundStopped()).isTrue();
            assertThat(shadowOf(service).isStoppedBySelf()).isTrue();
        }

        @Test
        void a_service_that_android_does_not_start_is_told_and_the_call_goes_on() {
            startRefused(new IllegalStateException("in the background"), ForegroundRefusal.IN_BACKGROUND);
        }

        @Test
        void a_service_that_the_manifest_does_not_permit_is_told_and_the_call_goes_on() {
            startRefused(new SecurityException("no FOREGROUND_SERVICE"), ForegroundRefusal.NOT_PERMITTED);
        }

        private void startRefused(RuntimeException refusal, ForegroundRefusal told) {
            List<ForegroundRefusal> refusals = new ArrayList<>();
            AndroidCallUi ui = telecom.ui(new ContextWrapper(app) {
                        @Override
                        public Context getApplicationContext() {
                            return this;
                        }

                        @Override
                        public ComponentName startForegroundService(Intent service) {
                            throw refusal;
                        }
                    })
                    .whenForegroundRefused(refusals::add);
            ui.open(this);
            ui.incoming(ADA, shown::add);
            MainLooper.await(telecom::look, () -> !shown.isEmpty());
            telecom.last().onAnswer();
            settle();
            assertThat(refusals).containsExactly(told);
            assertThat(heard).containsExactly("answered c1", "active");
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_ACTIVE);
            ui.close();
            settle();
        }

        @Test
        void a_service_that_starts_after_the_call_is_over_shows_its_notification_and_ends() {
            ring(ADA);
            telecom.last().onAnswer();
            port.ended("c1", EndReason.REMOTE);
            MainLooper.await(() -> true);
            settle();
            CallForegroundService service = telecom.foreground.get();
            assertThat(shadowOf(service).isForegroundStopped()).isTrue();
            assertThat(shadowOf(service).getLastForegroundNotificationId()).isNotZero();
            assertThat(shadowOf(service).isStoppedBySelf()).isTrue();
        }

        @Test
        void it_rings_and_fills_the_screen_once_telecom_leaves_that_to_the_app() {
            Notification held = ringBesideAMobileCall();
            assertThat(held.getChannelId()).isEqualTo(Channel.SILENT_CALLS.id());
            assertThat(held.fullScreenIntent).isNull();
            telecom.last().onShowIncomingCallUi();
            assertThat(notice().getChannelId()).isEqualTo(Channel.INCOMING_CALLS.id());
            assertThat(notice().fullScreenIntent).isNotNull();
        }

        @Test
        void a_telecom_that_says_nothing_keeps_no_phone_from_ringing() {
            ringBesideAMobileCall();
            shadowOf(Looper.getMainLooper()).idleFor(Duration.ofSeconds(4));
            assertThat(notice().getChannelId()).isEqualTo(Channel.INCOMING_CALLS.id());
        }

        @Test
        void beside_a_call_of_the_mobile_network_nothing_rings_by_itself() {
            app.getSystemService(AudioManager.class).setMode(AudioManager.MODE_IN_CALL);
            ringBesideAMobileCall();
            shadowOf(Looper.getMainLooper()).idleFor(Duration.ofSeconds(4));
            assertThat(notice().getChannelId()).isEqualTo(Channel.SILENT_CALLS.id());
        }

        @Test
        void a_call_that_was_held_back_and_is_over_holds_nothing_back_any_more() {
            ringBesideAMobileCall();
            port.ended("c1", EndReason.UNANSWERED);
            settle();
            notifications.withdraw("n1");
            notifications.show(NOTICE);
            assertThat(notice().getChannelId()).isEqualTo(Channel.INCOMING_CALLS.id());
        }

        @Test
        void a_key_at_the_side_of_the_phone_silences() {
            ring(ADA);
            ((CallConnection) telecom.last()).onSilence();
            port.ended("c1", EndReason.UNANSWERED);
            settle();
            ((CallConnection) telecom.last()).onSilence();
            assertThat(heard).containsExactly("silenced c1");
        }

        private Notification ringBesideAMobileCall() {
            notifications = new AndroidNotifications(app, new TestStyle(app));
            port.ringingBy(notifications);
            telecom.asking = true;
            ring(ADA);
            notifications.show(NOTICE);
            return notice();
        }

        private Notification notice() {
            return shadowOf(app.getSystemService(NotificationManager.class)).getNotification("n1", 1);
        }

        @Test
        void when_telecom_forgets_its_calls_the_handler_is_told() {
            ring(ADA);
            telecom.last().onAnswer();
            telecom.service.onUnbind(new Intent());
            assertThat(heard).containsExactly("answered c1", "active", "reset", "inactive");
            ring(ADA);
            assertThat(shown).containsExactly(true, true);
        }

        /** Telecom lets go of the service after a call, although the next one is already asked for. */
        @Test
        void a_call_that_telecom_has_not_taken_yet_survives_the_end_of_the_one_before() {
            ring(ADA);
            telecom.last().onAnswer();
            port.ended("c1", EndReason.LOCAL);
            port.outgoing(GRACE);
            MainLooper.await(() -> true);
            telecom.service.onUnbind(new Intent());
            assertThat(heard).doesNotContain("reset", "ended c2");

            settle();
            port.connected("c2");
            settle();
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_ACTIVE);
        }

        @Test
        void a_port_that_replaces_another_keeps_the_account() {
            port.open(this);
            AndroidCallUi next = telecom.ui();
            port.close();
            next.open(this);
            settle();

            assertThat(telecom.accounts()).isEqualTo(1);
            next.close();
        }

        @Test
        void it_is_opened_once() {
            port.open(this);
            assertThatThrownBy(() -> port.open(this)).isInstanceOf(IllegalStateException.class);
        }

        private void ring(UiCall call) {
            if (telecom.accounts() == 0) {
                port.open(this);
            }
            int before = shown.size();
            port.incoming(call, shown::add);
            MainLooper.await(telecom::look, () -> shown.size() > before);
        }

        /** Everything that is posted, and what Telecom does then. */
        private void settle() {
            MainLooper.await(telecom::look, () -> true);
            MainLooper.await(telecom::look, () -> true);
        }

        @Override
        public void answered(String id) {
            heard.add("answered " + id);
        }

        @Override
        public void ended(String id) {
            heard.add("ended " + id);
        }

        @Override
        public void held(String id, boolean onHold) {
            heard.add("held " + id + " " + onHold);
        }

        @Override
        public void muted(String id, boolean muted) {
            heard.add("muted " + id + " " + muted);
        }

        @Override
        public void dialled(String id, String tones) {
            heard.add("dialled " + id + " " + tones);
        }

        @Override
        public void silenced(String id) {
            heard.add("silenced " + id);
        }

        @Override
        public void audioActivated() {
            heard.add("active");
        }

        @Override
        public void audioDeactivated() {
            heard.add("inactive");
        }

        @Override
        public void routesChanged(AudioRoute current, Set<AudioRoute> available) {
            Set<String> names = new TreeSet<>();
            available.forEach(each -> names.add(each.name()));
            heard.add("routes " + current + " " + names);
        }

        @Override
        public void reset() {
            heard.add("reset");
        }
    }
}
