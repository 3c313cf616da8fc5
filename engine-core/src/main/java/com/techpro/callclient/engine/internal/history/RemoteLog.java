// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory.RemoteCall;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Synchronises with the phone system's call log: first sends pending deletions, then reads. Belongs
 * to the loop.
 */
final class RemoteLog {
    /** Receives the results. */
    interface Listener {
        /**
         * @param deleted ids that the phone system has deleted now
         * @param calls newest first, or null if the log could not be read
         * @param complete whether the log holds nothing older
         */
        void read(Set<String> deleted, @Nullable List<RemoteCall> calls, boolean complete);
    }

    private final EngineLoop loop;
    private final Executor worker;
    private final int limit;
    private final Supplier<Set<String>> due;
    private final Listener listener;
    private @Nullable RemoteCallHistory port;
    private boolean busy;
    private boolean again;
    /** Callers that wait for the next reading to end. */
    private List<Consumer<Boolean>> waiting = new ArrayList<>();

    RemoteLog(EngineLoop loop, Executor worker, int limit, Supplier<Set<String>> due, Listener listener) {
        this.loop = loop;
        this.worker = worker;
        this.limit = limit;
        this.due = due;
        this.listener = listener;
    }

    void use(@Nullable RemoteCallHistory log) {
        RemoteCallHistory before = port;
        if (before != null) {
            watch(before, null);
        }
        port = log;
        if (log != null && limit > 0) {
            watch(
                    log,
                    () -> loop.execute(() -> {
                        if (log.equals(port)) {
                            sync();
                        }
                    }));
        }
        sync();
    }

    /** Watches for changes. If that fails, the log is read after registrations and calls only. */
    private static void watch(RemoteCallHistory log, @Nullable Runnable changed) {
        try {
            log.watch(changed);
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
        }
    }

    /** @param done called with whether the log could be read, or there is none */
    void sync(Consumer<Boolean> done) {
        waiting.add(done);
        sync();
    }

    void sync() {
        RemoteCallHistory log = port;
        if (log == null || limit == 0) {
            waiting().forEach(done -> done.accept(true));
            return;
        }
        if (busy) {
            again = true;
            return;
        }
        busy = true;
        Set<String> owed = due.get();
        List<Consumer<Boolean>> asked = waiting();
        worker.execute(() -> {
            Set<String> deleted = new HashSet<>();
            List<RemoteCall> read = null;
            try {
                if (log.deletable()) {
                    for (String id : owed) {
                        log.delete(id);
                        deleted.add(id);
                    }
                }
                read = log.recent(limit);
            } catch (IOException e) {
                // Unreachable: deletions stay pending, and the next registration or call tries
                // again.
                read = null;
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
                read = null;
            }
            List<RemoteCall> calls = read;
            loop.execute(() -> {
                busy = false;
                if (log.equals(port)) {
                    listener.read(deleted, calls, calls != null && calls.size() < limit);
                }
                asked.forEach(done -> done.accept(calls != null));
                if (again) {
                    again = false;
                    sync();
                }
            });
        });
    }

    private List<Consumer<Boolean>> waiting() {
        List<Consumer<Boolean>> now = waiting;
        waiting = new ArrayList<>();
        return now;
    }
}
