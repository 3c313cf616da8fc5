// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.app.Notification;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import com.techpro.callclient.adapters.android.ForegroundRefusal;
import com.techpro.callclient.adapters.android.NotificationStyle.Channel;
import com.techpro.callclient.adapters.android.ReachableService;
import java.util.function.Consumer;

/**
 * The user's choice to be reachable without push, which costs some power:
 * docs/android-background.md. It is stored beside the secure store, because it reveals nothing
 * about the user.
 */
final class Reachable {
    private static final String WISH = "reachable";
    private static final int WAKE_UPS_AN_HOUR = 4;

    private final Context context;
    private final Consumer<String> said;
    private final SharedPreferences wishes;

    /** @param said shows one sentence to the user */
    Reachable(Context context, Consumer<String> said) {
        this.context = context;
        this.said = said;
        this.wishes = context.getSharedPreferences(WISH, Context.MODE_PRIVATE);
    }

    boolean wanted() {
        return wishes.getBoolean(WISH, false);
    }

    void want(boolean wish) {
        wishes.edit().putBoolean(WISH, wish).apply();
        if (wish) {
            start();
        } else {
            ReachableService.stop(context);
        }
    }

    /** Starts the service if the user wants it; each visible screen tries again. */
    void start() {
        if (wanted()) {
            ReachableService.start(context, shown(), openRequest(), WAKE_UPS_AN_HOUR, this::refused);
        }
    }

    /** In the background there is no screen: the notification asks the user to open the app. */
    private void refused(ForegroundRefusal refusal) {
        if (refusal == ForegroundRefusal.NOT_PERMITTED) {
            said.accept(Texts.of(context, "reachable_refused"));
        }
    }

    private Notification shown() {
        return notification(Channel.CONNECTION, "reachable_shown")
                .setOngoing(true)
                .build();
    }

    /** Of the channel whose notifications sound: until then, calls are missed. */
    private Notification openRequest() {
        return notification(Channel.MISSED_CALLS, "reachable_lost")
                .setContentText(Texts.of(context, "reachable_open"))
                .setAutoCancel(true)
                .build();
    }

    private Notification.Builder notification(Channel channel, String title) {
        return new Notification.Builder(context, channel.id())
                .setSmallIcon(android.R.drawable.sym_action_call)
                .setContentTitle(Texts.of(context, title))
                .setContentIntent(PendingIntent.getActivity(
                        context, 0, new Intent(context, HomeActivity.class), PendingIntent.FLAG_IMMUTABLE));
    }
}
