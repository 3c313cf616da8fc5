// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import com.techpro.callclient.ports.notification.Notice;

/** An app that says what it is told, in English. */
final class TestStyle implements NotificationStyle {
    private final Context context;

    TestStyle(Context context) {
        this.context = context;
    }

    @Override
    public int smallIcon() {
        return android.R.drawable.sym_def_app_icon;
    }

    @Override
    public String channelName(Channel channel) {
        return "Channel " + channel.name();
    }

    @Override
    public String title(Notice notice) {
        if (notice instanceof Notice.IncomingCall call) {
            return call.name() == null ? "Somebody" : call.name();
        }
        return notice instanceof Notice.MissedCall missed
                ? "Missed " + missed.name()
                : notice.getClass().getSimpleName();
    }

    @Override
    public String text(Notice notice) {
        return notice instanceof Notice.MissedCall missed ? missed.number() : "";
    }

    @Override
    public String publicTitle(Notice notice) {
        return "Something";
    }

    @Override
    public PendingIntent open(Notice notice) {
        return intent("open");
    }

    @Override
    public PendingIntent answer(Notice.IncomingCall call) {
        return intent("answer");
    }

    @Override
    public PendingIntent decline(Notice.IncomingCall call) {
        return intent("decline");
    }

    @Override
    public String answerLabel() {
        return "Answer";
    }

    @Override
    public String declineLabel() {
        return "Decline";
    }

    private PendingIntent intent(String action) {
        return PendingIntent.getBroadcast(context, 0, new Intent(action), PendingIntent.FLAG_IMMUTABLE);
    }
}
