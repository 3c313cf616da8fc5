// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

import java.util.Set;

/** Hears what the user and the system do with the calls on the system's screen. From any thread; an id that is unknown is ignored. */
public interface CallUiHandler {
    void answered(String id);

    /** Declined or hung up. */
    void ended(String id);

    /** Put on hold, or taken back, by the user or because another app's call took over. */
    void held(String id, boolean onHold);

    void muted(String id, boolean muted);

    /** @param tones of {@code 0-9*#A-D} */
    void dialled(String id, String tones);

    /** The user wants to hear the ring of an incoming call no more, as by a key at the side of a phone. The call goes on ringing. */
    default void silenced(String id) {}

    /** The system gave the audio to calls: microphone and speaker may be opened from now on. */
    void audioActivated();

    /** The system took the audio away: nothing may be open any more. */
    void audioDeactivated();

    void routesChanged(AudioRoute current, Set<AudioRoute> available);

    /** The system's call service restarted and knows no call any more. */
    void reset();
}
