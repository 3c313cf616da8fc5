// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.os.OutcomeReceiver;
import android.telecom.CallAudioState;
import android.telecom.CallEndpoint;
import android.telecom.CallEndpointException;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.UiCall;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * As {@link CallConnection}, from API 34 on. Telecom then names the devices of a call as endpoints
 * instead of bits. On the main thread.
 */
final class EndpointConnection extends CallConnection {
    private static final Executor HERE = Runnable::run;

    private List<CallEndpoint> available = List.of();
    private @Nullable CallEndpoint current;

    EndpointConnection(ScreenCalls calls, UiCall call) {
        super(calls, call);
    }

    /** A refusal by Telecom is not reported: the app sees no change. */
    @Override
    void choose(AudioRoute wanted) {
        CallEndpoint chosen = endpoint(wanted);
        if (chosen != null) {
            requestCallEndpointChange(chosen, HERE, new OutcomeReceiver<Void, CallEndpointException>() {
                @Override
                public void onResult(Void nothing) {}
            });
        }
    }

    /** Of two headsets, the one in use, else the one that Telecom names first. */
    private @Nullable CallEndpoint endpoint(AudioRoute wanted) {
        CallEndpoint now = current;
        if (now != null && routeOf(now) == wanted) {
            return now;
        }
        for (CallEndpoint each : available) {
            if (routeOf(each) == wanted) {
                return each;
            }
        }
        return null;
    }

    @Override
    public void onCallEndpointChanged(CallEndpoint endpoint) {
        current = endpoint;
        tell();
    }

    @Override
    public void onAvailableCallEndpointsChanged(List<CallEndpoint> endpoints) {
        available = List.copyOf(endpoints);
        tell();
    }

    @Override
    public void onMuteStateChanged(boolean muted) {
        calls.systemMuted(muted);
    }

    /** Telecom reports the same in bits, for apps that do not know endpoints. */
    @Override
    @SuppressWarnings("deprecation")
    public void onCallAudioStateChanged(CallAudioState state) {}

    /**
     * Telecom reports both one after the other: a route not among the available ones is not passed
     * on.
     */
    private void tell() {
        Set<AudioRoute> routes = EnumSet.noneOf(AudioRoute.class);
        for (CallEndpoint each : available) {
            AudioRoute route = routeOf(each);
            if (route != null) {
                routes.add(route);
            }
        }
        AudioRoute now = current == null ? null : routeOf(current);
        if (now != null && routes.contains(now)) {
            calls.routes(now, routes);
        }
    }

    /**
     * Null for one that the port does not have, such as another device to which the call streams.
     */
    private static @Nullable AudioRoute routeOf(CallEndpoint endpoint) {
        return switch (endpoint.getEndpointType()) {
            case CallEndpoint.TYPE_EARPIECE -> AudioRoute.EARPIECE;
            case CallEndpoint.TYPE_SPEAKER -> AudioRoute.SPEAKER;
            case CallEndpoint.TYPE_WIRED_HEADSET -> AudioRoute.HEADSET;
            case CallEndpoint.TYPE_BLUETOOTH -> AudioRoute.BLUETOOTH;
            default -> null;
        };
    }
}
