// SPDX-License-Identifier: Apache-2.0
package org.example.phone;

import static org.robolectric.Shadows.shadowOf;

import android.Manifest;
import android.app.Application;
import android.os.Looper;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** On Android's framework, at a phone system that the test starts. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35, manifest = Config.NONE)
public class FirstCallTest {
    @Test
    public void a_user_logs_in_by_email_and_hears_the_echo() {
        Application app = RuntimeEnvironment.getApplication();
        shadowOf(app).grantPermissions(Manifest.permission.RECORD_AUDIO);

        try (EmbeddedPbx pbx =
                        EmbeddedPbx.builder().extensions("1001").provisioning().start();
                SoundDevices devices = new SoundDevices(Sound.tone(440, 8_000));
                Phone phone = new Phone(app)) {
            LoginResult result = get(phone.client().login(pbx.phoneSystem(), pbx.login("1001")));
            if (!(result instanceof LoginResult.LoggedIn in)) {
                throw new AssertionError(result);
            }

            Call call = in.account().dial("600");
            await("the echo of the tone", () -> devices.hears(440) > 4_000);
            call.hangUp();
            await("its end", () -> call.snapshot().ending() != null);
        }
    }

    private static <T> T get(CompletionStage<T> stage) {
        await("an answer", stage.toCompletableFuture()::isDone);
        return stage.toCompletableFuture().join();
    }

    /** The test is on Android's main thread: what was posted to that runs only when it is asked to. */
    private static void await(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            shadowOf(Looper.getMainLooper()).idle();
            return condition.getAsBoolean();
        });
    }
}
