// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.Context;
import android.content.Intent;
import android.net.Uri;
import android.os.Build;
import android.os.Bundle;
import android.view.KeyEvent;
import android.view.WindowManager;
import android.widget.TextView;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.ports.permission.Permission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that rings, over the lock screen: the notification opens it. */
public final class IncomingCallActivity extends Screen {
    private TextView caller;

    /** For the call of that id. */
    static Intent intent(Context context, String callId) {
        return new Intent(context, IncomingCallActivity.class)
                .setData(Uri.fromParts("call", callId, null))
                .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK);
    }

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        showOverLockScreen();
        caller = line();
        caller.setTextSize(32);
        button("answer", () -> call().ifPresent(this::answer));
        button("decline", () -> call().ifPresent(call -> call.reject(RejectReason.DECLINED)));
        if (state == null && Intent.ACTION_ANSWER.equals(getIntent().getAction())) {
            call().ifPresent(this::answer); // the notification's button
        }
    }

    @Override
    protected void onNewIntent(Intent intent) {
        super.onNewIntent(intent);
        setIntent(intent);
        if (Intent.ACTION_ANSWER.equals(intent.getAction())) {
            call().ifPresent(this::answer);
        }
    }

    /** The keys at the side of the phone end the ring; the call waits on. */
    @Override
    public boolean onKeyDown(int key, KeyEvent event) {
        if (key == KeyEvent.KEYCODE_VOLUME_DOWN || key == KeyEvent.KEYCODE_VOLUME_UP) {
            call().ifPresent(Call::silence);
            return true;
        }
        return super.onKeyDown(key, event);
    }

    /** Who is locked out of the app may still take a call, unless the configuration says no. */
    @Override
    boolean isPrivate() {
        return false;
    }

    @Override
    void refresh() {
        Optional<CallSnapshot> ringing = call().map(Call::snapshot).filter(call -> call.state() == CallState.INCOMING);
        if (!ringing.isPresent()) {
            finish(); // answered, given up, or taken elsewhere
            return;
        }
        String who = ringing.get().caller().display();
        String organisation = ringing.get().caller().organisation();
        caller.setText((who.isEmpty() ? text("withheld") : who) + (organisation == null ? "" : "\n" + organisation));
    }

    private Optional<Call> call() {
        Uri data = getIntent().getData();
        return phone().call(data == null ? null : data.getSchemeSpecificPart());
    }

    private void answer(Call call) {
        PhoneApplication.of(this).permissions().request(Permission.MICROPHONE, granted -> {
            call.answer(phone().options());
            go(CallActivity.class);
        });
    }

    @SuppressWarnings("deprecation") // the flags are for API 26 alone
    private void showOverLockScreen() {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O_MR1) {
            setShowWhenLocked(true);
            setTurnScreenOn(true);
        } else {
            getWindow()
                    .addFlags(WindowManager.LayoutParams.FLAG_SHOW_WHEN_LOCKED
                            | WindowManager.LayoutParams.FLAG_TURN_SCREEN_ON);
        }
    }
}
