// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail;

import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a mailbox on a worker, one after the other, and returns the answers to the
 * loop. Closing the mailbox does not wait for them. Belongs to the loop.
 */
final class MailboxRequests {
    /** A request to a mailbox. */
    interface Question<T> {
        T ask(VoicemailBox box) throws VoicemailException;
    }

    /** The maximum of {@link VoicemailBox#list}. */
    private static final int LARGEST_PAGE = 500;

    private final EngineLoop loop;
    private final Executor worker;
    private final Executor workers;
    private final PendingWork pending = new PendingWork();

    /**
     * @param worker runs tasks in order
     * @param workers for tasks that must not wait
     */
    MailboxRequests(EngineLoop loop, Executor worker, Executor workers) {
        this.loop = loop;
        this.worker = worker;
        this.workers = workers;
    }

    /** @param then receives the answer, or null and the reason why there is none */
    <T> void ask(VoicemailBox box, Question<T> question, BiConsumer<@Nullable T, @Nullable VoicemailProblem> then) {
        ask(worker, box, question, then);
    }

    /**
     * Closes the mailbox and ends pending requests. Wait for this before stopping the workers, or
     * connections stay open.
     */
    void close(VoicemailBox box) {
        ask(workers, box, MailboxRequests::closed, (done, wrong) -> {});
    }

    private <T> void ask(
            Executor on,
            VoicemailBox box,
            Question<T> question,
            BiConsumer<@Nullable T, @Nullable VoicemailProblem> then) {
        pending.begun();
        on.execute(() -> {
            T answer = null;
            VoicemailProblem problem = null;
            try {
                answer = question.ask(box);
            } catch (VoicemailException e) {
                problem = VoicemailProblems.of(e.reason());
            } catch (RuntimeException | Error e) {
                // A mailbox that breaks its contract (VMB-2) does not keep the user waiting.
                Loggers.portThrew(e);
                problem = VoicemailProblem.PROTOCOL;
            }
            T answered = answer;
            VoicemailProblem wrong = problem;
            loop.execute(() -> pending.ended(() -> then.accept(answered, wrong)));
        });
    }

    /** Runs the task once no request is pending: now, or after the last answer. */
    void whenQuiet(Runnable task) {
        pending.whenNone(task);
    }

    /**
     * Returns the newest messages, as many as wanted. Messages that move to the next page during
     * the reading appear once.
     */
    static VoicemailPage newest(VoicemailBox box, int wanted) throws VoicemailException {
        Map<String, VoicemailMessage> messages = new LinkedHashMap<>();
        VoicemailPage page = box.list(0, Math.min(LARGEST_PAGE, wanted));
        int read = 0;
        while (!page.messages().isEmpty()) {
            page.messages().forEach(message -> messages.putIfAbsent(message.id(), message));
            read += page.messages().size();
            if (read >= wanted || read >= page.total()) {
                break;
            }
            page = box.list(read, Math.min(LARGEST_PAGE, wanted - read));
        }
        return new VoicemailPage(List.copyOf(messages.values()), page.total(), page.unheard());
    }

    private static boolean closed(VoicemailBox box) {
        box.close();
        return true;
    }

    static boolean purgedAndClosed(VoicemailBox box) throws VoicemailException {
        try (box) {
            box.purge();
        }
        return true;
    }
}
