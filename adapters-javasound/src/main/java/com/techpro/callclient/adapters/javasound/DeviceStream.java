// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.adapters.javasound.LineState.Flowing;
import com.techpro.callclient.adapters.javasound.LineState.Lost;
import com.techpro.callclient.adapters.javasound.LineState.Opened;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;

/**
 * Handles one stream's device: moves samples, notices when they stop, and reopens the device. A
 * dead sound server gives neither error nor event, but moves nothing, so progress is what counts.
 *
 * <p>Has no thread and no clock: a {@link StreamThread} or a test calls {@link #step} every few
 * milliseconds with the time.
 */
final class DeviceStream {
    /** The polling interval. */
    static final long PERIOD_NANOS = 5_000_000L;

    /** Leaves a second of the two that AUD-4 allows. */
    static final long SILENT_NANOS = 1_000_000_000L;

    /** A device may sleep; waking was observed to take two seconds. */
    static final long WAKE_NANOS = 4_000_000_000L;

    static final long FIRST_BACK_OFF_NANOS = 250_000_000L;
    static final long MAX_BACK_OFF_NANOS = 2_000_000_000L;

    /** With fewer polls than this, our thread stalled and not the device. */
    private static final int MIN_LOOKS = 20;

    private final LineOpener opener;
    private final LinePump traffic;
    private final AudioStreamListener listener;
    private final CallbackGate gate;
    private LineState state;
    private boolean interruptionTold;

    DeviceStream(
            DeviceLine line,
            LineOpener opener,
            LinePump traffic,
            AudioStreamListener listener,
            CallbackGate gate,
            long now) {
        this.opener = opener;
        this.traffic = traffic;
        this.listener = listener;
        this.gate = gate;
        traffic.attach(line);
        this.state = new Opened(line, now);
    }

    /** Does what is due now. */
    void step(long now) {
        if (state instanceof Opened opened) {
            awaitFlow(opened, now);
        } else if (state instanceof Flowing flowing) {
            move(flowing, now);
        } else if (state instanceof Lost lost && now - lost.nextAttempt() >= 0) {
            reopen(lost, now);
        }
    }

    /** Releases the device. */
    void release() {
        if (state instanceof Opened opened) {
            opened.line().close();
        } else if (state instanceof Flowing flowing) {
            flowing.line().close();
        }
    }

    private void awaitFlow(Opened opened, long now) {
        if (!opened.line().isOpen()) {
            lose(opened.line(), "the device closed", now);
        } else if (traffic.flows()) {
            state = new Flowing(opened.line(), now, 0);
            if (interruptionTold) {
                interruptionTold = false;
                gate.pass(listener::restored);
            }
        } else if (now - opened.since() > WAKE_NANOS) {
            lose(opened.line(), "the device does not start", now);
        }
    }

    private void move(Flowing flowing, long now) {
        if (!flowing.line().isOpen()) {
            lose(flowing.line(), "the device closed", now);
        } else if (traffic.move(now) > 0) {
            state = new Flowing(flowing.line(), now, 0);
        } else if (now - flowing.lastMoved() > SILENT_NANOS && flowing.looks() >= MIN_LOOKS) {
            lose(flowing.line(), "the device stopped", now);
        } else {
            state = new Flowing(flowing.line(), flowing.lastMoved(), flowing.looks() + 1);
        }
    }

    private void lose(DeviceLine line, String reason, long now) {
        state = new Lost(now, FIRST_BACK_OFF_NANOS);
        if (!interruptionTold) {
            interruptionTold = true;
            gate.pass(() -> listener.interrupted(reason));
        }
        line.close();
    }

    private void reopen(Lost lost, long now) {
        try {
            DeviceLine line = opener.open();
            traffic.attach(line);
            state = new Opened(line, now);
        } catch (AudioUnavailableException | RuntimeException stillGone) {
            state = new Lost(now + lost.backOffNanos(), Math.min(2 * lost.backOffNanos(), MAX_BACK_OFF_NANOS));
        }
    }

    /** Opens the stream's device, or a substitute. */
    @FunctionalInterface
    interface LineOpener {
        DeviceLine open() throws AudioUnavailableException;
    }
}
