// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the far end is heard as it should be, and who is told if not; see {@link MediaListener#rtpTimeout}. On the media loop alone. */
final class RtpTimeout {
    private static final long SECOND = 1_000_000_000;
    private static final long SILENCE_TOLD_AFTER = 2 * SECOND;
    /** Three times what lies between two reports (RFC 3550 §6.2). */
    private static final long REPORTS_MISSED_AFTER = 15 * SECOND;

    /** What is on its way to the address before is heard for a while yet. */
    private static final long MOVING = 10 * SECOND;

    private final MediaListener listener;
    private long lastHeard;
    /** Whether sound has ever come: from then on a far end that reports is there, though it be silent, as where a call is parked. */
    private boolean soundHeard;
    /** Whether nothing but reports has come for a while: then they alone are waited for. */
    private boolean onlyReports;

    private long toldSilence;
    private long lastSound;
    /** Gaps that begin before then are about a change of this device's address. */
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

    /** The far end has yet to learn where to send. */
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

    /** The longest time in which nothing was heard about the last change of this device's address, or null if there was none. */
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

    /** @param due whether sound is */
    void report(boolean due, long now) {
        if (soundHeard || !due) {
            onlyReports |= now - lastHeard >= SILENCE_TOLD_AFTER;
            heard(now);
        }
    }

    /** It is there, or need not be. */
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

    /** Whether somebody was told, and it still holds. */
    boolean isTold() {
        return toldSilence > 0;
    }
}
