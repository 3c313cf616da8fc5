// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.os.Handler;
import com.techpro.callclient.ports.callui.EndReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an ended call in Telecom while its end tone plays. With a connection's end Telecom takes
 * the audio away, and the speaker or headset of the call. Therefore it learns of the end only after
 * the tone. On the main thread.
 */
final class EndToneHold {
    /** A limit for any request: no ended call may be shown for longer. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Handler main;
    private final Runnable over;
    private final Runnable timeUp = this::end;
    private @Nullable CallConnection connection;
    private EndReason reason = EndReason.REMOTE;

    /** @param over runs when a held connection has ended */
    EndToneHold(Handler main, Runnable over) {
        this.main = main;
        this.over = over;
    }

    void begin(CallConnection held, EndReason why, Duration tone) {
        end();
        connection = held;
        reason = why;
        main.postDelayed(timeUp, Math.min(tone.toMillis(), LONGEST.toMillis()));
    }

    boolean isOn() {
        return connection != null;
    }

    boolean holds(String id) {
        return connection != null && connection.id().equals(id);
    }

    /** Does nothing if there is none. */
    void end() {
        CallConnection held = connection;
        if (held != null) {
            connection = null;
            main.removeCallbacks(timeUp);
            held.end(reason);
            over.run();
        }
    }
}
