// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The device that an open stream should have: the one that the user chose, if it is there, and else the system's
 * default (AUD-4, AUD-12, AUD-13). Opens it when the stream has another one.
 *
 * <p>The stream's thread reopens a lost device, and the {@link WatchThread} offers a better one.
 */
final class WatchedStream implements DeviceStream.LineOpener {
    /** A device that is listed may not be ready yet, or be held by another program. */
    private static final long FIRST_BACK_OFF_NANOS = 900_000_000L;

    private static final long MAX_BACK_OFF_NANOS = 8_000_000_000L;

    private final LineSource lines;
    private final Direction direction;
    /** Null means the default. */
    private final @Nullable String chosen;

    private @Nullable DeviceStream stream;
    /** The devices when the stream's was opened; null if not known, or if that failed. */
    private volatile @Nullable List<AudioDevice> seen;

    private boolean defaultDue;
    private long nextAttempt;
    private long backOffNanos;

    WatchedStream(LineSource lines, Direction direction, @Nullable String chosen) {
        this.lines = lines;
        this.direction = direction;
        this.chosen = chosen;
    }

    /** Opens the device that was asked for, or none. */
    DeviceLine openFirst() throws AudioUnavailableException {
        return lines.open(direction, chosen);
    }

    /** Sets the stream that was made with this opener. Before it is watched. */
    void belongsTo(DeviceStream opened) {
        stream = opened;
    }

    /**
     * Opens the chosen device, or the default one while that is gone: a call continues when a
     * headset is unplugged.
     */
    @Override
    public DeviceLine open() throws AudioUnavailableException {
        seen = null;
        if (chosen != null) {
            try {
                return lines.open(direction, chosen);
            } catch (AudioUnavailableException gone) {
                return lines.open(direction, null);
            }
        }
        return lines.open(direction, null);
    }

    /**
     * Compares the stream's device with those present, and opens a better one.
     *
     * @param all the devices of both directions
     * @param now the clock's nanoseconds
     */
    void look(List<AudioDevice> all, long now) {
        DeviceStream watched = Objects.requireNonNull(stream);
        List<AudioDevice> present = new ArrayList<>();
        for (AudioDevice device : all) {
            if (device.direction() == direction) {
                present.add(device);
            }
        }
        boolean failed = watched.moveFailed();
        String used = watched.deviceId();
        List<AudioDevice> before = seen;
        seen = present;
        if (used == null || used.equals(chosen) || before == null) {
            // It is lost, and its own thread reopens it; or it has what it should have.
            defaultDue = false;
            backOffNanos = 0;
            return;
        }
        if (failed) {
            defaultDue = true;
            backOff(now);
        }
        if (!before.equals(present)) {
            defaultDue = true;
            backOffNanos = 0;
        }
        boolean chosenThere = chosen != null
                && present.stream().anyMatch(device -> device.id().equals(chosen));
        boolean due = chosenThere || (defaultDue && !present.isEmpty());
        if (due && !watched.isMoving() && (backOffNanos == 0 || now - nextAttempt >= 0)) {
            offer(watched, chosenThere ? chosen : null, now);
        }
    }

    private void offer(DeviceStream watched, @Nullable String id, long now) {
        defaultDue = false;
        try {
            DeviceLine line = lines.open(direction, id);
            if (!watched.offer(line)) {
                line.close();
            }
        } catch (AudioUnavailableException | RuntimeException notReady) {
            defaultDue = true;
            backOff(now);
        }
    }

    private void backOff(long now) {
        backOffNanos = Math.min(Math.max(2 * backOffNanos, FIRST_BACK_OFF_NANOS), MAX_BACK_OFF_NANOS);
        nextAttempt = now + backOffNanos;
    }
}
