// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.media.AudioAttributes;
import android.media.RingtoneManager;
import android.net.Uri;
import android.os.Build;
import android.provider.Settings;
import com.techpro.callclient.adapters.android.NotificationStyle.Channel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The channels of {@link AndroidNotifications}. Android keeps the settings of a channel's creation,
 * which then belong to the user. So a channel with new settings gets a new ID. It takes over the
 * user's changes to the old one, which is deleted.
 */
final class NoticeChannels {
    /** The channel of calls before they had a ringtone: it played the notification sound once. */
    private static final String INCOMING_BEFORE = "callclient.incoming";
    /** Milliseconds off, on, off; repeated for a notification that insists. */
    private static final long[] VIBRATION = {0, 1_000, 1_000};

    private NoticeChannels() {}

    static void make(NotificationManager manager, NotificationStyle style) {
        NotificationChannel before = manager.getNotificationChannel(INCOMING_BEFORE);
        List<NotificationChannel> channels = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            int importance = importance(channel);
            if (channel == Channel.INCOMING_CALLS && before != null) {
                importance = before.getImportance();
            }
            NotificationChannel made = new NotificationChannel(channel.id(), style.channelName(channel), importance);
            if (channel == Channel.INCOMING_CALLS) {
                ring(made, before == null ? ringtone() : soundAfter(before));
                if (before != null) {
                    made.setLockscreenVisibility(before.getLockscreenVisibility());
                    made.setShowBadge(before.canShowBadge());
                }
            }
            channels.add(made);
        }
        manager.createNotificationChannels(channels);
        if (before != null) {
            manager.deleteNotificationChannel(INCOMING_BEFORE);
        }
    }

    private static void ring(NotificationChannel channel, @Nullable Uri sound) {
        channel.setSound(
                sound,
                new AudioAttributes.Builder()
                        .setUsage(AudioAttributes.USAGE_NOTIFICATION_RINGTONE)
                        .setContentType(AudioAttributes.CONTENT_TYPE_SONIFICATION)
                        .build());
        channel.enableVibration(true);
        channel.setVibrationPattern(VIBRATION);
    }

    /** Refers to the user's ringtone, whatever it is at the time. */
    private static Uri ringtone() {
        return RingtoneManager.getDefaultUri(RingtoneManager.TYPE_RINGTONE);
    }

    /** The user's choice, or silence; without a choice the ringtone. */
    private static @Nullable Uri soundAfter(NotificationChannel before) {
        Uri sound = before.getSound();
        boolean chosen = Build.VERSION.SDK_INT >= Build.VERSION_CODES.R
                ? before.hasUserSetSound()
                : !Settings.System.DEFAULT_NOTIFICATION_URI.equals(sound);
        return chosen ? sound : ringtone();
    }

    private static int importance(Channel channel) {
        return switch (channel) {
            case INCOMING_CALLS -> NotificationManager.IMPORTANCE_HIGH;
            case MISSED_CALLS, VOICEMAIL -> NotificationManager.IMPORTANCE_DEFAULT;
            case SILENT_CALLS, CONNECTION -> NotificationManager.IMPORTANCE_LOW;
        };
    }
}
