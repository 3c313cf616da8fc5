// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.internal.sip.message.SipUri;

/** What a call wants of the account whose it is. On the loop. */
interface AccountCalls extends CallObserver {
    /** Calls whom the far end of a call wants to be left for. */
    CallSession follow(CallSession call, SipUri target, CallOptions options);
}
