// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import java.util.concurrent.CompletionStage;

/**
 * Somebody is called as soon as they are free, and this account has no other call: what RFC 6910 names call completion, here by the
 * extension's busy lamp. Methods may be called from any thread.
 */
public interface CallCompletion {
    /**
     * @return completes on the callbacks' executor, never exceptionally; not to be waited for inside a callback, see
     *     {@link com.techpro.callclient.engine.CallClient}
     */
    CompletionStage<CallCompletionOutcome> outcome();

    /** Does not call any more. Does nothing once there is an outcome. */
    void cancel();
}
