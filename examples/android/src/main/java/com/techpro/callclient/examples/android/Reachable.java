// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.app.Notification;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.SharedPreferences;
import com.techpro.callclient.adapters.android.ForegroundRefusal;
import com.techpro.callclient.adapters.android.NotificationStyle;
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
    private final SharedPreferences wishes;

    Reachable(Context context) {
        this.context = context;
        this.wishes = context.getSharedPreferences(WISH, Context.MODE_PRIVATE);
    }

    boolean wanted() {
        return wishes.getBoolean(WISH, false);
    }

    void want(boolean wish, Consumer<ForegroundRefusal> refused) {
        wishes.edit().putBoolean(WISH, wish).apply();
        if (wish) {
            start(refused);
        } else {
            ReachableService.stop(context);
        }
    }

    /**
     * Starts the service if the user wants it. Android refuses that to an app in the background;
     * the next visible screen tries again.
     */
    void start(Consumer<ForegroundRefusal> refused) {
        if (wanted()) {
            ReachableService.start(context, shown(), WAKE_UPS_AN_HOUR, refused);
        }
    }

    private Notification shown() {
        return new Notification.Builder(context, NotificationStyle.Channel.CONNECTION.id())
                .setSmallIcon(android.R.drawable.sym_action_call)
                .setContentTitle(Texts.of(context, "reachable_shown"))
                .setOngoing(true)
                .setContentIntent(PendingIntent.getActivity(
                        context, 0, new Intent(context, HomeActivity.class), PendingIntent.FLAG_IMMUTABLE))
                .build();
    }
}
