// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that the phone system told of while the mailbox does not list them yet: the mail server may tell one connection of a message before it
 * shows it to another, and messages-waiting may be sent before the mail is delivered. While the list has fewer unheard messages than messages-waiting
 * counts, it is read again after each of {@link #PAUSES}. Then it is left alone until messages-waiting changes: where the two count different things,
 * they never agree. Belongs to the loop.
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
    /** Unheard messages by messages-waiting. */
    private int waiting;
    /** Whether the list is still to be compared with that. */
    private boolean open;
    /** What the list had more than messages-waiting when they were last compared: copies, or messages heard by telephone. */
    private int surplus;

    private int attempts;
    private @Nullable Timer next;

    /**
     * @param newsInterval how long after news of the mailbox that showed nothing new the list is read once more
     * @param read reads the list
     */
    UnlistedMessages(EngineLoop loop, Duration newsInterval, Runnable read) {
        this.loop = loop;
        this.newsInterval = newsInterval;
        this.read = read;
    }

    /** Messages-waiting changed; the list is going to be read. */
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
     * @param unheard as it is known now
     * @param problem null if that is new
     */
    void read(int unheard, @Nullable VoicemailProblem problem) {
        if (!open) {
            return;
        }
        boolean shown = problem == null && unheard >= waiting + surplus;
        // A server that refuses a password, or cannot be trusted, is not asked often.
        boolean another = problem == null || problem == VoicemailProblem.UNREACHABLE;
        if (shown || !another || attempts == PAUSES.size()) {
            open = false;
            surplus = Math.max(0, unheard - waiting);
            cancel();
        } else if (next == null) {
            schedule(PAUSES.get(attempts++));
        }
    }

    /** The list was read because the mailbox said that it has changed, and it had not. Where messages are not counted, that is all there is to go by. */
    void nothingNew() {
        if (!counted && next == null) {
            schedule(newsInterval);
        }
    }

    /** The mailbox was left. */
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
