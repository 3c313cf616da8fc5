// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.os.Handler;
import com.techpro.callclient.ports.callui.EndReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that is over, while the user hears that it is. Telecom takes the audio, and the speaker or the headset that the call was heard on, with the end of a
 * connection. So it learns of the end when the tone is over. On the main thread.
 */
final class EndToneHold {
    /** Whatever is asked for: nobody shall see a call for longer that is over. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Handler main;
    private final Runnable over;
    private final Runnable timeUp = this::end;
    private @Nullable CallConnection connection;
    private EndReason reason = EndReason.REMOTE;

    /** @param over run when a connection that was held has ended */
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

    /** Nothing if there is none. */
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
