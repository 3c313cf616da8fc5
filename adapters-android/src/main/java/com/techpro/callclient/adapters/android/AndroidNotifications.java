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
 * Android notifications, with a channel per kind. An incoming call plays the user's ringtone and
 * vibrates until it is answered, withdrawn or silenced. It fills the screen of a locked device, and
 * has buttons on an unlocked one. A locked screen shows names only if its user wants that.
 *
 * <p>With {@link AndroidCallUi}, pass this to {@link AndroidCallUi#ringingBy}. Otherwise a call
 * beside one of the mobile network, for which the system itself asks the user, rings and fills the
 * screen a second time.
 *
 * <p>If the user has enabled Android's notification history, withdrawn notifications remain there;
 * no app can remove them.
 */
public final class AndroidNotifications implements NotificationPort {
    /** The tag is the notice's ID; this number is the same for all. */
    private static final int NUMBER = 1;
    /**
     * Longer than any call rings: an app that dies while it rings does not leave a phone ringing
     * for ever.
     */
    private static final Duration LONGEST_RING = Duration.ofMinutes(5);

    private final Context context;
    private final NotificationManager manager;
    private final NotificationStyle style;
    /**
     * Guarded by this: Telecom calls on the main thread, and a withdrawn notification must not ring
     * again.
     */
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

    /** Moves it to a channel without sound and vibration, which ends both. */
    @Override
    public synchronized void silence(String id) {
        Notice.IncomingCall silenced = ringing.silence(id);
        if (silenced != null) {
            post(silenced);
        }
    }

    /** Shows the call without sound, and without filling the screen, until {@link #ring}. */
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
            // Permission withdrawn between the check and the call: as if refused.
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

    /**
     * The channel of incoming calls has the user's ringtone unless changed, and the notification
     * insists.
     */
    @Override
    public boolean rings() {
        return true;
    }

    /**
     * Returns whether an incoming call may fill the screen of a locked device. From API 34 on the
     * user can forbid it in the system's settings, and Android does so for apps not listed as phone
     * apps in their store. Without it the call still rings, as a notification.
     */
    public boolean canFillScreen() {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            return manager.canUseFullScreenIntent();
        }
        return Build.VERSION.SDK_INT < Build.VERSION_CODES.Q
                || context.checkSelfPermission(Manifest.permission.USE_FULL_SCREEN_INTENT)
                        == PackageManager.PERMISSION_GRANTED;
    }

    /**
     * Returns the settings page that allows what {@link #canFillScreen} tells; null below API 34,
     * which has none.
     */
    public @Nullable Intent fillScreenSettings() {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
            return null;
        }
        return new Intent(
                Settings.ACTION_MANAGE_APP_USE_FULL_SCREEN_INTENT,
                Uri.fromParts("package", context.getPackageName(), null));
    }

    /**
     * Returns the notification of a call's foreground service, for {@link AndroidCallUi}. From API
     * 31 on it has Android's own form for calls, with the call's duration.
     *
     * @param title the far end, or the kind of call
     * @param open brings the call's screen to the front
     * @param hangUpLabel shown below API 31; later versions have their own label
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
        // CallStyle needs a notification that fills the screen, or that of a foreground service.
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
            // CATEGORY_MISSED_CALL and CATEGORY_VOICEMAIL came with API 31; older versions accept
            // any text.
            case MISSED_CALLS -> "missed_call";
            case VOICEMAIL -> "voicemail";
            case CONNECTION -> Notification.CATEGORY_STATUS;
        };
    }
}
