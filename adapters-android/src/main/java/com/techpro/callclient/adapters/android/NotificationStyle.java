// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.PendingIntent;
import com.techpro.callclient.ports.notification.Notice;

/** The app's part of its notifications: words in its languages, an icon, and what opens when one is touched. Called on the callbacks' executor. */
public interface NotificationStyle {
    /** What users turn off and on one by one in the system's settings. */
    enum Channel {
        /** Rings. The number counts what the adapter sets: Android takes no other settings for a channel that there was before. */
        INCOMING_CALLS("callclient.incoming.2"),
        /** An incoming call that the user has silenced, or that the system shows itself. */
        SILENT_CALLS("callclient.incoming.silent"),
        MISSED_CALLS("callclient.missed"),
        VOICEMAIL("callclient.voicemail"),
        CONNECTION("callclient.connection");

        private final String id;

        Channel(String id) {
            this.id = id;
        }

        /** What Android files it under. */
        public String id() {
            return id;
        }
    }

    /** A drawable of one colour. */
    int smallIcon();

    String channelName(Channel channel);

    /** The first line, such as who calls. */
    String title(Notice notice);

    /** The second line; empty for none. */
    String text(Notice notice);

    /** What a locked screen may show to anybody, without a name or a number. */
    String publicTitle(Notice notice);

    /** Opens the app where the notice belongs; for an incoming call the screen that rings, over the lock screen. */
    PendingIntent open(Notice notice);

    PendingIntent answer(Notice.IncomingCall call);

    PendingIntent decline(Notice.IncomingCall call);

    String answerLabel();

    String declineLabel();
}
