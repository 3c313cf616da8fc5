// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.CompletionStage;

/**
 * Where callers are sent instead of ringing here: the phone system is told by 302 (RFC 3261 §21.3.3) with Diversion (RFC 5806) and calls that
 * number itself. The history has such a call as {@link com.techpro.callclient.engine.people.CallOutcome#FORWARDED}; of one that did not ring,
 * {@link com.techpro.callclient.engine.CallClientListener#incomingRefused} tells. A call that comes back after this account has forwarded it,
 * or that was forwarded five times, rings. It is remembered in the store the host gave, until log-out. Not every phone system follows a phone's
 * 302: one that does not tells the caller that the call failed, and is to be set by its own feature codes. Methods may be called from any
 * thread; while the app is locked they throw {@link LockedException}, and what was set stays in force.
 *
 * @see Call#forward
 */
public interface CallForwarding {
    CallForwardingSnapshot snapshot();

    /**
     * From the next call on.
     *
     * @return completes on the callbacks' executor, after {@link
     *     com.techpro.callclient.engine.CallClientListener#callForwardingChanged}, with false if the organisation does not permit it; not to be
     *     waited for inside a callback, see {@link com.techpro.callclient.engine.CallClient}
     */
    CompletionStage<Boolean> set(ForwardingRules rules);
}
