// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.content.Intent;
import android.telecom.Connection;
import android.telecom.DisconnectCause;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** While a tone says that a call is over, Telecom leaves it the audio, and the speaker or the headset that it was heard on. */
class AndroidEndToneTest {
    @TestFactory
    Stream<DynamicContainer> on_every_api_level() {
        return ApiLevels.run(OnAndroid.class);
    }

    static class OnAndroid extends AnsweredCall {
        private static final Duration TONE = Duration.ofSeconds(2);

        @Test
        void telecom_hears_of_the_end_when_the_tone_is_over() {
            endWithATone(TONE);
            pass(Duration.ofMillis(1_900));
            assertStillHeard();
            pass(Duration.ofMillis(200));
            assertOver();
            assertThat(shadowOf(telecom.foreground.get()).isStoppedBySelf()).isTrue();
        }

        @Test
        void no_tone_keeps_a_call_that_is_over_for_long() {
            endWithATone(Duration.ofHours(1));
            pass(Duration.ofMillis(4_900));
            assertStillHeard();
            pass(Duration.ofMillis(200));
            assertOver();
        }

        @Test
        void hanging_up_ends_the_tone() {
            endWithATone(TONE);
            telecom.last().onDisconnect();
            assertOver();
            pass(Duration.ofSeconds(3));
            assertOver();
        }

        @Test
        void a_call_of_another_app_ends_it() {
            endWithATone(TONE);
            telecom.last().onHold();
            assertOver();
        }

        @Test
        void a_call_that_comes_in_ends_it() {
            endWithATone(TONE);
            Connection before = telecom.last();
            ring();
            assertThat(before.getState()).isEqualTo(Connection.STATE_DISCONNECTED);
            assertThat(heard).containsExactly("active", "inactive");
        }

        @Test
        void the_next_call_ends_it_and_has_the_audio() {
            endWithATone(TONE);
            Connection before = telecom.last();
            dial();
            assertThat(before.getState()).isEqualTo(Connection.STATE_DISCONNECTED);
            assertThat(heard).containsExactly("active", "inactive", "active");
            pass(Duration.ofSeconds(3));
            assertThat(heard).containsExactly("active", "inactive", "active");
        }

        @Test
        void an_end_of_telecoms_service_ends_it() {
            endWithATone(TONE);
            telecom.service.onUnbind(new Intent());
            assertOver();
        }

        @Test
        void a_call_on_hold_ends_at_once() {
            answer();
            hold("c1");
            end("c1", TONE);
            assertOver();
        }

        @Test
        void a_call_beside_another_ends_at_once() {
            answer();
            answer();
            end("c2", TONE);
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_DISCONNECTED);
            assertThat(heard).containsExactly("active");
        }

        private void endWithATone(Duration tone) {
            answer();
            end("c1", tone);
            assertStillHeard();
        }

        private void assertStillHeard() {
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_ACTIVE);
            assertThat(heard).containsExactly("active");
            assertThat(shadowOf(telecom.foreground.get()).isStoppedBySelf()).isFalse();
        }

        private void assertOver() {
            assertThat(telecom.last().getState()).isEqualTo(Connection.STATE_DISCONNECTED);
            assertThat(telecom.last().getDisconnectCause().getCode()).isEqualTo(DisconnectCause.REMOTE);
            assertThat(heard).containsExactly("active", "inactive");
        }
    }
}
