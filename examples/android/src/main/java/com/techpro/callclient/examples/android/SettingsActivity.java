// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import android.widget.LinearLayout;
import android.widget.Switch;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Do-not-disturb, forwarding, devices, the lock, and log-out. */
public final class SettingsActivity extends Screen {
    private static final Duration ANSWER_TIME = Duration.ofSeconds(20);

    private Switch doNotDisturb;
    private Switch reachable;
    private EditText always;
    private EditText busy;
    private EditText unanswered;
    private EditText password;
    private LinearLayout devices;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        doNotDisturb = add(new Switch(this));
        doNotDisturb.setText(text("do_not_disturb"));
        doNotDisturb.setOnClickListener(
                view -> client().doNotDisturb().set(doNotDisturb.isChecked()).thenAccept(this::tell));
        reachable = add(new Switch(this));
        reachable.setText(text("reachable"));
        reachable.setTag("reachable");
        reachable.setOnClickListener(view -> PhoneApplication.of(this)
                .reachable()
                .want(reachable.isChecked(), refusal -> phone().say(text("reachable_refused"))));
        always = field("forward_always", InputType.TYPE_CLASS_PHONE);
        busy = field("forward_busy", InputType.TYPE_CLASS_PHONE);
        unanswered = field("forward_unanswered", InputType.TYPE_CLASS_PHONE);
        button("forward_set", this::forward);
        button(
                "forward_none",
                () -> client().callForwarding().set(ForwardingRules.NONE).thenAccept(this::tell));
        devices = list();
        password = field("lock_password", InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD);
        password.setSaveEnabled(false);
        button("lock_on", () -> lock(AppLock.Mode.PASSWORD));
        button("lock_biometrics", () -> lock(AppLock.Mode.BIOMETRIC_OR_PASSWORD));
        button("lock_pin", () -> go(PinActivity.class));
        button("lock_off", () -> lock(AppLock.Mode.NONE));
        button("logout", () -> {
            phone().logout();
            finish();
        });
    }

    @Override
    void refresh() {
        doNotDisturb.setChecked(client().doNotDisturb().snapshot().on());
        reachable.setChecked(PhoneApplication.of(this).reachable().wanted());
        ForwardingRules rules = client().callForwarding().snapshot().rules();
        fill(always, rules.always());
        fill(busy, rules.busy());
        fill(unanswered, rules.unanswered());
        List<AudioDevice> all = new ArrayList<>(phone().devices(AudioDevice.Direction.CAPTURE));
        all.addAll(phone().devices(AudioDevice.Direction.PLAYBACK));
        show(devices, all, this::words, List.of(new Action<>("device_use", phone()::use)));
    }

    private void forward() {
        client().callForwarding()
                .set(ForwardingRules.NONE
                        .withAlways(number(always))
                        .withBusy(number(busy))
                        .withUnanswered(number(unanswered), ANSWER_TIME))
                .thenAccept(this::tell);
    }

    /** The password that the phone system accepted is the lock's as well. */
    private void lock(AppLock.Mode mode) {
        client().lock()
                .change(lockedBy(mode), Secret.of(password.getText()))
                .thenAccept(outcome -> phone().say(
                                outcome.isDone()
                                        ? text("done")
                                        : outcome.result().advice()));
        password.setText("");
    }

    /** When it locks: after five idle minutes, or a minute in the background. */
    static AppLock.Settings lockedBy(AppLock.Mode mode) {
        return new AppLock.Settings(mode, Duration.ofMinutes(5), Duration.ofMinutes(1));
    }

    private void tell(boolean permitted) {
        phone().say(text(permitted ? "done" : "not_permitted"));
    }

    /** Not while the user types in it. */
    private static void fill(EditText field, @Nullable String number) {
        if (!field.hasFocus()) {
            field.setText(number == null ? "" : number);
        }
    }

    private static @Nullable String number(EditText field) {
        String number = typed(field);
        return number.isEmpty() ? null : number;
    }

    private String words(AudioDevice device) {
        boolean used = device.id().equals(phone().options().captureDevice())
                || device.id().equals(phone().options().playbackDevice());
        return (used ? "● " : "")
                + text("device_" + device.direction().name().toLowerCase(Locale.ROOT))
                + ": " + device.name();
    }
}
