// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.internal.diagnostics.Diagnostics;
import com.techpro.callclient.engine.tone.ToneProblem;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.HostStage;
import com.techpro.callclient.stack.loop.SerialExecutor;
import com.techpro.callclient.stack.media.MediaStatistics;
import com.techpro.callclient.stack.sip.SipCounters;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for the client's counters; after the end, with the last values.
 * Usable from any thread, except where stated.
 */
final class CounterReports {
    private final EngineLoop loop;
    private final SerialExecutor callbacks;
    private final Supplier<ClientCounters> now;
    private final Queue<Question<?>> asked = new ConcurrentLinkedQueue<>();
    private volatile @Nullable ClientCounters last;

    /** @param now reads the counters, on the loop */
    CounterReports(EngineLoop loop, SerialExecutor callbacks, Supplier<ClientCounters> now) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.now = now;
    }

    private final class Question<T> {
        private final Function<ClientCounters, T> report;
        private final HostStage<T> stage = new HostStage<>(callbacks);

        private Question(Function<ClientCounters, T> report) {
            this.report = report;
        }

        private void answer(ClientCounters counters) {
            T made = report.apply(counters);
            callbacks.execute((SerialExecutor.Owed) () -> stage.complete(made));
        }
    }

    /**
     * Completes on the callbacks' executor.
     *
     * @param report makes the answer from the counters, on the loop; after the end, on the caller's
     *     thread
     */
    <T> CompletionStage<T> ask(Function<ClientCounters, T> report) {
        Question<T> question = new Question<>(report);
        asked.add(question);
        loop.execute(() -> {
            Question<?> next = asked.poll();
            if (next != null) {
                next.answer(now.get());
            }
        });
        ClientCounters held = last;
        if (held != null) {
            question.answer(held);
        }
        return question.stage;
    }

    /** Stops counting and answers open requests. On the loop. */
    void finish() {
        ClientCounters counters = now.get();
        last = counters;
        asked.forEach(question -> question.answer(counters));
    }

    /** Returns {@link ClientCounters} from the counters of the layers. On the loop. */
    static ClientCounters of(
            int accounts,
            int calls,
            int timers,
            int mediaSessions,
            int audioStreams,
            SipCounters sip,
            long refusedDestinations,
            MediaStatistics.Drops media,
            Diagnostics diagnostics,
            long qualityReportsUnsent,
            long callbackFailures,
            Map<ToneProblem, Long> toneProblems) {
        Map<String, Long> drops = new HashMap<>();
        sip.transport().rejected().forEach((why, count) -> drops.put(key(why), count));
        drops.put("misdirected-response", sip.transport().misdirected());
        drops.put("unfinished-message", sip.transport().unfinished());
        drops.put("forbidden-frame", sip.transport().forbiddenFrames());
        drops.put("answer-withheld", sip.transport().withheld());
        drops.put("overflow", sip.transport().overflow());
        drops.put("destination-refused", refusedDestinations);
        drops.put("trace-overflow", diagnostics.traceOverflow());
        drops.put("untrusted-source", sip.untrustedSources());
        drops.put("unknown-dialog", sip.unknownDialogs());
        drops.put("quality-report", qualityReportsUnsent);
        drops.put("merged", sip.transactions().merged());
        drops.put("overload", sip.transactions().overload());
        drops.put("stray-ack", sip.transactions().strayAcks());
        drops.put("stray-response", sip.transactions().strayResponses());
        drops.values().removeIf(count -> count == 0);
        return new ClientCounters(
                accounts,
                calls,
                sip.transactions().active(),
                sip.dialogs(),
                timers,
                sip.transport().streams() + sip.transport().datagramSockets(),
                mediaSessions,
                audioStreams,
                drops,
                diagnostics.refusals(),
                mediaDrops(media),
                callbackFailures,
                byKey(toneProblems));
    }

    private static Map<String, Long> byKey(Map<ToneProblem, Long> problems) {
        Map<String, Long> counts = new HashMap<>();
        problems.forEach((problem, count) -> counts.put(key(problem), count));
        return counts;
    }

    private static String key(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Long> mediaDrops(MediaStatistics.Drops media) {
        Map<String, Long> drops = new HashMap<>();
        drops.put("malformed", media.malformed());
        drops.put("clear-text", media.clearText());
        drops.put("not-authentic", media.notAuthentic());
        drops.put("replayed", media.replayed());
        drops.put("unknown-payload", media.unknownPayload());
        drops.put("unknown-source", media.unknownSource());
        drops.put("unwanted", media.unwanted());
        drops.put("before-keys", media.beforeKeys());
        drops.put("fault", media.faults());
        drops.values().removeIf(count -> count == 0);
        return drops;
    }
}
