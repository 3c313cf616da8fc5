// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import java.util.concurrent.CompletionStage;

/**
 * A request to call an extension as soon as it is free, this account has no other call, and the app
 * is not locked. RFC 6910 names this call completion; here it uses the extension's busy lamp.
 * Methods may be called from any thread.
 */
public interface CallCompletion {
    /**
     * @return completes on the callbacks' executor, never exceptionally; do not wait for it inside
     *     a callback, see {@link com.techpro.callclient.engine.CallClient}
     */
    CompletionStage<CallCompletionOutcome> outcome();

    /** Cancels the request. Does nothing once there is an outcome. */
    void cancel();
}
