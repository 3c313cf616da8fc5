// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.app.Activity;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import com.techpro.callclient.adapters.android.NotificationStyle;
import com.techpro.callclient.ports.notification.Notice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The texts of the notifications, and what they open. */
final class PhoneNotifications implements NotificationStyle {
    private final Context context;

    PhoneNotifications(Context context) {
        this.context = context;
    }

    @Override
    public int smallIcon() {
        return android.R.drawable.sym_action_call;
    }

    @Override
    public String channelName(Channel channel) {
        return text("channel_" + channel.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String title(Notice notice) {
        if (notice instanceof Notice.IncomingCall call) {
            return who(call.name(), call.number());
        } else if (notice instanceof Notice.MissedCall missed) {
            return who(missed.name(), missed.number());
        }
        return publicTitle(notice);
    }

    @Override
    public String text(Notice notice) {
        if (notice instanceof Notice.IncomingCall call) {
            return call.name() == null ? "" : call.number();
        }
        return notice instanceof Notice.MissedCall ? publicTitle(notice) : "";
    }

    @Override
    public String publicTitle(Notice notice) {
        if (notice instanceof Notice.IncomingCall) {
            return text("notice_incoming_call");
        } else if (notice instanceof Notice.MissedCall) {
            return text("notice_missed_call");
        } else if (notice instanceof Notice.VoicemailWaiting voicemail) {
            return Texts.of(context, "notice_voicemail", voicemail.count());
        }
        return text(notice instanceof Notice.ConnectionLost ? "notice_connection_lost" : "notice_connection_restored");
    }

    @Override
    public PendingIntent open(Notice notice) {
        if (notice instanceof Notice.IncomingCall call) {
            return activity(IncomingCallActivity.intent(context, call.callId()));
        } else if (notice instanceof Notice.MissedCall) {
            return activity(HistoryActivity.class);
        }
        return activity(notice instanceof Notice.VoicemailWaiting ? VoicemailActivity.class : HomeActivity.class);
    }

    @Override
    public PendingIntent answer(Notice.IncomingCall call) {
        return activity(IncomingCallActivity.intent(context, call.callId()).setAction(Intent.ACTION_ANSWER));
    }

    @Override
    public PendingIntent decline(Notice.IncomingCall call) {
        Intent decline = new Intent(context, DeclineReceiver.class).setData(Uri.fromParts("call", call.callId(), null));
        return PendingIntent.getBroadcast(context, 0, decline, PendingIntent.FLAG_IMMUTABLE);
    }

    @Override
    public String answerLabel() {
        return text("answer");
    }

    @Override
    public String declineLabel() {
        return text("decline");
    }

    private PendingIntent activity(Class<? extends Activity> screen) {
        return activity(new Intent(context, screen));
    }

    private PendingIntent activity(Intent intent) {
        return PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE);
    }

    private String who(@Nullable String name, String number) {
        if (name != null) {
            return name;
        }
        return number.isEmpty() ? text("withheld") : number;
    }

    private String text(String key) {
        return Texts.of(context, key);
    }
}
