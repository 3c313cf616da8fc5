// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Detects that the far end is not heard, and tells the listener; see
 * {@link MediaListener#rtpTimeout}. Belongs to the media loop.
 */
final class RtpTimeout {
    private static final long SECOND = 1_000_000_000;
    private static final long SILENCE_TOLD_AFTER = 2 * SECOND;
    /** Three times the interval between reports (RFC 3550 §6.2). */
    private static final long REPORTS_MISSED_AFTER = 15 * SECOND;

    /** How long packets in transit to the previous address may still arrive. */
    private static final long MOVING = 10 * SECOND;

    private final MediaListener listener;
    private long lastHeard;
    /**
     * Whether sound has ever arrived. From then on, a far end that only sends reports is present
     * but silent, for example because it parked the call.
     */
    private boolean soundHeard;
    /** Whether only reports have arrived for a while: then only reports are expected. */
    private boolean onlyReports;

    private long toldSilence;
    private long lastSound;
    /** Gaps that begin before this time are due to a change of this device's address. */
    private long movingUntil;

    private boolean moved;
    private long interruption;

    RtpTimeout(MediaListener listener) {
        this.listener = listener;
    }

    /** Media is due from now on. */
    void start(long now) {
        lastHeard = now;
        lastSound = now;
        onlyReports = false;
    }

    /** The far end does not know yet where to send. */
    void extend(long now) {
        lastHeard = now;
    }

    /** This device has another address. */
    void moved(long now) {
        moved = soundHeard;
        movingUntil = now + MOVING;
        interruption = 0;
        extend(now);
    }

    /**
     * The longest time without sound around the last change of this device's address, or null if
     * there was none.
     */
    @Nullable
    Duration interruption() {
        return moved ? Duration.ofNanos(interruption) : null;
    }

    void sound(long now) {
        if (moved && lastSound - movingUntil < 0) {
            interruption = Math.max(interruption, now - lastSound);
        }
        lastSound = now;
        soundHeard = true;
        onlyReports = false;
        heard(now);
    }

    /**
     * @param due whether sound is due
     */
    void report(boolean due, long now) {
        if (soundHeard || !due) {
            onlyReports |= now - lastHeard >= SILENCE_TOLD_AFTER;
            heard(now);
        }
    }

    /** Something arrived, or nothing is due any more. */
    void heard(long now) {
        lastHeard = now;
        if (toldSilence > 0) {
            toldSilence = 0;
            listener.resumed();
        }
    }

    /** Called once a second while media is due. */
    void check(long now) {
        long silence = now - lastHeard;
        if (silence >= (onlyReports ? REPORTS_MISSED_AFTER : SILENCE_TOLD_AFTER)) {
            toldSilence = silence;
            listener.rtpTimeout(Duration.ofNanos(silence));
        }
    }

    /** Whether the listener was told and has not been told otherwise since. */
    boolean isTold() {
        return toldSilence > 0;
    }
}
