// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.NameAddr;
import java.util.Locale;

/**
 * A leg as watchers of its extension see it; tags and sides are the device's (RFC 4235 §4.1.2).
 *
 * @param outgoing whether the device made the call
 * @param other the far end
 * @param target the device's remote target
 */
public record WatchedLeg(
        String extension,
        State state,
        boolean outgoing,
        String callId,
        String localTag,
        String remoteTag,
        NameAddr other,
        NameAddr target) {
    /** The dialog states of RFC 4235 §3.7.1. */
    public enum State {
        TRYING,
        EARLY,
        CONFIRMED,
        TERMINATED;

        /** Returns the state's name in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
