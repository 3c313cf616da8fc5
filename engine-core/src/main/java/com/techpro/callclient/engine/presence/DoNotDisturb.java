// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;

/**
 * Whether calls ring here. While it is on, whoever calls is answered 480 without a sound (RFC 3261 §21.4.18), {@link
 * com.techpro.callclient.engine.CallClientListener#incomingRefused} tells of it, and the history has the call. Calls that are established go
 * on, as does dialling. It is remembered in the store the host gave, until log-out. Methods may be called from any thread; while the app is
 * locked they throw {@link LockedException}, and what was set stays in force.
 */
public interface DoNotDisturb {
    DoNotDisturbSnapshot snapshot();

    /**
     * @return completes on the callbacks' executor, after {@link com.techpro.callclient.engine.CallClientListener#doNotDisturbChanged}, with
     *     false if the organisation does not permit it; not to be waited for inside a callback, see
     *     {@link com.techpro.callclient.engine.CallClient}
     */
    CompletionStage<Boolean> set(boolean on);
}
