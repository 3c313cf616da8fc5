// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.callui.AudioRoute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The devices that can play the sound of calls, as the call screen last told them. Immutable.
 *
 * @param current the one in use; null until the call screen has told one
 * @param available those that {@link CallClient#routeAudio} can select; empty until then
 */
public record AudioRoutes(@Nullable AudioRoute current, Set<AudioRoute> available) {
    /** Nothing is known: no call screen, or no call yet. */
    public static final AudioRoutes UNKNOWN = new AudioRoutes(null, Set.of());

    public AudioRoutes {
        available = Set.copyOf(available);
    }
}
