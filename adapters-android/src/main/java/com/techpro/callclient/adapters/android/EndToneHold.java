// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.os.Handler;
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
    private @Nullable String id;
    private Runnable end = () -> {};

    /** @param over runs when a held call has ended in Telecom */
    EndToneHold(Handler main, Runnable over) {
        this.main = main;
        this.over = over;
    }

    /** @param ends the call in Telecom; runs once, after the tone */
    void begin(String call, Duration tone, Runnable ends) {
        end();
        id = call;
        end = ends;
        main.postDelayed(timeUp, Math.min(tone.toMillis(), LONGEST.toMillis()));
    }

    boolean isOn() {
        return id != null;
    }

    boolean holds(String call) {
        return call.equals(id);
    }

    /** Does nothing if there is none. */
    void end() {
        if (id != null) {
            id = null;
            main.removeCallbacks(timeUp);
            end.run();
            over.run();
        }
    }
}
