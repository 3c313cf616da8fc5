// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Digits dialled after a number. They are sent after the answer, with a pause for each comma, as
 * phones do. They may be a PIN, so they are neither logged nor kept. Belongs to the loop.
 */
public final class PostDialKeys {
    static final Duration PAUSE = Duration.ofSeconds(2);
    /**
     * Minimum time for a digit and the gap after it; the next pause begins when the digits before
     * it are sent.
     */
    private static final Duration KEY = Duration.ofMillis(250);

    private final CallTimers timers;
    private final Consumer<String> press;
    private String keys;

    /** @param press sends digits one after the other */
    PostDialKeys(CallTimers timers, String keys, Consumer<String> press) {
        this.timers = timers;
        this.keys = keys;
        this.press = press;
    }

    /** Starts sending, after the answer. A second call does nothing. */
    void start() {
        String due = keys;
        keys = "";
        next(due);
    }

    private void next(String left) {
        int pauses = 0;
        while (pauses < left.length() && left.charAt(pauses) == ',') {
            pauses++;
        }
        if (pauses > 0) {
            String behind = left.substring(pauses);
            if (!behind.isEmpty()) {
                timers.startKeys(PAUSE.multipliedBy(pauses), () -> next(behind));
            }
            return;
        }
        int comma = left.indexOf(',');
        String now = comma < 0 ? left : left.substring(0, comma);
        if (now.isEmpty()) {
            return;
        }
        press.accept(now);
        if (comma >= 0) {
            timers.startKeys(KEY.multipliedBy(now.length()), () -> next(left.substring(comma)));
        }
    }
}
