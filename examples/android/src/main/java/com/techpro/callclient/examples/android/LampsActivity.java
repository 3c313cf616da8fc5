// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import android.widget.LinearLayout;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Busy lamps: who is talking, and whose call can be taken. */
public final class LampsActivity extends Screen {
    private EditText extension;
    private LinearLayout lamps;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        extension = field("lamps_extension", InputType.TYPE_CLASS_PHONE);
        button("lamps_watch", () -> {
            phone().watch(typed(extension));
            extension.setText("");
        });
        lamps = list();
    }

    @Override
    void refresh() {
        show(
                lamps,
                phone().lamps(),
                lamp -> words(lamp.snapshot()),
                List.of(
                        new Action<>("call", this::call),
                        new Action<>("lamps_pick_up", this::pickUp),
                        new Action<>("lamps_unwatch", phone()::unwatch)));
    }

    private void call(BusyLamp lamp) {
        if (phone().dial(lamp.snapshot().extension())) {
            go(CallActivity.class);
        }
    }

    /** Takes the call that rings there. */
    private void pickUp(BusyLamp lamp) {
        if (lamp.pickUp(phone().options()) != null) {
            go(CallActivity.class);
        }
    }

    private String words(BusyLampSnapshot lamp) {
        return lamp.extension()
                + ": " + text("lamp_" + lamp.state().name().toLowerCase(Locale.ROOT))
                + (lamp.caller() == null ? "" : ", " + lamp.caller().display());
    }
}
