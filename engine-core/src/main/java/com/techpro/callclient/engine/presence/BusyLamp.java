// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.lock.LockedException;
import org.jspecify.annotations.Nullable;

/**
 * A busy lamp: a subscription that tells whether an extension is free, ringing or talking (RFC
 * 4235, or RFC 3856 if the phone system does not support that). Methods may be called from any
 * thread. Several lamps of one extension share one subscription. Subscriptions of many lamps are
 * sent gradually. A lamp ends with its account.
 */
public interface BusyLamp extends AutoCloseable {
    /** Returns the current state, without the caller while the app is locked. */
    BusyLampSnapshot snapshot();

    /**
     * Adds a listener for changes. It first receives the current state. A listener that was added
     * before is not added again.
     *
     * @throws IllegalStateException if the client is closed
     */
    void addListener(BusyLampListener listener);

    /**
     * Removes a listener. It receives no more events, not even those that happened before this
     * call.
     */
    void removeListener(BusyLampListener listener);

    /** As {@link #pickUp(CallOptions)} with default options. */
    default @Nullable Call pickUp() {
        return pickUp(CallOptions.DEFAULT);
    }

    /**
     * Picks up the call that is ringing at the extension, by an INVITE with Replaces (RFC 3891). It
     * succeeds only if nobody has answered yet, and is sent only to the account's own phone system.
     *
     * @return the call, as if it had been dialled; null unless
     *     {@link BusyLampSnapshot#pickUpPossible}
     * @throws IllegalStateException if the client is closed
     * @throws LockedException if the app is locked
     */
    @Nullable
    Call pickUp(CallOptions options);

    /** Stops watching. Closing twice does nothing. */
    @Override
    void close();
}
