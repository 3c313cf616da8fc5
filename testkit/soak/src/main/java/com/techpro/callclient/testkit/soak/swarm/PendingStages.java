// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stages that an engine has handed out and that have not been seen complete. */
final class PendingStages {
    private final VirtualTime time;
    private final Consumer<String> printed;
    private final List<Pending> pending = new ArrayList<>();

    private record Pending(
            String name,
            CompletableFuture<?> future,
            @Nullable Duration deadline) {}

    /** @param printed receives each outcome's text */
    PendingStages(VirtualTime time, Consumer<String> printed) {
        this.time = time;
        this.printed = printed;
    }

    /** @param limit null if only closing completes it for certain */
    <T> CompletionStage<T> add(String name, CompletionStage<T> stage, @Nullable Duration limit) {
        pending.add(new Pending(
                name,
                stage.toCompletableFuture(),
                limit == null ? null : time.elapsed().plus(limit)));
        return stage;
    }

    /** @param closed whether the engine is closed, so that none may be open */
    void check(boolean closed) {
        Iterator<Pending> all = pending.iterator();
        while (all.hasNext()) {
            Pending stage = all.next();
            if (stage.future().isCompletedExceptionally()) {
                throw violation(stage, "completed exceptionally");
            }
            if (stage.future().isDone()) {
                printed.accept(String.valueOf(stage.future().getNow(null)));
                all.remove();
            } else if (closed) {
                throw violation(stage, "is open after closing");
            } else if (stage.deadline() != null && time.elapsed().compareTo(stage.deadline()) > 0) {
                throw violation(stage, "is open after its deadline");
            }
        }
    }

    private Invariant.Violation violation(Pending stage, String what) {
        return new Invariant.Violation(Invariant.STAGES_COMPLETE, time.elapsed(), stage.name() + " " + what);
    }
}
