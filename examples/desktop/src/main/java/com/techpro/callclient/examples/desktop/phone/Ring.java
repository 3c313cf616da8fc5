// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.tone.CallTones;
import org.jspecify.annotations.Nullable;

/** What an app sets of the ring that incoming calls have; the engine rings. It holds from the next start of the app. */
public interface Ring {
    /** What the client is made with. */
    CallTones tones();

    /** @param device that the audio port lists, or null for the system's default */
    void playOn(@Nullable String device);

    /** Whether no call rings. */
    void off(boolean off);
}
