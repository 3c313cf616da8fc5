// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.os.Handler;
import android.os.Looper;
import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.push.PushToken;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The push token of Firebase Cloud Messaging or of a UnifiedPush distributor, without either's
 * library: the app passes on what its own service receives. For the message itself the app calls
 * {@code CallClient.wake}, inside {@link WakeLockHold}.
 */
public final class AndroidPush implements PushPort {
    private final Handler main = new Handler(Looper.getMainLooper());
    private @Nullable PushToken token;
    private @Nullable Consumer<@Nullable PushToken> watcher;

    /**
     * Call it in {@code FirebaseMessagingService.onNewToken}, and with the token requested at the
     * start of the app (RFC 8599 §10).
     *
     * @param projectId Firebase's project, to which the phone system's key belongs
     * @throws IllegalArgumentException if one of them is empty, too long, or not printable
     */
    public void fcm(String projectId, String registrationToken) {
        become(new PushToken("fcm", registrationToken, projectId));
    }

    /**
     * Call it in a UnifiedPush receiver's {@code onNewEndpoint}: an endpoint is a push resource of
     * RFC 8030 (RFC 8599 §11).
     *
     * @throws IllegalArgumentException if it is empty, too long, not printable, or does not start
     *     with {@code https://}
     */
    public void unifiedPush(String endpoint) {
        if (!endpoint.startsWith("https://")) {
            throw new IllegalArgumentException("an endpoint is an https address");
        }
        become(new PushToken("webpush", endpoint, null));
    }

    /** The app was unregistered, or its user does not want push. */
    public void none() {
        become(null);
    }

    @Override
    public synchronized @Nullable PushToken token() {
        return token;
    }

    @Override
    public synchronized void watch(@Nullable Consumer<@Nullable PushToken> choice) {
        watcher = choice;
    }

    private synchronized void become(@Nullable PushToken next) {
        if (!Objects.equals(token, next)) {
            token = next;
            main.post(() -> tell(next));
        }
    }

    private void tell(@Nullable PushToken next) {
        Consumer<@Nullable PushToken> hears;
        synchronized (this) {
            hears = watcher;
        }
        if (hears != null) {
            hears.accept(next);
        }
    }
}
