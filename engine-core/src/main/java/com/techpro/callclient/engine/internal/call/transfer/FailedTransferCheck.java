// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.transfer;

import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the far end is still there after a failed transfer. Some phone systems hang up the
 * far end a moment later but keep our leg. That leg still sends RTCP, so it looks like a call
 * parked in silence. Belongs to the loop.
 */
public final class FailedTransferCheck {
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** Longer than a network change takes, or a pause by a sender that suppresses silence. */
    private static final int SECONDS_OF_SILENCE = 5;

    private static final int SECONDS_IN_DOUBT = 15;

    private final EngineLoop loop;
    private final Supplier<CallPhase> phase;
    private final Consumer<CallInput> mailbox;
    private final LongSupplier packets;
    private @Nullable Timer timer;
    private long heard;
    private int silent;
    private int due;

    /** @param packets returns how many audio packets have arrived so far */
    FailedTransferCheck(EngineLoop loop, Supplier<CallPhase> phase, Consumer<CallInput> mailbox, LongSupplier packets) {
        this.loop = loop;
        this.phase = phase;
        this.mailbox = mailbox;
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
        if (!phase.get().sound().playback()) {
            // On hold, no media is expected.
            silent = 0;
        } else {
            due++;
            silent = now == heard ? silent + 1 : 0;
        }
        heard = now;
        if (silent >= SECONDS_OF_SILENCE) {
            mailbox.accept(new CallInput.MediaMissing());
        } else if (due < SECONDS_IN_DOUBT || silent > 0) {
            next();
        }
    }
}
