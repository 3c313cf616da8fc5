// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.Manifest;
import android.app.Notification;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.app.Person;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.graphics.drawable.Icon;
import android.net.Uri;
import android.os.Build;
import android.provider.Settings;
import android.service.notification.StatusBarNotification;
import com.techpro.callclient.adapters.android.NotificationStyle.Channel;
import com.techpro.callclient.ports.notification.Notice;
import com.techpro.callclient.ports.notification.NotificationPort;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Android's notifications, in a channel for each kind. An incoming call rings by the user's ringtone and vibrates until it is answered, withdrawn or
 * silenced; it fills the screen of a device that is locked, and has buttons on one that is in use. A locked screen shows names only if its user wants that.
 *
 * <p>Beside {@link AndroidCallUi}, let it know of this by {@link AndroidCallUi#ringingBy}: then a call that the system asks the user about itself, beside
 * one of the mobile network, neither rings nor fills the screen a second time.
 *
 * <p>A user who has turned on Android's own notification history finds withdrawn notices there; no app can take them out of it.
 */
public final class AndroidNotifications implements NotificationPort {
    /** The tag is the notice's id; the number beside it is the same for all. */
    private static final int NUMBER = 1;
    /** Longer than any call rings: an app that dies while it rings does not leave a phone that rings for ever. */
    private static final Duration LONGEST_RING = Duration.ofMinutes(5);

    private final Context context;
    private final NotificationManager manager;
    private final NotificationStyle style;
    /** Guarded by this: Telecom speaks on the main thread, and what was withdrawn must not ring again. */
    private final RingingNotices ringing = new RingingNotices();

    public AndroidNotifications(Context context, NotificationStyle style) {
        this.context = context.getApplicationContext();
        this.manager = this.context.getSystemService(NotificationManager.class);
        this.style = style;
        NoticeChannels.make(manager, style);
    }

    @Override
    public synchronized void show(Notice notice) {
        if (notice instanceof Notice.IncomingCall call) {
            ringing.show(call);
        }
        post(notice);
    }

    /** In another channel, which has neither sound nor vibration: that ends both. */
    @Override
    public synchronized void silence(String id) {
        Notice.IncomingCall silenced = ringing.silence(id);
        if (silenced != null) {
            post(silenced);
        }
    }

    /** Until {@link #ring} the call is shown without a sound, and does not fill the screen. */
    synchronized void withholdRing(String callId) {
        ringing.withhold(callId);
    }

    synchronized void forgetRing(String callId) {
        ringing.forget(callId);
    }

    synchronized void ring(String callId) {
        Notice.IncomingCall allowed = ringing.allow(callId);
        if (allowed != null) {
            post(allowed);
        }
    }

    private void post(Notice notice) {
        if (!manager.areNotificationsEnabled()) {
            return;
        }
        try {
            manager.notify(notice.id(), NUMBER, notification(notice));
        } catch (SecurityException e) {
            // Taken away between the question and the answer: as if refused.
        }
    }

    @Override
    public synchronized void withdraw(String id) {
        ringing.withdraw(id);
        manager.cancel(id, NUMBER);
    }

    @Override
    public Set<String> shownIds() {
        Set<String> ids = new HashSet<>();
        for (StatusBarNotification each : manager.getActiveNotifications()) {
            String id = each.getTag();
            if (id != null
                    && each.getId() == NUMBER
                    && isChannel(each.getNotification().getChannelId())) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The channel of incoming calls has the user's ringtone, unless they chose otherwise, and the notification insists. */
    @Override
    public boolean rings() {
        return true;
    }

    /**
     * Whether an incoming call may fill the screen of a locked device: from API 34 on the user can forbid it in the system's settings, and Android does so by
     * itself for an app that is no phone app by its store's listing. Without it the call rings all the same, as a notification.
     */
    public boolean canFillScreen() {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            return manager.canUseFullScreenIntent();
        }
        return Build.VERSION.SDK_INT < Build.VERSION_CODES.Q
                || context.checkSelfPermission(Manifest.permission.USE_FULL_SCREEN_INTENT)
                        == PackageManager.PERMISSION_GRANTED;
    }

    /** Where the user allows what {@link #canFillScreen} asks for; null below API 34, which has no such page. */
    public @Nullable Intent fillScreenSettings() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            return null;
        }
        return new Intent(
                Settings.ACTION_MANAGE_APP_USE_FULL_SCREEN_INTENT,
                Uri.fromParts("package", context.getPackageName(), null));
    }

    /**
     * What is shown while the foreground service of a call runs, for {@link AndroidCallUi}: from API 31 on in Android's own form for calls, with the time that
     * it lasts.
     *
     * @param title with whom, or of what kind
     * @param open brings the call's screen to the front
     * @param hangUpLabel shown below API 31; from there on Android has its own word
     */
    public Notification ongoingCall(String title, PendingIntent open, String hangUpLabel, PendingIntent hangUp) {
        Notification.Builder builder = new Notification.Builder(context, Channel.CONNECTION.id())
                .setSmallIcon(style.smallIcon())
                .setContentTitle(title)
                .setCategory(Notification.CATEGORY_CALL)
                .setContentIntent(open)
                .setUsesChronometer(true)
                .setOnlyAlertOnce(true)
                .setOngoing(true);
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
            Person other = new Person.Builder().setName(title).build();
            builder.setStyle(Notification.CallStyle.forOngoingCall(other, hangUp));
        } else {
            Icon icon = Icon.createWithResource(context, style.smallIcon());
            builder.addAction(new Notification.Action.Builder(icon, hangUpLabel, hangUp).build());
        }
        return builder.build();
    }

    private static boolean isChannel(String id) {
        return Stream.of(Channel.values()).anyMatch(channel -> channel.id().equals(id));
    }

    private Notification notification(Notice notice) {
        Notification.Builder builder = builder(notice, style.title(notice));
        String text = style.text(notice);
        if (!text.isEmpty()) {
            builder.setContentText(text);
        }
        builder.setVisibility(Notification.VISIBILITY_PRIVATE)
                .setPublicVersion(builder(notice, style.publicTitle(notice)).build());
        if (notice instanceof Notice.IncomingCall call) {
            return incoming(builder, call);
        } else if (notice instanceof Notice.MissedCall missed) {
            builder.setWhen(missed.when().toEpochMilli()).setShowWhen(true);
        }
        return builder.build();
    }

    private Notification.Builder builder(Notice notice, String title) {
        boolean silent = notice instanceof Notice.IncomingCall call && !ringing.mayRing(call);
        return new Notification.Builder(context, (silent ? Channel.SILENT_CALLS : channel(notice)).id())
                .setSmallIcon(style.smallIcon())
                .setContentTitle(title)
                .setCategory(category(notice))
                .setContentIntent(style.open(notice))
                .setOnlyAlertOnce(!(notice instanceof Notice.IncomingCall))
                .setAutoCancel(!(notice instanceof Notice.IncomingCall));
    }

    private Notification incoming(Notification.Builder builder, Notice.IncomingCall call) {
        builder.setOngoing(true).setTimeoutAfter(LONGEST_RING.toMillis());
        boolean rings = ringing.mayRing(call);
        if (rings) {
            builder.setFullScreenIntent(style.open(call), true);
        }
        // CallStyle is for a notification that fills the screen, or is a foreground service's.
        if (rings && Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
            Person caller = new Person.Builder()
                    .setName(style.title(call))
                    .setImportant(true)
                    .build();
            builder.setStyle(Notification.CallStyle.forIncomingCall(caller, style.decline(call), style.answer(call)));
        } else {
            Icon icon = Icon.createWithResource(context, style.smallIcon());
            builder.addAction(new Notification.Action.Builder(icon, style.declineLabel(), style.decline(call)).build())
                    .addAction(new Notification.Action.Builder(icon, style.answerLabel(), style.answer(call)).build());
        }
        Notification notification = builder.build();
        if (rings) {
            notification.flags |= Notification.FLAG_INSISTENT;
        }
        return notification;
    }

    private static Channel channel(Notice notice) {
        if (notice instanceof Notice.IncomingCall) {
            return Channel.INCOMING_CALLS;
        }
        if (notice instanceof Notice.MissedCall) {
            return Channel.MISSED_CALLS;
        }
        return notice instanceof Notice.VoicemailWaiting ? Channel.VOICEMAIL : Channel.CONNECTION;
    }

    private static String category(Notice notice) {
        return switch (channel(notice)) {
            case INCOMING_CALLS, SILENT_CALLS -> Notification.CATEGORY_CALL;
            // CATEGORY_MISSED_CALL and CATEGORY_VOICEMAIL came with API 31; older ones take any text.
            case MISSED_CALLS -> "missed_call";
            case VOICEMAIL -> "voicemail";
            case CONNECTION -> Notification.CATEGORY_STATUS;
        };
    }
}
