// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;

import android.app.Activity;
import android.os.Build;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.PermissionPortContract;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

class AndroidPermissionsTest {
    @TestFactory
    Stream<DynamicContainer> keeps_the_contract() {
        return Stream.concat(ApiLevels.run(Kit26.class), ApiLevels.run(Kit28.class));
    }

    @TestFactory
    Stream<DynamicContainer> on_android() {
        return ApiLevels.run(OnAndroid.class);
    }

    abstract static class Kit extends PermissionPortContract {
        private final PermissionUser user = new PermissionUser(RuntimeEnvironment.getApplication());

        @Override
        protected PermissionPort port() {
            return user.permissions();
        }

        @Override
        protected void await(BooleanSupplier condition) {
            MainLooper.await(user::look, condition);
        }

        @Override
        protected boolean set(Permission permission, boolean granted) {
            if (permission == Permission.CONTACTS || permission == Permission.MICROPHONE) {
                user.hasBeenDeniedOnce(permission);
            }
            return user.set(permission, granted);
        }

        @Override
        protected boolean denyForGood(Permission permission) {
            user.denyForGood(permission);
            return true;
        }

        @Override
        protected boolean willAnswer(boolean yes) {
            user.willAnswer(yes);
            return true;
        }

        @Override
        protected List<String> reasonsShown() {
            return user.reasons();
        }
    }

    @Config(sdk = 26)
    static class Kit26 extends Kit {
        @Override
        protected Permission unknown() {
            return Permission.BACKGROUND_REFRESH; // Android restricts the background at the user's wish from API 28
        }
    }

    @Config(sdk = {30, 34, 35})
    @Lacks(value = "an unknown permission", because = "Android knows all of them from API 28")
    static class Kit28 extends Kit {
        @Override
        protected Permission unknown() {
            return null;
        }
    }

    static class OnAndroid {
        private final PermissionUser user = new PermissionUser(RuntimeEnvironment.getApplication());
        private final List<Boolean> answers = new ArrayList<>();

        @Test
        void the_first_question_needs_no_reason() {
            AndroidPermissions port = user.permissions();
            user.set(Permission.MICROPHONE, false);
            user.willAnswer(true);
            port.request(Permission.MICROPHONE, answers::add);
            MainLooper.await(user::look, () -> !answers.isEmpty());
            assertThat(answers).containsExactly(true);
            assertThat(user.reasons()).isEmpty();
            assertThat(user.questions()).isEqualTo(1);
        }

        @Test
        void a_permanent_denial_is_reported_after_android_confirmed_it() {
            AndroidPermissions port = user.permissions();
            user.denyForGood(Permission.CONTACTS);
            assertThat(port.deniedForGood(Permission.CONTACTS)).isFalse();
            port.request(Permission.CONTACTS, answers::add);
            MainLooper.await(user::look, () -> !answers.isEmpty());
            assertThat(answers).containsExactly(false);
            assertThat(user.questions()).isZero();
            assertThat(port.deniedForGood(Permission.CONTACTS)).isTrue();
            user.set(Permission.CONTACTS, true);
            assertThat(port.deniedForGood(Permission.CONTACTS)).isFalse();
        }

        @Test
        void questions_are_asked_one_after_the_other_and_each_is_answered() {
            AndroidPermissions port = user.permissions();
            user.set(Permission.CONTACTS, false);
            user.set(Permission.MICROPHONE, false);
            user.willAnswer(true);
            port.request(Permission.CONTACTS, answers::add);
            port.request(Permission.MICROPHONE, answers::add);
            port.request(Permission.CONTACTS, answers::add);
            MainLooper.await(user::look, () -> answers.size() == 3);
            assertThat(answers).containsExactly(true, true, true);
            assertThat(user.questions()).isEqualTo(2);
        }

        @Test
        void without_an_activity_in_front_the_answer_is_how_things_are() {
            AndroidPermissions port = new AndroidPermissions(
                    RuntimeEnvironment.getApplication(),
                    new ForegroundActivity(RuntimeEnvironment.getApplication()),
                    (activity, reasonKey, proceed) -> proceed.run());
            user.set(Permission.MICROPHONE, false);
            port.request(Permission.MICROPHONE, answers::add);
            MainLooper.await(user::look, () -> !answers.isEmpty());
            assertThat(answers).containsExactly(false);
            assertThat(user.questions()).isZero();
        }

        @Test
        void the_activity_in_front_is_known_while_it_is_there() {
            ForegroundActivity foreground = new ForegroundActivity(RuntimeEnvironment.getApplication());
            var activity = Robolectric.buildActivity(Activity.class).setup();
            assertThat(foreground.current()).isSameAs(activity.get());
            activity.pause();
            assertThat(foreground.current()).isNull();
        }

        @Test
        void notifications_are_asked_for_where_android_has_a_question() {
            AndroidPermissions port = user.permissions();
            user.set(Permission.NOTIFICATIONS, false);
            user.willAnswer(true);
            port.request(Permission.NOTIFICATIONS, answers::add);
            MainLooper.await(user::look, () -> !answers.isEmpty());
            assertThat(answers).containsExactly(Build.VERSION.SDK_INT >= 33);
        }
    }
}
