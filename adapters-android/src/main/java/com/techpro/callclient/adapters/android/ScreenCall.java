// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import com.techpro.callclient.ports.callui.UiCall;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call of {@link ScreenCalls}, from its report to its end. On the main thread. */
final class ScreenCall {
    final UiCall call;
    private @Nullable Consumer<Boolean> shown;

    @Nullable
    CallConnection connection;

    boolean talking;
    boolean held;
    boolean heldBySystem;

    /** @param shown receives whether the system shows an incoming call */
    ScreenCall(UiCall call, @Nullable Consumer<Boolean> shown) {
        this.call = call;
        this.shown = shown;
    }

    /** The first answer counts. */
    void answerShown(boolean answer) {
        Consumer<Boolean> waiting = shown;
        shown = null;
        if (waiting != null) {
            waiting.accept(answer);
        }
    }

    /** Makes Telecom show the hold state. */
    void showHold() {
        if (connection != null && talking) {
            if (held) {
                connection.setOnHold();
            } else {
                connection.setActive();
            }
        }
    }
}
