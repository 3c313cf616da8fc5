// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;

/**
 * Do-not-disturb. While it is on, the engine rejects calls with 480 without ringing (RFC 3261
 * §21.4.18), reports them by
 * {@link com.techpro.callclient.engine.CallClientListener#incomingRefused} and adds them to the
 * history. Established calls continue, and dialling works. The setting is kept in the host's store
 * until log-out. Methods may be called from any thread. While the app is locked, they throw
 * {@link LockedException}, and the setting stays in force.
 */
public interface DoNotDisturb {
    DoNotDisturbSnapshot snapshot();

    /**
     * Switches it at once. If it could not be stored, the snapshot's storage says so.
     *
     * @return completes on the callbacks' executor once the store has answered, after
     *     {@link com.techpro.callclient.engine.CallClientListener#doNotDisturbChanged}, refused
     *     if the organisation does not permit it; do not wait for it inside a callback, see
     *     {@link com.techpro.callclient.engine.CallClient}
     */
    CompletionStage<CommandOutcome> set(boolean on);
}
