// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.telecom.CallEndpoint;
import android.telecom.Connection;
import com.techpro.callclient.ports.callui.AudioRoute;
import java.util.stream.Stream;

/** What Telecom says of devices from API 34 on; a class of its own, as older frameworks have none of its parts. */
final class TelecomEndpoints {
    private TelecomEndpoints() {}

    static void tell(Connection connection, boolean muted, AudioRoute route, AudioRoute... supported) {
        connection.onMuteStateChanged(muted);
        connection.onCallEndpointChanged(endpoint(route));
        connection.onAvailableCallEndpointsChanged(
                Stream.of(supported).map(TelecomEndpoints::endpoint).toList());
    }

    private static CallEndpoint endpoint(AudioRoute route) {
        return new CallEndpoint(
                route.name(),
                switch (route) {
                    case EARPIECE -> CallEndpoint.TYPE_EARPIECE;
                    case SPEAKER -> CallEndpoint.TYPE_SPEAKER;
                    case HEADSET -> CallEndpoint.TYPE_WIRED_HEADSET;
                    case BLUETOOTH -> CallEndpoint.TYPE_BLUETOOTH;
                });
    }
}
