// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import org.jspecify.annotations.Nullable;

/** Receives requests that the engine refused by itself. Called on the loop. */
public interface RefusalListener {
    /** Ignores everything. */
    RefusalListener NONE = (account, reason, method, status) -> {};

    /**
     * @param account the account that the request names, unverified; or null
     * @param method as it was received
     * @param status the status of the answer; 0 if it got none
     */
    void refused(@Nullable SipAccount account, RefusalReason reason, String method, int status);
}
