// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.Application;
import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.content.Intent;
import android.media.AudioAttributes;
import android.net.Uri;
import android.os.Build;
import android.provider.Settings;
import android.service.notification.StatusBarNotification;
import com.techpro.callclient.adapters.android.NotificationStyle.Channel;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.testkit.contracts.NotificationPortContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowNotificationManager;

class AndroidNotificationsTest {
    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return ApiLevels.run(Kit.class);
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return Stream.of(OnAndroid.class, Upgraded.class, FromApi34.class).flatMap(ApiLevels::run);
    }

    static class Kit extends NotificationPortContract {
        private final Application app = RuntimeEnvironment.getApplication();
        private final NotificationManager manager = app.getSystemService(NotificationManager.class);

        @Override
        protected NotificationPort port() {
            return new AndroidNotifications(app, new TestStyle(app));
        }

        @Override
        protected List<String> shown() {
            List<String> ids = new ArrayList<>();
            for (StatusBarNotification each : manager.getActiveNotifications()) {
                ids.add(each.getTag());
            }
            return ids;
        }

        @Override
        protected String remembered() {
            StringBuilder all = new StringBuilder();
            for (Notification each : shadowOf(manager).getAllNotifications()) {
                all.append(each.extras);
            }
            return all.toString();
        }

        @Override
        protected boolean refuse() {
            shadowOf(manager).setNotificationsEnabled(false);
            return true;
        }
    }

    static class OnAndroid {
        private static final Notice.IncomingCall CALL = new Notice.IncomingCall("n1", "c1", "Ada Canary", "5550199");

        private final Application app = RuntimeEnvironment.getApplication();
        private final NotificationManager manager = app.getSystemService(NotificationManager.class);
        private final AndroidNotifications port = new AndroidNotifications(app, new TestStyle(app));

        @Test
        void each_kind_has_a_channel_and_only_calls_interrupt() {
            for (Channel channel : Channel.values()) {
                assertThat(manager.getNotificationChannel(channel.id())
                                .getName()
                                .toString())
                        .isEqualTo("Channel " + channel.name());
            }
            assertThat(manager.getNotificationChannel(Channel.INCOMING_CALLS.id())
                            .getImportance())
                    .isEqualTo(NotificationManager.IMPORTANCE_HIGH);
            assertThat(channelOf(CALL)).isEqualTo(Channel.INCOMING_CALLS.id());
            assertThat(channelOf(new Notice.MissedCall("n2", null, "", Instant.EPOCH)))
                    .isEqualTo(Channel.MISSED_CALLS.id());
            assertThat(channelOf(new Notice.VoicemailWaiting("n3", 2))).isEqualTo(Channel.VOICEMAIL.id());
            assertThat(channelOf(new Notice.ConnectionLost("n4"))).isEqualTo(Channel.CONNECTION.id());
            assertThat(channelOf(new Notice.ConnectionRestored("n4"))).isEqualTo(Channel.CONNECTION.id());
        }

        @Test
        void a_call_fills_the_screen_stays_and_can_be_answered_and_declined() {
            Notification shown = show(CALL);
            assertThat(shadowOf(shown.fullScreenIntent).getSavedIntent().getAction())
                    .isEqualTo("open");
            assertThat(shown.flags & Notification.FLAG_ONGOING_EVENT).isNotZero();
            assertThat(shown.flags & Notification.FLAG_AUTO_CANCEL).isZero();
            assertThat(shown.category).isEqualTo(Notification.CATEGORY_CALL);
            if (Build.VERSION.SDK_INT >= 31) {
                assertThat(shown.extras.getString(Notification.EXTRA_TEMPLATE))
                        .isEqualTo("android.app.Notification$CallStyle");
            } else {
                assertThat(shown.actions).extracting(action -> action.title).containsExactly("Decline", "Answer");
            }
        }

        @Test
        void a_call_rings_by_the_users_ringtone_and_vibrates_until_it_is_over() {
            NotificationChannel channel = manager.getNotificationChannel(Channel.INCOMING_CALLS.id());
            assertThat(channel.getSound()).isEqualTo(Settings.System.DEFAULT_RINGTONE_URI);
            assertThat(channel.getAudioAttributes().getUsage()).isEqualTo(AudioAttributes.USAGE_NOTIFICATION_RINGTONE);
            assertThat(channel.shouldVibrate()).isTrue();
            assertThat(channel.getVibrationPattern()).hasSizeGreaterThan(2);
            Notification shown = show(CALL);
            assertThat(shown.flags & Notification.FLAG_INSISTENT).isNotZero();
            assertThat(shown.flags & Notification.FLAG_ONLY_ALERT_ONCE).isZero();
            assertThat(shown.getTimeoutAfter()).as("if the app dies meanwhile").isBetween(240_000L, 600_000L);
            Notification missed = show(new Notice.MissedCall("m1", null, "", Instant.EPOCH));
            assertThat(missed.flags & Notification.FLAG_INSISTENT).isZero();
        }

        @Test
        void a_call_that_is_silenced_stays_where_nothing_is_heard_and_the_next_one_rings() {
            show(CALL);
            port.silence("n1");
            Notification silenced = shadowOf(manager).getNotification("n1", 1);
            assertThat(silenced.getChannelId()).isEqualTo(Channel.SILENT_CALLS.id());
            assertThat(manager.getNotificationChannel(Channel.SILENT_CALLS.id()).getImportance())
                    .isLessThan(NotificationManager.IMPORTANCE_DEFAULT);
            assertThat(silenced.flags & Notification.FLAG_INSISTENT).isZero();
            assertThat(silenced.fullScreenIntent).isNull();
            assertThat(silenced.actions).extracting(action -> action.title).containsExactly("Decline", "Answer");
            port.withdraw("n1");
            assertThat(channelOf(CALL)).isEqualTo(Channel.INCOMING_CALLS.id());
        }

        @Test
        void a_call_under_way_has_androids_own_form_from_api_31_and_a_button_before() {
            PendingIntent open = PendingIntent.getBroadcast(app, 1, new Intent("open"), PendingIntent.FLAG_IMMUTABLE);
            PendingIntent hangUp = PendingIntent.getBroadcast(app, 2, new Intent("end"), PendingIntent.FLAG_IMMUTABLE);
            Notification shown = port.ongoingCall("Ada Canary", open, "Hang up", hangUp);
            assertThat(shown.contentIntent).isSameAs(open);
            assertThat(shown.category).isEqualTo(Notification.CATEGORY_CALL);
            assertThat(shown.flags & Notification.FLAG_ONGOING_EVENT).isNotZero();
            assertThat(shown.extras.getBoolean(Notification.EXTRA_SHOW_CHRONOMETER))
                    .isTrue();
            if (Build.VERSION.SDK_INT >= 31) {
                assertThat(shown.extras.getInt(Notification.EXTRA_CALL_TYPE))
                        .isEqualTo(Notification.CallStyle.CALL_TYPE_ONGOING);
                assertThat(shown.extras.getParcelable(Notification.EXTRA_HANG_UP_INTENT, PendingIntent.class))
                        .isSameAs(hangUp);
            } else {
                assertThat(shown.actions).extracting(action -> action.title).containsExactly("Hang up");
            }
        }

        @Test
        void whether_a_call_may_fill_the_screen_is_asked_and_the_page_to_allow_it_is_told() {
            Intent page = port.fillScreenSettings();
            if (Build.VERSION.SDK_INT < 34) {
                assertThat(page).isNull();
                shadowOf(app).grantPermissions(Manifest.permission.USE_FULL_SCREEN_INTENT);
                assertThat(port.canFillScreen()).isTrue();
                shadowOf(app).denyPermissions(Manifest.permission.USE_FULL_SCREEN_INTENT);
                assertThat(port.canFillScreen()).isEqualTo(Build.VERSION.SDK_INT < 29);
            } else {
                assertThat(page.getAction()).isEqualTo(Settings.ACTION_MANAGE_APP_USE_FULL_SCREEN_INTENT);
                assertThat(page.getData()).hasToString("package:" + app.getPackageName());
            }
        }

        @Test
        void a_locked_screen_shows_no_name() {
            Notification shown = show(new Notice.MissedCall("m1", "Ada Canary", "5550199", Instant.ofEpochMilli(7)));
            assertThat(shown.visibility).isEqualTo(Notification.VISIBILITY_PRIVATE);
            assertThat(shown.publicVersion.extras.toString()).doesNotContain("Canary", "5550199");
            assertThat(shown.when).isEqualTo(7);
            assertThat(shown.flags & Notification.FLAG_AUTO_CANCEL).isNotZero();
        }

        @Test
        void notifications_of_an_earlier_process_are_listed_and_the_apps_own_are_not() {
            port.show(CALL);
            manager.notify(
                    "mine",
                    1,
                    new Notification.Builder(app, "news").setSmallIcon(1).build());
            manager.notify(
                    7,
                    new Notification.Builder(app, Channel.CONNECTION.id())
                            .setSmallIcon(1)
                            .build());
            assertThat(new AndroidNotifications(app, new TestStyle(app)).shownIds())
                    .containsExactly("n1");
        }

        private String channelOf(Notice notice) {
            return show(notice).getChannelId();
        }

        private Notification show(Notice notice) {
            port.show(notice);
            return shadowOf(manager).getNotification(notice.id(), 1);
        }
    }

    /** An app that had the channels of before, and comes in another version. */
    static class Upgraded {
        private final Application app = RuntimeEnvironment.getApplication();
        private final NotificationManager manager = app.getSystemService(NotificationManager.class);

        @Test
        void a_users_settings_of_a_legacy_channel_are_migrated() {
            Uri song = Uri.parse("content://media/song");
            NotificationChannel before = before(NotificationManager.IMPORTANCE_DEFAULT);
            before.setSound(song, before.getAudioAttributes());
            before.lockFields(NotificationChannel.USER_LOCKED_SOUND);
            NotificationChannel now = after(before);
            assertThat(now.getImportance()).isEqualTo(NotificationManager.IMPORTANCE_DEFAULT);
            assertThat(now.getSound()).isEqualTo(song);
            assertThat(now.getAudioAttributes().getUsage()).isEqualTo(AudioAttributes.USAGE_NOTIFICATION_RINGTONE);
            assertThat(manager.getNotificationChannel("callclient.incoming")).isNull();
        }

        @Test
        void a_legacy_channel_without_a_chosen_sound_gets_the_ringtone() {
            NotificationChannel now = after(before(NotificationManager.IMPORTANCE_HIGH));
            assertThat(now.getImportance()).isEqualTo(NotificationManager.IMPORTANCE_HIGH);
            assertThat(now.getSound()).isEqualTo(Settings.System.DEFAULT_RINGTONE_URI);
        }

        private NotificationChannel before(int importance) {
            return new NotificationChannel("callclient.incoming", "Calls", importance);
        }

        private NotificationChannel after(NotificationChannel before) {
            manager.createNotificationChannel(before);
            var unused = new AndroidNotifications(app, new TestStyle(app));
            return manager.getNotificationChannel(Channel.INCOMING_CALLS.id());
        }
    }

    /** The user's choice, which Robolectric's own does not know. */
    @Implements(NotificationManager.class)
    public static class UsersChoice extends ShadowNotificationManager {
        private static boolean allowed;

        @Implementation(minSdk = 34)
        protected boolean canUseFullScreenIntent() {
            return allowed;
        }
    }

    @Config(
            sdk = {34, 35},
            shadows = UsersChoice.class)
    static class FromApi34 {
        @Test
        void whether_a_call_may_fill_the_screen_is_the_users_choice() {
            Application app = RuntimeEnvironment.getApplication();
            AndroidNotifications port = new AndroidNotifications(app, new TestStyle(app));
            UsersChoice.allowed = true;
            assertThat(port.canFillScreen()).isTrue();
            UsersChoice.allowed = false;
            assertThat(port.canFillScreen()).isFalse();
        }
    }
}
