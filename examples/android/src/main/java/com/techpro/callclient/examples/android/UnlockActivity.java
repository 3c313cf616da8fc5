// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.Context;
import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.ports.secret.Secret;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The app's lock: the password of the login opens it, and a PIN, a finger or a face if the user chose so. Who has none of them can log out. */
public final class UnlockActivity extends Screen {
    private static final int SECRET = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        AppLock.Mode mode = client().lock().settings().mode();
        if (mode.usesPin()) {
            EditText pin = secret("unlock_pin");
            button("unlock_by_pin", () -> unlock(pin, client().lock()::unlockWithPin));
        }
        EditText password = secret("login_password");
        button("unlock", () -> unlock(password, client().lock()::unlock));
        if (mode.usesBiometrics()) {
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

    private EditText secret(String hintKey) {
        EditText field = field(hintKey, SECRET);
        field.setSaveEnabled(false);
        return field;
    }

    private void unlock(EditText typed, Function<Secret, CompletionStage<LockOutcome>> by) {
        told(by.apply(Secret.of(typed.getText())));
        typed.setText("");
    }

    private void told(CompletionStage<LockOutcome> outcome) {
        outcome.thenAccept(done -> phone().say(advice(this, done)));
    }

    /** With the PINs that are left to try. */
    static String advice(Context context, LockOutcome outcome) {
        Integer left = outcome.attemptsLeft();
        String advice = outcome.result().advice();
        return left == null ? advice : advice + " " + Texts.of(context, "unlock_attempts", left);
    }
}
