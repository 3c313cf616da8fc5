// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.PendingIntent;
import com.techpro.callclient.ports.notification.Notice;

/**
 * The app's part of its notifications: texts in its languages, an icon, and what opens when one is
 * tapped. Called on the callbacks' executor.
 */
public interface NotificationStyle {
    /** The channels that users turn on and off in the system's settings. */
    enum Channel {
        /**
         * Rings. The ID's number counts the adapter's settings, because Android does not change
         * those of an existing channel.
         */
        INCOMING_CALLS("callclient.incoming.2"),
        /** An incoming call that the user has silenced, or that the system itself shows. */
        SILENT_CALLS("callclient.incoming.silent"),
        MISSED_CALLS("callclient.missed"),
        VOICEMAIL("callclient.voicemail"),
        CONNECTION("callclient.connection");

        private final String id;

        Channel(String id) {
            this.id = id;
        }

        /** Returns Android's ID of the channel. */
        public String id() {
            return id;
        }
    }

    /** A drawable of one colour. */
    int smallIcon();

    String channelName(Channel channel);

    /** The first line, such as the caller. */
    String title(Notice notice);

    /** The second line; empty for none. */
    String text(Notice notice);

    /** The text for a locked screen that anybody may read, without a name or a number. */
    String publicTitle(Notice notice);

    /**
     * Opens the app at the notice's place; for an incoming call the ringing screen, over the lock
     * screen.
     */
    PendingIntent open(Notice notice);

    PendingIntent answer(Notice.IncomingCall call);

    PendingIntent decline(Notice.IncomingCall call);

    String answerLabel();

    String declineLabel();
}
