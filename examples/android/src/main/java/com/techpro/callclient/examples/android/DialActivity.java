// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import com.techpro.callclient.ports.permission.Permission;
import org.jspecify.annotations.Nullable;

/** The dial pad. */
public final class DialActivity extends Screen {
    private EditText number;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        number = field("dial_number", InputType.TYPE_CLASS_PHONE);
        add(new Keypad(this, key -> number.append(String.valueOf(key))));
        button("call", this::dial);
    }

    @Override
    void refresh() {}

    /** The microphone is asked for when it is needed, and not before. */
    private void dial() {
        PhoneApplication.of(this)
                .permissions()
                .request(
                        Permission.MICROPHONE,
                        granted -> attempt(() -> {
                            if (phone().dial(typed(number))) {
                                number.setText("");
                                go(CallActivity.class);
                            } else {
                                phone().say(text("dial_not_possible"));
                            }
                        }));
    }
}
