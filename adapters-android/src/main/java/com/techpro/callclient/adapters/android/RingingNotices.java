// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import com.techpro.callclient.ports.notification.Notice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which incoming calls are shown, and which of them may ring. Not thread-safe. */
final class RingingNotices {
    /** By notice ID. */
    private final Map<String, Notice.IncomingCall> shown = new HashMap<>();
    /** Notice IDs. */
    private final Set<String> silenced = new HashSet<>();
    /** Calls that Telecom has not left to the app. */
    private final Set<String> withheld = new HashSet<>();

    void show(Notice.IncomingCall call) {
        shown.put(call.id(), call);
    }

    void withdraw(String noticeId) {
        shown.remove(noticeId);
        silenced.remove(noticeId);
    }

    boolean mayRing(Notice.IncomingCall call) {
        return !silenced.contains(call.id()) && !withheld.contains(call.callId());
    }

    /** Returns the notice to be shown again, or null. */
    Notice.@Nullable IncomingCall silence(String noticeId) {
        Notice.IncomingCall call = shown.get(noticeId);
        return call != null && silenced.add(noticeId) ? call : null;
    }

    void withhold(String callId) {
        withheld.add(callId);
    }

    /** The call has ended. */
    void forget(String callId) {
        withheld.remove(callId);
    }

    /** Returns the notice to be shown again, or null. */
    Notice.@Nullable IncomingCall allow(String callId) {
        if (withheld.remove(callId)) {
            for (Notice.IncomingCall each : shown.values()) {
                if (each.callId().equals(callId)) {
                    return each;
                }
            }
        }
        return null;
    }
}
