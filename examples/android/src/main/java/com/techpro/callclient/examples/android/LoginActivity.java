// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.view.WindowManager;
import android.widget.EditText;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.secret.Secret;
import org.jspecify.annotations.Nullable;

/** E-mail address and password; the code of a second factor and the name of the server for the phone systems that ask for them. */
public final class LoginActivity extends Screen {
    private static final int PASSWORD = InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD;

    private EditText email;
    private EditText password;
    private EditText code;
    private EditText server;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        getWindow()
                .addFlags(WindowManager.LayoutParams.FLAG_SECURE); // no screenshots, nothing in the list of recent apps
        email = field("login_email", InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_EMAIL_ADDRESS);
        password = field("login_password", PASSWORD);
        password.setSaveEnabled(false);
        code = field("login_code", InputType.TYPE_CLASS_TEXT);
        code.setSaveEnabled(false);
        server = field("login_server", InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_URI);
        button("login", this::login);
    }

    @Override
    boolean isPrivate() {
        return false;
    }

    @Override
    void refresh() {
        if (phone().account().isPresent()) {
            finish();
        }
    }

    private void login() {
        try {
            Login login = Login.of(typed(email), Secret.of(password.getText()));
            if (!typed(code).isEmpty()) {
                login = login.withOneTimeCode(Secret.of(typed(code)));
            }
            if (!typed(server).isEmpty()) {
                login = login.at(HostPort.parse(typed(server)));
            }
            phone().login(PhoneApplication.of(this).phoneSystem(), login);
        } catch (IllegalArgumentException e) {
            phone().say(text("login_not_complete"));
        } finally {
            password.setText("");
            code.setText("");
        }
    }
}
