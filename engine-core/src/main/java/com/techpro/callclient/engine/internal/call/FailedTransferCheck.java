// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether anybody is left after a transfer that failed. Some phone systems hang whom they tried to connect up a moment later, and keep our leg with nobody at its other end: it goes on
 * with reports, which is how a call that is parked in silence looks as well. Belongs to the loop.
 */
final class FailedTransferCheck {
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** More than a network change takes, or a pause of whoever sends nothing in it. */
    private static final int SECONDS_OF_SILENCE = 5;

    private static final int SECONDS_IN_DOUBT = 15;

    private final EngineLoop loop;
    private final TransferLeg call;
    private final LongSupplier packets;
    private @Nullable Timer timer;
    private long heard;
    private int silent;
    private int due;

    /** @param packets of sound that have come so far */
    FailedTransferCheck(EngineLoop loop, TransferLeg call, LongSupplier packets) {
        this.loop = loop;
        this.call = call;
        this.packets = packets;
        this.heard = packets.getAsLong();
        next();
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void next() {
        timer = loop.schedule(EVERY, () -> {
            timer = null;
            check();
        });
    }

    private void check() {
        long now = packets.getAsLong();
        if (!call.phase().sound().playback()) {
            // Held, by either side: what is not due is not missed.
            silent = 0;
        } else {
            due++;
            silent = now == heard ? silent + 1 : 0;
        }
        heard = now;
        if (silent >= SECONDS_OF_SILENCE) {
            call.feed(new CallInput.MediaMissing());
        } else if (due < SECONDS_IN_DOUBT || silent > 0) {
            next();
        }
    }
}
