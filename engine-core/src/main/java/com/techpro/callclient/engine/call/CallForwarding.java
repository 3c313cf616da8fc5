// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;

/**
 * Call forwarding: callers are sent to another number instead of ringing here. The phone system is told by 302 (RFC
 * 3261 §21.3.3) with Diversion (RFC 5806), and calls that number itself. The setting is remembered in the host's store
 * until log-out.
 *
 * <p>The history has such a call as {@link com.techpro.callclient.engine.people.CallOutcome#FORWARDED}. A call that did
 * not ring is reported by {@link com.techpro.callclient.engine.CallClientListener#incomingRefused}. A call that returns
 * after this account has forwarded it, or that was forwarded five times, rings. Not every phone system follows a
 * phone's 302: some tell the caller that the call failed. Use the phone system's own feature codes there.
 *
 * <p>Methods may be called from any thread. While the app is locked they throw {@link LockedException}, and the setting
 * stays in force.
 *
 * @see Call#forward
 */
public interface CallForwarding {
    CallForwardingSnapshot snapshot();

    /**
     * Sets the rules, from the next call on. If they could not be stored, the snapshot's storage says so.
     *
     * @return completes on the callbacks' executor once the store has answered, after {@link
     *     com.techpro.callclient.engine.CallClientListener#callForwardingChanged}, refused if the organisation does not
     *     permit it; do not wait for it inside a callback, see {@link com.techpro.callclient.engine.CallClient}
     */
    CompletionStage<CommandOutcome> set(ForwardingRules rules);
}
