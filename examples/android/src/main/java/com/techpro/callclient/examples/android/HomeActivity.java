// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.TextView;
import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.RegistrationSnapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the app begins: how things stand, and the way to each screen. */
public final class HomeActivity extends Screen {
    private TextView status;
    private Button login;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        status = line();
        login = button("login_title", () -> go(LoginActivity.class));
        button("dial_title", () -> go(DialActivity.class));
        button("call_title", () -> go(CallActivity.class));
        button("history_title", () -> go(HistoryActivity.class));
        button("voicemail_title", () -> go(VoicemailActivity.class));
        button("contacts_title", () -> go(ContactsActivity.class));
        button("lamps_title", () -> go(LampsActivity.class));
        button("messages_title", () -> go(MessagesActivity.class));
        button("room_title", () -> go(RoomActivity.class));
        button("permissions_title", () -> go(PermissionsActivity.class));
        button("settings_title", () -> go(SettingsActivity.class));
    }

    /** Nothing on it is the user's own. */
    @Override
    boolean isPrivate() {
        return false;
    }

    @Override
    void refresh() {
        Optional<Account> account = phone().account();
        login.setVisibility(account.isPresent() ? View.GONE : View.VISIBLE);
        status.setText(account.map(of -> standing(of.registration())).orElseGet(() -> text("home_nobody")));
    }

    private String standing(RegistrationSnapshot registration) {
        if (registration.failure() != null) {
            return registration.failure().advice();
        }
        return switch (registration.state()) {
            case REGISTERED -> text("home_ready");
            case UNREGISTERED -> text("home_nobody");
            default -> text("home_connecting");
        };
    }
}
