// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits for messages that the phone system announced but the mailbox does not list yet. A mail
 * server may announce a message before all connections see it, and message waiting may be sent
 * before the mail is delivered.
 *
 * <p>While the list has fewer unheard messages than message waiting counts, it is read again after
 * each of {@link #PAUSES}. Then it rests until message waiting changes, because the two may never
 * agree if they count different things. Belongs to the loop.
 */
final class UnlistedMessages {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16));

    private final EngineLoop loop;
    private final Duration newsInterval;
    private final Runnable read;
    private boolean counted;
    /** Unheard messages according to message waiting. */
    private int waiting;
    /** Whether the list must still be compared with that. */
    private boolean open;
    /**
     * By how much the list exceeded message waiting at the last comparison: copies, or messages
     * heard by telephone.
     */
    private int surplus;

    private int attempts;
    private @Nullable Timer next;

    /**
     * @param newsInterval how long after a fruitless change notice the list is read once more
     * @param read reads the list
     */
    UnlistedMessages(EngineLoop loop, Duration newsInterval, Runnable read) {
        this.loop = loop;
        this.newsInterval = newsInterval;
        this.read = read;
    }

    /** Message waiting changed; the list is about to be read. */
    void waiting(MessagesWaiting summary) {
        MessagesWaiting.Counts voice = summary.voice();
        counted = true;
        waiting = !summary.waiting() ? 0 : voice == null ? 1 : voice.newMessages();
        open = true;
        attempts = 0;
        cancel();
    }

    /**
     * The list was read.
     *
     * @param unheard the currently known number
     * @param problem null if the reading succeeded
     */
    void read(int unheard, @Nullable VoicemailProblem problem) {
        if (!open) {
            return;
        }
        boolean shown = problem == null && unheard >= waiting + surplus;
        // A server that refuses the password, or cannot be trusted, is not queried often.
        boolean another = problem == null || problem == VoicemailProblem.UNREACHABLE;
        if (shown || !another || attempts == PAUSES.size()) {
            open = false;
            surplus = Math.max(0, unheard - waiting);
            cancel();
        } else if (next == null) {
            schedule(PAUSES.get(attempts++));
        }
    }

    /**
     * The mailbox announced a change, but reading showed none. Without message waiting, another
     * reading is the only way to find out.
     */
    void nothingNew() {
        if (!counted && next == null) {
            schedule(newsInterval);
        }
    }

    /** Resets everything, because the mailbox is no longer used. */
    void reset() {
        cancel();
        counted = false;
        open = false;
        surplus = 0;
    }

    private void schedule(Duration pause) {
        next = loop.schedule(pause, () -> {
            next = null;
            read.run();
        });
    }

    private void cancel() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}
