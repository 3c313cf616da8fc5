// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.Context;
import com.techpro.callclient.adapters.android.WakeLockHold;
import com.techpro.callclient.engine.WakeReason;
import java.time.Duration;

/**
 * Receives tokens and messages from the app's push service. Call it with a few lines in a
 * {@code FirebaseMessagingService}, or in the receiver of a UnifiedPush distributor. Neither's
 * library is needed here.
 */
public final class PhonePush {
    /**
     * How long the app may run for a message; about the time that Android gives one of high
     * priority.
     */
    private static final Duration BUDGET = Duration.ofSeconds(20);

    private PhonePush() {}

    /** From {@code onNewToken}. */
    public static void fcmToken(Context context, String projectId, String token) {
        PhoneApplication.of(context).push().fcm(projectId, token);
    }

    /** From {@code onNewEndpoint}. */
    public static void unifiedPushEndpoint(Context context, String endpoint) {
        PhoneApplication.of(context).push().unifiedPush(endpoint);
    }

    /** From {@code onUnregistered}. */
    public static void unregistered(Context context) {
        PhoneApplication.of(context).push().none();
    }

    /**
     * From {@code onMessageReceived} or {@code onMessage}: the message has no content; the phone
     * system is asked.
     */
    public static void message(Context context) {
        WakeLockHold awake = WakeLockHold.acquire(context, BUDGET);
        Phone phone = PhoneApplication.of(context).phone();
        phone.restored()
                .thenCompose(done -> phone.client().wake(WakeReason.PUSH, BUDGET))
                .whenComplete((outcome, failure) -> awake.close());
    }
}
