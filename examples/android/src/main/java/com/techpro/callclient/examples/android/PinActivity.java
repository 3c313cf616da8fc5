// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.text.TextUtils;
import android.view.View;
import android.view.WindowManager;
import android.widget.EditText;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.ports.secret.Secret;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A PIN of the user's own for the lock: the first one, another one, or none any more. Who forgot it proves themselves by the password of the login. */
public final class PinActivity extends Screen {
    /** Digits or a passphrase. */
    private static final int SECRET = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD;

    private EditText soFar;
    private EditText password;
    private EditText pin;
    private EditText again;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        getWindow().addFlags(WindowManager.LayoutParams.FLAG_SECURE);
        soFar = secret("pin_so_far");
        password = secret("lock_password");
        pin = secret("pin_new");
        again = secret("pin_again");
        button("pin_set", () -> set(AppLock.Mode.PIN));
        button("pin_biometrics", () -> set(AppLock.Mode.BIOMETRIC_OR_PIN));
        button("lock_off", () -> told(client().lock().change(AppLock.Settings.OFF, proof())));
    }

    @Override
    void refresh() {
        soFar.setVisibility(client().lock().settings().mode().usesPin() ? View.VISIBLE : View.GONE);
    }

    private EditText secret(String hintKey) {
        EditText field = field(hintKey, SECRET);
        field.setSaveEnabled(false);
        return field;
    }

    private void set(AppLock.Mode mode) {
        if (TextUtils.equals(pin.getText(), again.getText())) {
            told(client().lock().setPin(Secret.of(pin.getText()), SettingsActivity.lockedBy(mode), proof()));
        } else {
            pin.setText("");
            again.setText("");
            phone().say(text("pin_differs"));
        }
    }

    /** Without a login and before the first PIN there is nothing to prove. */
    private AppLock.Proof proof() {
        if (password.length() > 0) {
            return new AppLock.Proof.Password(Secret.of(password.getText()));
        }
        return soFar.length() > 0 ? new AppLock.Proof.Pin(Secret.of(soFar.getText())) : new AppLock.Proof.None();
    }

    private void told(CompletionStage<LockOutcome> outcome) {
        for (EditText each : new EditText[] {soFar, password, pin, again}) {
            each.setText("");
        }
        outcome.thenAccept(done -> {
            phone().say(done.isDone() ? text("done") : UnlockActivity.advice(this, done));
            if (done.isDone()) {
                finish();
            }
        });
    }
}
