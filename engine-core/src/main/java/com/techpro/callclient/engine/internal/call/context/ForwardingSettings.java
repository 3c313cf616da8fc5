// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.context;

import com.techpro.callclient.engine.call.ForwardingRules;

/** The user's call forwarding. On the loop. */
public interface ForwardingSettings {
    ForwardingRules rules();

    /** Whether the organisation permits forwarding. */
    boolean isPermitted();
}
