// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

import com.techpro.callclient.engine.call.Call;

/** What became of {@link com.techpro.callclient.engine.Account#callWhenFree}. */
public sealed interface CallCompletionOutcome {
    /** They were free, and are being called; the call tells how that goes on. */
    record Called(Call call) implements CallCompletionOutcome {}

    /** It was cancelled, or the account was removed, or the client closed. */
    record Cancelled() implements CallCompletionOutcome {}

    /** They were not free in time. */
    record Expired() implements CallCompletionOutcome {}

    /** The phone system or the organisation does not let this account watch the extension: {@link LampState#isLasting}. */
    record Unwatchable(LampState why) implements CallCompletionOutcome {}
}
