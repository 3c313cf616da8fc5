// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.ports.audio.AudioPort;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * One person talks on one call at a time: calls on the same {@link AudioPort} are one person's, and whichever is dialled, answered or
 * resumed puts the others on hold. Belongs to the loop.
 */
public final class CallWaiting {
    private final IdentityHashMap<AudioPort, List<CallSession>> byPort = new IdentityHashMap<>();

    /** The call is now the one that this port's person talks on. */
    void take(AudioPort port, CallSession call) {
        List<CallSession> calls = byPort.computeIfAbsent(port, p -> new ArrayList<>());
        if (!calls.contains(call)) {
            calls.add(call);
        }
        for (CallSession other : new ArrayList<>(calls)) {
            if (other != call) {
                other.holdForAnother();
            }
        }
    }

    void leave(AudioPort port, CallSession call) {
        List<CallSession> calls = byPort.get(port);
        if (calls != null && calls.remove(call) && calls.isEmpty()) {
            byPort.remove(port);
        }
    }
}
