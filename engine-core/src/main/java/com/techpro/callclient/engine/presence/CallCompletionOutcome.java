// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.call.Call;

/** The outcome of {@link com.techpro.callclient.engine.Account#callWhenFree}. */
public sealed interface CallCompletionOutcome {
    /** The extension became free and is being called; the call reports its progress. */
    record Called(Call call) implements CallCompletionOutcome {}

    /** The request was cancelled, the account was removed, or the client was closed. */
    record Cancelled() implements CallCompletionOutcome {}

    /** The extension was not free in time. */
    record Expired() implements CallCompletionOutcome {}

    /**
     * The account may not or cannot watch the extension: a state that {@link LampState#isLasting}.
     */
    record Unwatchable(LampState why) implements CallCompletionOutcome {}
}
