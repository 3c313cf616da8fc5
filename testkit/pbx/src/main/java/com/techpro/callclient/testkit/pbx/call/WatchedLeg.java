// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import java.util.Locale;

/**
 * A leg as those see it who watch its extension; tags and sides are the device's (RFC 4235 §4.1.2).
 *
 * @param outgoing whether the device made the call
 * @param other who is at the other side
 * @param target where the device's requests go
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
    /** RFC 4235 §3.7.1. */
    public enum State {
        TRYING,
        EARLY,
        CONFIRMED,
        TERMINATED;

        /** As documents write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
