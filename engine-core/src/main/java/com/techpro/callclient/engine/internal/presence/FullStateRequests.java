// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Requests a full document after one was missed or unreadable, at growing intervals until one
 * arrives. Belongs to the loop.
 */
final class FullStateRequests {
    /** How long to wait for a full document before it is requested again. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(4);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final EngineLoop loop;
    private final Runnable ask;
    private @Nullable Timer pause;
    private Duration nextPause = FIRST_PAUSE;

    FullStateRequests(EngineLoop loop, Runnable ask) {
        this.loop = loop;
        this.ask = ask;
    }

    void missed() {
        if (pause == null) {
            ask.run();
            pause = loop.schedule(nextPause, () -> {
                pause = null;
                missed();
            });
            Duration longer = nextPause.multipliedBy(2);
            nextPause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
    }

    /** Notes that a full document arrived. */
    void received() {
        stop();
        nextPause = FIRST_PAUSE;
    }

    void stop() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
    }
}
