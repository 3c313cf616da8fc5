// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.tone.CallTones;
import org.jspecify.annotations.Nullable;

/**
 * The app's settings of the ring; the engine plays it. They apply from the next start of the app.
 */
public interface Ring {
    /** The tones with which the client is created. */
    CallTones tones();

    /** @param device an ID from the audio port, or null for the system's default */
    void playOn(@Nullable String device);

    /** Whether the ring is off. */
    void off(boolean off);
}
