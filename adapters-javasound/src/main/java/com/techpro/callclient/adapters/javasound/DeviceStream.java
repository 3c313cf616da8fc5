// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.adapters.javasound.LineState.Flowing;
import com.techpro.callclient.adapters.javasound.LineState.Lost;
import com.techpro.callclient.adapters.javasound.LineState.Opened;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Handles one stream's device: moves samples, notices when they stop, and reopens the device. A
 * dead sound server gives neither error nor event, but moves nothing, so progress is what counts.
 *
 * <p>A line of another device may be {@linkplain #offer offered} at any time. The stream moves there when samples do:
 * until then the present device goes on, so opening and waking the other one is not heard as a gap.
 *
 * <p>Has no thread and no clock: a {@link StreamThread} or a test calls {@link #step} with the time.
 */
final class DeviceStream {
    /**
     * How soon a device is looked at again that moves nothing or moves in lumps, and how late one that does its work: a
     * call's two streams wake at most 250 times a second together.
     */
    static final long LEAST_WAIT_NANOS = 8_200_000L;

    static final long MOST_WAIT_NANOS = 20_000_000L;

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
    /** A line on its way from the thread that opened it. */
    private final AtomicReference<@Nullable DeviceLine> offered = new AtomicReference<>();

    private LineState state;
    private @Nullable Opened successor;
    private boolean interruptionTold;
    private final Pace pace = new Pace();
    private volatile boolean released;
    private volatile @Nullable String deviceId;
    private volatile boolean moving;
    private volatile boolean moveFailed;

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
        this.state = opened(line, now);
    }

    /** Returns the id of the device in use; null while there is none. From any thread. */
    @Nullable
    String deviceId() {
        return deviceId;
    }

    /**
     * Gives the stream a line of another device, to move there. From any thread.
     *
     * @return false if the stream does not take it, since it has ended or has another one; the caller closes it
     */
    boolean offer(DeviceLine line) {
        moving = true;
        if (!offered.compareAndSet(null, line)) {
            return false;
        }
        // release() may have looked before the line was there.
        return !released || !offered.compareAndSet(line, null);
    }

    /** Returns whether an offered line has not been moved to yet. From any thread. */
    boolean isMoving() {
        return moving;
    }

    /** Returns whether an offered line came to nothing since this was last asked. From one thread. */
    boolean moveFailed() {
        boolean failed = moveFailed;
        moveFailed = false;
        return failed;
    }

    /**
     * Does what is due now.
     *
     * @return in how many nanoseconds something is due again
     */
    long step(long now) {
        if (state instanceof Opened opened) {
            awaitFlow(opened, now);
        } else if (state instanceof Flowing flowing) {
            move(flowing, now);
            moveOn(now);
        } else if (state instanceof Lost lost && now - lost.nextAttempt() >= 0) {
            reopen(lost, now);
        }
        return nextLook(now);
    }

    private long nextLook(long now) {
        long due = LEAST_WAIT_NANOS;
        if (state instanceof Flowing && successor == null) {
            due = traffic.dueNanos();
        } else if (state instanceof Lost lost) {
            due = lost.nextAttempt() - now;
        }
        return Math.max(LEAST_WAIT_NANOS, Math.min(MOST_WAIT_NANOS, due));
    }

    /** Releases the device. */
    void release() {
        released = true;
        DeviceLine unused = offered.getAndSet(null);
        if (unused != null) {
            unused.close();
        }
        if (successor != null) {
            successor.line().close();
        }
        if (state instanceof Opened opened) {
            opened.line().close();
        } else if (state instanceof Flowing flowing) {
            flowing.line().close();
        }
    }

    private void awaitFlow(Opened opened, long now) {
        if (!opened.line().isOpen()) {
            lose(opened.line(), "the device closed", now);
        } else if (opened.prepared().flows()) {
            traffic.attach(opened.prepared());
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
            return;
        }
        int moved = traffic.move(now);
        if (pace.isWrong(moved, flowing.line(), now)) {
            lose(flowing.line(), "the device's rate changed", now);
        } else if (moved > 0) {
            state = new Flowing(flowing.line(), now, 0);
        } else if (now - flowing.lastMoved() > SILENT_NANOS && flowing.looks() >= MIN_LOOKS) {
            lose(flowing.line(), "the device stopped", now);
        } else {
            state = new Flowing(flowing.line(), flowing.lastMoved(), flowing.looks() + 1);
        }
    }

    private void moveOn(long now) {
        takeOffered(now);
        Opened next = successor;
        if (next == null) {
            return;
        }
        if (!next.line().isOpen() || now - next.since() > WAKE_NANOS) {
            moveFailed = true;
            moving = false;
            successor = null;
            next.line().close();
        } else if (next.prepared().flows() && state instanceof Flowing before) {
            successor = null;
            traffic.attach(next.prepared());
            deviceId = next.line().deviceId();
            moving = false;
            state = new Flowing(next.line(), now, 0);
            before.line().close();
        }
    }

    private void takeOffered(long now) {
        DeviceLine line = successor == null ? offered.getAndSet(null) : null;
        if (line != null) {
            successor = new Opened(line, traffic.prepare(line), now);
        }
    }

    private Opened opened(DeviceLine line, long now) {
        deviceId = line.deviceId();
        return new Opened(line, traffic.prepare(line), now);
    }

    private void lose(DeviceLine line, String reason, long now) {
        state = new Lost(now, FIRST_BACK_OFF_NANOS);
        deviceId = null;
        if (!interruptionTold) {
            interruptionTold = true;
            gate.pass(() -> listener.interrupted(reason));
        }
        line.close();
    }

    private void reopen(Lost lost, long now) {
        try {
            takeOffered(now);
            Opened next = successor;
            if (next == null) {
                state = opened(opener.open(), now);
            } else {
                successor = null;
                moving = false;
                deviceId = next.line().deviceId();
                state = next;
            }
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
