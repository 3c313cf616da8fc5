// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.lock.LockedException;
import org.jspecify.annotations.Nullable;

/**
 * An extension that is watched: whether it is free, rings or talks (RFC 4235; where the phone system has no such events, RFC 3856). Methods
 * may be called from any thread. Several lamps of one extension share what is asked of the phone system, and many are asked for little by
 * little. It ends with its account.
 */
public interface BusyLamp extends AutoCloseable {
    /** Names nobody while the app is locked. */
    BusyLampSnapshot snapshot();

    /**
     * From now on tells a listener of changes; what it hears first is how things stand. One that is there already is not added again.
     *
     * @throws IllegalStateException if the client is closed
     */
    void addListener(BusyLampListener listener);

    /** The listener hears nothing any more, not even what has happened before this. */
    void removeListener(BusyLampListener listener);

    /** As {@link #pickUp(CallOptions)} with default options. */
    default @Nullable Call pickUp() {
        return pickUp(CallOptions.DEFAULT);
    }

    /**
     * Takes the call that rings there: an INVITE with Replaces (RFC 3891), which succeeds only as long as nobody has answered. It stays
     * within the account's own phone system.
     *
     * @return the call, like one that was dialled; null unless {@link BusyLampSnapshot#pickUpPossible}
     * @throws IllegalStateException if the client is closed
     * @throws LockedException if the app is locked
     */
    @Nullable
    Call pickUp(CallOptions options);

    /** Watches no longer. Closing twice does nothing. */
    @Override
    void close();
}
