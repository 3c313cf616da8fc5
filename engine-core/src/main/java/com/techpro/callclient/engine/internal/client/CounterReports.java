// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who asked what the client holds: told on the loop, and after the end what it held last. From any thread, except where said. */
final class CounterReports {
    private final EngineLoop loop;
    private final Supplier<ClientCounters> now;
    private final Queue<CompletableFuture<ClientCounters>> asked = new ConcurrentLinkedQueue<>();
    private volatile @Nullable ClientCounters last;

    /** @param now on the loop */
    CounterReports(EngineLoop loop, Supplier<ClientCounters> now) {
        this.loop = loop;
        this.now = now;
    }

    CompletionStage<ClientCounters> ask() {
        CompletableFuture<ClientCounters> answer = new CompletableFuture<>();
        asked.add(answer);
        loop.execute(() -> {
            CompletableFuture<ClientCounters> next = asked.poll();
            if (next != null) {
                next.complete(now.get());
            }
        });
        ClientCounters held = last;
        if (held != null) {
            answer.complete(held);
        }
        return answer;
    }

    /** Nothing is counted any more. On the loop. */
    void finish() {
        ClientCounters counters = now.get();
        last = counters;
        asked.forEach(answer -> answer.complete(counters));
    }
}
