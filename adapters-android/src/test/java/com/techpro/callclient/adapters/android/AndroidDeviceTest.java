// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.robolectric.Shadows.shadowOf;

import android.app.Application;
import android.app.UiModeManager;
import android.content.pm.PackageInfo;
import android.content.res.Configuration;
import android.os.Build;
import com.techpro.callclient.ports.device.DeviceInfo;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.robolectric.RuntimeEnvironment;

class AndroidDeviceTest {
    @TestFactory
    Stream<DynamicContainer> on_android() {
        return ApiLevels.run(OnAndroid.class);
    }

    static class OnAndroid {
        private final Application app = RuntimeEnvironment.getApplication();

        @Test
        void it_says_the_app_its_version_and_the_system() {
            name("Acme Phone", "3.1.4");
            assertThat(AndroidDevice.info(app))
                    .isEqualTo(new DeviceInfo("Acme Phone", "3.1.4", "phone", "Android " + Build.VERSION.RELEASE));
        }

        @Test
        void names_in_any_language_become_printable() {
            name("電話 (Büro)", "1.0(7)");
            assertThat(AndroidDevice.info(app).appName()).isEqualTo("Bro");
            assertThat(AndroidDevice.info(app).appVersion()).isEqualTo("1.07");
            name("電話", null);
            assertThat(AndroidDevice.info(app).appName()).isEqualTo("App");
            assertThat(AndroidDevice.info(app).appVersion()).isEqualTo("0");
            name("x".repeat(200), "1");
            assertThat(AndroidDevice.info(app).appName()).hasSize(64);
        }

        @Test
        void a_tablet_is_one_and_a_television_is_one() {
            RuntimeEnvironment.setQualifiers("sw800dp");
            assertThat(AndroidDevice.info(app).deviceType()).isEqualTo("tablet");
            shadowOf(app.getSystemService(UiModeManager.class))
                    .setCurrentModeType(Configuration.UI_MODE_TYPE_TELEVISION);
            assertThat(AndroidDevice.info(app).deviceType()).isEqualTo("television");
        }

        private void name(String label, String version) {
            PackageInfo info = shadowOf(app.getPackageManager()).getInternalMutablePackageInfo(app.getPackageName());
            info.versionName = version;
            app.getApplicationInfo().nonLocalizedLabel = label;
        }
    }
}
