// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.context;

import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Decides whether calls may use the microphone and speaker now. Where the system has a call screen,
 * they may only while the system has given its audio to calls (promise C11). The microphone also
 * needs the user's permission, which is checked at each use (promises P2, R2). Belongs to the loop.
 */
public final class AudioGate {
    private final EngineLoop loop;
    private final BooleanSupplier microphonePermitted;
    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private boolean open;

    /** @param open whether calls may use audio without the system giving it */
    public AudioGate(EngineLoop loop, BooleanSupplier microphonePermitted, boolean open) {
        this.loop = loop;
        this.microphonePermitted = microphonePermitted;
        this.open = open;
    }

    public boolean isOpen() {
        return open;
    }

    public boolean permitsMicrophone() {
        return microphonePermitted.getAsBoolean();
    }

    /** Notes that the system gave the audio to calls, or took it away. */
    public void set(boolean given) {
        loop.assertOnLoop();
        if (open != given) {
            open = given;
            Set.copyOf(listeners).forEach(Runnable::run);
        }
    }

    public void add(Runnable changed) {
        listeners.add(changed);
    }

    public void remove(Runnable changed) {
        listeners.remove(changed);
    }
}
