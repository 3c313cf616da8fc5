// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.push.PushToken;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A push service that issues the test's tokens. */
public final class FakePush implements PushPort {
    private final Executor executor;
    private @Nullable PushToken token;
    private @Nullable Consumer<@Nullable PushToken> watcher;

    /** @param executor runs the watcher's callbacks, one task at a time */
    public FakePush(Executor executor) {
        this.executor = executor;
    }

    public synchronized void issue(@Nullable PushToken issued) {
        token = issued;
        executor.execute(() -> tell(issued));
    }

    public synchronized boolean isWatched() {
        return watcher != null;
    }

    private void tell(@Nullable PushToken issued) {
        Consumer<@Nullable PushToken> heard;
        synchronized (this) {
            heard = watcher;
        }
        if (heard != null) {
            heard.accept(issued);
        }
    }

    @Override
    public synchronized @Nullable PushToken token() {
        return token;
    }

    @Override
    public synchronized void watch(@Nullable Consumer<@Nullable PushToken> choice) {
        watcher = choice;
    }
}
