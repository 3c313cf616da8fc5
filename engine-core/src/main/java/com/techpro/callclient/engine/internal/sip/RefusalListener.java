// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.diagnostics.RefusalReason;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import org.jspecify.annotations.Nullable;

/** Hears of requests that are refused without anybody having been asked. On the loop. */
public interface RefusalListener {
    /** Hears nothing. */
    RefusalListener NONE = (account, reason, method, status) -> {};

    /**
     * @param account whose user the request names, or null; that it is theirs, nobody has proved
     * @param method as it was received
     * @param status as it was answered; 0 for no answer
     */
    void refused(@Nullable SipAccount account, RefusalReason reason, String method, int status);
}
