// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.os.OutcomeReceiver;
import android.telecom.CallAudioState;
import android.telecom.CallEndpoint;
import android.telecom.CallEndpointException;
import android.telecom.Connection;
import com.techpro.callclient.ports.callui.AudioRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowConnection;

/** Where a call is heard: by Telecom's bits below API 34, and by its endpoints from there on. */
class AndroidCallRoutesTest {
    @TestFactory
    Stream<DynamicContainer> by_bits() {
        return ApiLevels.run(ByBits.class);
    }

    @TestFactory
    Stream<DynamicContainer> by_endpoints() {
        return ApiLevels.run(ByEndpoints.class);
    }

    /** Notes what Telecom is asked for. */
    @Implements(Connection.class)
    public static class Bits extends ShadowConnection {
        static final List<Integer> ASKED = new ArrayList<>();

        @Implementation
        protected void setAudioRoute(int route) {
            ASKED.add(route);
        }
    }

    @Config(
            sdk = {26, 30},
            shadows = Bits.class)
    static class ByBits extends AnsweredCall {
        @Test
        void a_route_is_asked_for_and_told_once_telecom_has_it() {
            answer();
            heard.clear();
            Bits.ASKED.clear();
            route(AudioRoute.BLUETOOTH);
            route(AudioRoute.SPEAKER);
            assertThat(Bits.ASKED).containsExactly(CallAudioState.ROUTE_BLUETOOTH, CallAudioState.ROUTE_SPEAKER);
            assertThat(heard).isEmpty();
            telecom.audio(true, AudioRoute.SPEAKER, AudioRoute.EARPIECE, AudioRoute.SPEAKER);
            assertThat(heard).containsExactly("muted true", "SPEAKER of [EARPIECE, SPEAKER]");
        }
    }

    /** Notes what Telecom is asked for. */
    @Implements(Connection.class)
    public static class Endpoints extends ShadowConnection {
        static final List<CallEndpoint> ASKED = new ArrayList<>();

        @Implementation(minSdk = 34)
        protected void requestCallEndpointChange(
                CallEndpoint endpoint, Executor executor, OutcomeReceiver<Void, CallEndpointException> answer) {
            ASKED.add(endpoint);
            executor.execute(
                    () -> answer.onError(new CallEndpointException("test", CallEndpointException.ERROR_UNSPECIFIED)));
        }

        @Implementation
        protected void setAudioRoute(int route) {
            throw new AssertionError("the old way");
        }
    }

    @Config(
            sdk = {34, 35},
            shadows = Endpoints.class)
    static class ByEndpoints extends AnsweredCall {
        private final CallEndpoint earpiece = new CallEndpoint("Earpiece", CallEndpoint.TYPE_EARPIECE);
        private final CallEndpoint speaker = new CallEndpoint("Speaker", CallEndpoint.TYPE_SPEAKER);
        private final CallEndpoint plugged = new CallEndpoint("Plug", CallEndpoint.TYPE_WIRED_HEADSET);
        private final CallEndpoint car = new CallEndpoint("Car", CallEndpoint.TYPE_BLUETOOTH);
        private final CallEndpoint headset = new CallEndpoint("Headset", CallEndpoint.TYPE_BLUETOOTH);
        private final CallEndpoint television = new CallEndpoint("Television", CallEndpoint.TYPE_STREAMING);

        @BeforeEach
        void nothingAskedYet() {
            answer();
            heard.clear();
            Endpoints.ASKED.clear();
        }

        @Test
        void telecoms_endpoints_are_told_once_and_in_whichever_order_they_come() {
            telecom.last().onCallEndpointChanged(earpiece);
            assertThat(heard).isEmpty();
            telecom.last().onAvailableCallEndpointsChanged(List.of(earpiece, speaker, car, headset));
            telecom.last().onAvailableCallEndpointsChanged(List.of(earpiece, speaker, headset));
            telecom.last().onAvailableCallEndpointsChanged(List.of(earpiece, speaker, plugged, television));
            telecom.last().onCallEndpointChanged(television);
            telecom.last().onCallEndpointChanged(plugged);
            assertThat(heard)
                    .containsExactly(
                            "EARPIECE of [EARPIECE, SPEAKER, BLUETOOTH]",
                            "EARPIECE of [EARPIECE, SPEAKER, HEADSET]",
                            "HEADSET of [EARPIECE, SPEAKER, HEADSET]");
        }

        @Test
        void repeated_telecom_state_is_not_reported_again() {
            bits();
            assertThat(heard).isEmpty();
            telecom.last().onMuteStateChanged(true);
            telecom.last().onMuteStateChanged(true);
            assertThat(heard).containsExactly("muted true");
        }

        @SuppressWarnings("deprecation")
        private void bits() {
            telecom.last()
                    .onCallAudioStateChanged(
                            new CallAudioState(true, CallAudioState.ROUTE_SPEAKER, CallAudioState.ROUTE_SPEAKER));
        }

        @Test
        void an_endpoint_is_asked_for_and_a_refusal_changes_nothing() {
            telecom.last().onAvailableCallEndpointsChanged(List.of(earpiece, speaker, car, headset));
            telecom.last().onCallEndpointChanged(earpiece);
            route(AudioRoute.SPEAKER);
            route(AudioRoute.BLUETOOTH);
            route(AudioRoute.HEADSET);
            assertThat(Endpoints.ASKED).containsExactly(speaker, car);
            assertThat(heard).containsExactly("EARPIECE of [EARPIECE, SPEAKER, BLUETOOTH]");
        }

        @Test
        void of_two_headsets_the_one_that_is_heard_stays() {
            telecom.last().onAvailableCallEndpointsChanged(List.of(earpiece, car, headset));
            telecom.last().onCallEndpointChanged(headset);
            route(AudioRoute.BLUETOOTH);
            assertThat(Endpoints.ASKED).containsExactly(headset);
        }
    }
}
