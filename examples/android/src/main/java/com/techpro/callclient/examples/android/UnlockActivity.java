// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import com.techpro.callclient.ports.secret.Secret;
import org.jspecify.annotations.Nullable;

/** The app's lock: the password of the login opens it. */
public final class UnlockActivity extends Screen {
    private EditText password;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        password = field("login_password", InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD);
        password.setSaveEnabled(false);
        button("unlock", this::unlock);
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
        client().lock()
                .unlock(Secret.of(password.getText()))
                .thenAccept(outcome -> phone().say(outcome.result().advice()));
        password.setText("");
    }
}
