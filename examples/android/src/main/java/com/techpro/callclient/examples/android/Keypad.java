// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.content.Context;
import android.widget.Button;
import android.widget.GridLayout;
import java.util.function.Consumer;

/** Twelve keys, to dial with and for DTMF. */
final class Keypad extends GridLayout {
    private static final String KEYS = "123456789*0#";

    Keypad(Context context, Consumer<Character> pressed) {
        super(context);
        setColumnCount(3);
        for (int i = 0; i < KEYS.length(); i++) {
            char key = KEYS.charAt(i);
            Button button = new Button(context);
            button.setText(String.valueOf(key));
            button.setTag("key_" + key);
            button.setOnClickListener(view -> pressed.accept(key));
            addView(button);
        }
    }
}
