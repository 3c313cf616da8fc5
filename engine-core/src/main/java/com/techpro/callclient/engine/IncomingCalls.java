// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.presence.DoNotDisturb;

/** What happens to incoming calls. Methods may be called from any thread. */
public interface IncomingCalls {
    /** Do-not-disturb: whether calls ring here. */
    DoNotDisturb doNotDisturb();

    /** Call forwarding: where calls go instead of ringing here. */
    CallForwarding forwarding();
}
