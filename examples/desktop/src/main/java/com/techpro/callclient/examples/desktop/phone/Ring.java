// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import org.jspecify.annotations.Nullable;

/** What an app sets of the ring that incoming calls have; the engine rings. */
public interface Ring {
    /** @param device that the audio port lists, or null for the system's default */
    void playOn(@Nullable String device);

    /** No call rings until this is called with false. */
    void off(boolean off);

    /** The calls that ring now go on without sound. */
    void silence();
}
