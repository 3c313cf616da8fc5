// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.telecom.CallAudioState;
import com.techpro.callclient.ports.callui.AudioRoute;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Maps Telecom's audio route bits to those of the port. */
final class CallAudioRoutes {
    private CallAudioRoutes() {}

    static int toAndroid(AudioRoute route) {
        return switch (route) {
            case EARPIECE -> CallAudioState.ROUTE_EARPIECE;
            case SPEAKER -> CallAudioState.ROUTE_SPEAKER;
            case HEADSET -> CallAudioState.ROUTE_WIRED_HEADSET;
            case BLUETOOTH -> CallAudioState.ROUTE_BLUETOOTH;
        };
    }

    /**
     * Null for one that the port does not have, such as another device to which the call streams.
     */
    static @Nullable AudioRoute toPort(int route) {
        for (AudioRoute each : AudioRoute.values()) {
            if (toAndroid(each) == route) {
                return each;
            }
        }
        return null;
    }

    static Set<AudioRoute> allOf(int mask) {
        Set<AudioRoute> routes = EnumSet.noneOf(AudioRoute.class);
        for (AudioRoute each : AudioRoute.values()) {
            if ((mask & toAndroid(each)) != 0) {
                routes.add(each);
            }
        }
        return routes;
    }
}
