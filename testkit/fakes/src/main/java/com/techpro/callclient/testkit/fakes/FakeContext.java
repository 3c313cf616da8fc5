// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.stack.loop.HostStage;
import com.techpro.callclient.stack.loop.PendingAnswers;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import com.techpro.callclient.stack.loop.SerialExecutor;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one fake client share: the lock of all state, the order of callbacks, the gate,
 * the time, and the record of what the app did. Usable from any thread.
 *
 * <p>One method of the app or the test changes state under the lock and collects callbacks. They run
 * after the lock is released, one after the other. A callback that changes state again is not
 * interrupted: what it caused runs after it, as in the engine.
 */
final class FakeContext {
    private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> due = new ArrayDeque<>();
    private boolean handing;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<AppCommand> commands = new CopyOnWriteArrayList<>();
    private final SerialExecutor callbacks;
    private final PendingAnswers answers;
    private final FakeListeners<CallClientListener> listeners = new FakeListeners<>(this);
    private final Map<String, AtomicInteger> ids = new ConcurrentHashMap<>();

    private volatile Instant now = START;
    private volatile boolean closed;
    private volatile boolean locked;
    private volatile boolean answerWhileLocked = true;
    private volatile boolean microphoneDenied;

    /** @param executor runs listeners and completes stages */
    FakeContext(Executor executor) {
        this.callbacks = SerialExecutor.ofHost(executor, (thread, thrown) -> {
            Throwable cause = thrown.getCause();
            failures.add(cause == null ? thrown : cause);
        });
        this.answers = new PendingAnswers(callbacks);
    }

    FakeListeners<CallClientListener> listeners() {
        return listeners;
    }

    /** Returns what listeners threw. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Returns a new id with this prefix. */
    String nextId(String prefix) {
        return prefix
                + ids.computeIfAbsent(prefix, unused -> new AtomicInteger()).incrementAndGet();
    }

    /** Changes state, then runs the callbacks that this caused. */
    void run(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
            handOver();
        }
    }

    /** As {@link #run}, with a result. */
    <T> T get(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
            handOver();
        }
    }

    /** Runs the task on the callbacks' executor, after all earlier ones. */
    void later(Runnable task) {
        synchronized (due) {
            due.add(task);
        }
    }

    private void handOver() {
        if (lock.isHeldByCurrentThread()) {
            return;
        }
        for (Runnable next = next(); next != null; next = next()) {
            try {
                callbacks.execute(next);
            } finally {
                synchronized (due) {
                    handing = false;
                }
            }
        }
    }

    /** Returns null if nothing is due, or a caller further up or another thread hands it over. */
    private @Nullable Runnable next() {
        synchronized (due) {
            if (handing) {
                return null;
            }
            Runnable next = due.poll();
            handing = next != null;
            return next;
        }
    }

    /** @param whenClosed the answer if the client is closed first */
    <T> Answer<T> open(T whenClosed) {
        return answers.open(whenClosed);
    }

    /** Completes an answer after all callbacks so far. */
    <T> void tell(Answer<T> answer, T outcome) {
        later((SerialExecutor.Owed) () -> answer.tell(outcome));
    }

    /** Returns a stage that completes after all callbacks so far. */
    <T> CompletionStage<T> answered(T outcome) {
        Answer<T> answer = open(outcome);
        tell(answer, outcome);
        return answer.stage();
    }

    /** Returns a stage that completes after all callbacks so far, and after all answers. */
    CompletionStage<Void> afterAll() {
        HostStage<Void> stage = new HostStage<>(callbacks);
        SerialExecutor.Owed completion = () -> stage.complete(null);
        later((SerialExecutor.Owed) () -> callbacks.execute(completion));
        return stage;
    }

    /** Records what the app did. */
    void record(String on, String name, Object... arguments) {
        commands.add(new AppCommand(on, name, List.of(arguments)));
    }

    List<AppCommand> commands() {
        return List.copyOf(commands);
    }

    Instant now() {
        return now;
    }

    void setTime(Instant time) {
        now = time;
    }

    boolean isLocked() {
        return locked;
    }

    /** Notifies the listeners of a change. */
    void setLocked(boolean after) {
        if (locked != after) {
            locked = after;
            listeners.tell(listener -> listener.lockChanged(after));
        }
    }

    void setAnswerWhileLocked(boolean permitted) {
        answerWhileLocked = permitted;
    }

    boolean isMicrophoneDenied() {
        return microphoneDenied;
    }

    void setMicrophoneDenied(boolean denied) {
        microphoneDenied = denied;
    }

    boolean isClosed() {
        return closed;
    }

    /** @return whether this was the first call */
    boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** Completes all open stages after the callbacks so far, and new ones at once. */
    void closeAnswers() {
        later((SerialExecutor.Owed) answers::close);
    }

    /** @throws IllegalStateException if the client is closed */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /** @throws LockedException if the app is locked */
    void requireUnlocked() {
        if (locked) {
            throw new LockedException();
        }
    }

    /**
     * @throws IllegalStateException if the client is closed
     * @throws LockedException if the app is locked
     */
    void requireUsable() {
        requireOpen();
        requireUnlocked();
    }

    /** As {@link #requireUsable}, but a locked app may be allowed to answer. */
    void requireAnswerable() {
        requireOpen();
        if (!answerWhileLocked) {
            requireUnlocked();
        }
    }
}
