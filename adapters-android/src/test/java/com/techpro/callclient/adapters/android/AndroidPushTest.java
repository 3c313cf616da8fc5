// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.os.PowerManager;
import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.testkit.contracts.PushPortContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadows.ShadowPowerManager;

class AndroidPushTest {
    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return ApiLevels.run(Kit.class);
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return ApiLevels.run(OnAndroid.class);
    }

    static class Kit extends PushPortContract {
        private final AndroidPush push = new AndroidPush();
        private int issued;

        @Override
        protected PushPort port() {
            return push;
        }

        @Override
        protected void await(BooleanSupplier condition) {
            MainLooper.await(condition);
        }

        @Override
        protected boolean issueAnother() {
            push.fcm("project", "token-" + ++issued);
            return true;
        }
    }

    static class OnAndroid {
        private final Application app = RuntimeEnvironment.getApplication();
        private final AndroidPush push = new AndroidPush();

        @Test
        void push_tokens_use_the_terms_of_rfc_8599() {
            push.fcm("project", "token");
            assertThat(push.token()).isEqualTo(new PushToken("fcm", "token", "project"));
            push.unifiedPush("https://push.example.com/up?token=1");
            assertThat(push.token()).isEqualTo(new PushToken("webpush", "https://push.example.com/up?token=1", null));
            push.none();
            assertThat(push.token()).isNull();
        }

        @Test
        void the_same_token_again_is_no_change_and_none_is_one() {
            List<PushToken> heard = new ArrayList<>();
            push.fcm("project", "token");
            MainLooper.await(() -> true);
            push.watch(heard::add);
            push.fcm("project", "token");
            push.none();
            assertThat(heard).isEmpty();
            MainLooper.await(() -> !heard.isEmpty());
            assertThat(heard).hasSize(1).containsOnlyNulls();
        }

        @Test
        void an_invalid_push_token_is_refused_and_changes_nothing() {
            push.fcm("project", "token");
            PushToken before = push.token();
            assertThatThrownBy(() -> push.fcm("project", "")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> push.fcm("pro ject", "x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> push.unifiedPush("http://push.example.com"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(push.token()).isEqualTo(before);
        }

        @Test
        void the_device_stays_awake_for_the_budget_and_no_longer() {
            WakeLockHold awake = WakeLockHold.acquire(app, Duration.ofSeconds(30));
            PowerManager.WakeLock lock = ShadowPowerManager.getLatestWakeLock();
            assertThat(lock.isHeld()).isTrue();
            shadowOf(android.os.Looper.getMainLooper()).idleFor(Duration.ofSeconds(31));
            assertThat(lock.isHeld()).isFalse();
            awake.close();

            WakeLockHold shorter = WakeLockHold.acquire(app, Duration.ofSeconds(30));
            shorter.close();
            shorter.close();
            assertThat(ShadowPowerManager.getLatestWakeLock().isHeld()).isFalse();
        }

        @Test
        void a_budget_is_bounded() {
            for (Duration budget : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(11)}) {
                assertThatThrownBy(() -> WakeLockHold.acquire(app, budget))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
