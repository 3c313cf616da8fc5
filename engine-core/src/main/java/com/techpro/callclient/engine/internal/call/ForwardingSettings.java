// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.ForwardingRules;

/** What the user has set of whom callers are sent on to. On the loop. */
public interface ForwardingSettings {
    ForwardingRules rules();

    /** Whether the organisation permits that callers are sent on. */
    boolean isPermitted();
}
