// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.context;

import com.techpro.callclient.ports.audio.AudioPort;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Lets a person talk on one call at a time. Calls on the same {@link AudioPort} belong to one
 * person; a call that is dialled, answered or resumed puts the others on hold. Belongs to the loop.
 */
public final class MicrophoneOwner {
    private final IdentityHashMap<AudioPort, List<Runnable>> byPort = new IdentityHashMap<>();

    /**
     * Makes this the call that the port's person talks on.
     *
     * @param hold puts the call on hold; always the same object for one call
     */
    public void claim(AudioPort port, Runnable hold) {
        List<Runnable> calls = byPort.computeIfAbsent(port, p -> new ArrayList<>());
        if (!calls.contains(hold)) {
            calls.add(hold);
        }
        for (Runnable other : new ArrayList<>(calls)) {
            if (other != hold) {
                other.run();
            }
        }
    }

    public void release(AudioPort port, Runnable hold) {
        List<Runnable> calls = byPort.get(port);
        if (calls != null && calls.remove(hold) && calls.isEmpty()) {
            byPort.remove(port);
        }
    }
}
