// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

import java.util.Set;

/**
 * Receives what the user and the system do with the calls on the system's screen. May be called
 * from any thread. An unknown id is ignored.
 */
public interface CallUiHandler {
    /**
     * The user answered the call. If the app is locked and must not answer, the call rings on, and
     * {@link CallUiPort#answered} follows when it is answered after all.
     */
    void answered(String id);

    /** The user declined the call or hung up. */
    void ended(String id);

    /** The call was put on hold or resumed, by the user or because another app's call took over. */
    void held(String id, boolean onHold);

    void muted(String id, boolean muted);

    /** @param tones of {@code 0-9*#A-D} */
    void dialled(String id, String tones);

    /**
     * The user silenced the ring of an incoming call, for example with a phone's side key. The call
     * keeps ringing.
     */
    default void silenced(String id) {}

    /**
     * The system activated the audio for calls: microphone and speaker may be opened from now on.
     */
    void audioActivated();

    /** The system deactivated the audio: no microphone or speaker may stay open. */
    void audioDeactivated();

    void routesChanged(AudioRoute current, Set<AudioRoute> available);

    /** The system's call service restarted and has forgotten all calls. */
    void reset();
}
