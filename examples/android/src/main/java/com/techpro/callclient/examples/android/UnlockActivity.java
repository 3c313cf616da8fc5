// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.ports.secret.Secret;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The app's lock: the password of the login opens it, and a finger or face if the user chose so. */
public final class UnlockActivity extends Screen {
    private EditText password;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        password = field("login_password", InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD);
        password.setSaveEnabled(false);
        button("unlock", this::unlock);
        if (client().lock().settings().mode() == AppLock.Mode.BIOMETRIC_OR_PASSWORD) {
            button("unlock_biometrics", () -> told(client().lock().unlockWithBiometrics()));
        }
        button("logout", () -> phone().logout());
    }

    @Override
    boolean isPrivate() {
        return false;
    }

    @Override
    void refresh() {
        if (!client().lock().isLocked()) {
            finish();
        }
    }

    /** Back leads out of the app, and not past the lock. */
    @Override
    @SuppressWarnings("deprecation") // what replaces it came with API 33
    public void onBackPressed() {
        moveTaskToBack(true);
    }

    private void unlock() {
        told(client().lock().unlock(Secret.of(password.getText())));
        password.setText("");
    }

    private void told(CompletionStage<LockOutcome> outcome) {
        outcome.thenAccept(done -> phone().say(done.result().advice()));
    }
}
