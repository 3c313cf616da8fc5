// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Whether calls may use microphone and speaker now: where the system has a call screen, only while it has given its audio to calls (promise
 * C11); and the microphone only with the user's permission, asked at each use (promises P2, R2). Belongs to the loop.
 */
public final class AudioGate {
    private final EngineLoop loop;
    private final BooleanSupplier microphonePermitted;
    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private boolean open;

    /** @param open whether the audio is the calls' without anybody giving it */
    public AudioGate(EngineLoop loop, BooleanSupplier microphonePermitted, boolean open) {
        this.loop = loop;
        this.microphonePermitted = microphonePermitted;
        this.open = open;
    }

    public boolean isOpen() {
        return open;
    }

    boolean permitsMicrophone() {
        return microphonePermitted.getAsBoolean();
    }

    /** The system gave the audio to calls, or took it away. */
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
