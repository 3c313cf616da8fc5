// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.function.Consumer;

/** What a call reports to its account. On the loop. */
public sealed interface CallReport {
    CallSession call();

    record Changed(CallSession call, CallEvent event) implements CallReport {}

    /** The call's ring must stop: the user silenced or answered it. */
    record Silenced(CallSession call) implements CallReport {}

    /**
     * The phone system reports a new far end. What knows the party calls
     * {@link CallSession#resolved} before the host is notified.
     */
    record Identified(CallSession call) implements CallReport {}

    /**
     * The far end requested a transfer, and its target is to be called.
     *
     * @param heard receives the events of the new call
     */
    record TransferAccepted(CallSession call, SipUri target, CallOptions options, Consumer<CallEvent> heard)
            implements CallReport {}

    /** The call has ended, and the protocol needs nothing more. */
    record Released(CallSession call) implements CallReport {}
}
