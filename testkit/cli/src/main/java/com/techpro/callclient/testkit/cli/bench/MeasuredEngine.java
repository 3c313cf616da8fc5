// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The measured engine as an app embeds it, at a PBX in another process. */
final class MeasuredEngine implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration GOODBYES = Duration.ofSeconds(10);
    /** With more at once, a phone system on a slow machine may refuse some. */
    private static final int AT_ONCE = 10;

    private static final Duration WITHOUT_END = Duration.ofDays(1);
    private static final String ECHO = "600";
    private static final int MOST_REFUSED = 20;
    private static final int MOST_CALLS = 10_000;
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "bench-callbacks"));
    private final MediaClock clock = new MediaClock(new JdkSchedulers());
    private final PbxProcess pbx;
    private final Duration keepAlive;
    private final CallClient client;
    private final List<Account> accounts = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    MeasuredEngine(PbxProcess pbx, Duration keepAlive, boolean sharedConnections) {
        this.pbx = pbx;
        this.keepAlive = keepAlive;
        this.client = CallClient.create(CallClientConfig.builder()
                .callbacks(callbacks)
                .tones(CallTones.OFF)
                .maxCalls(MOST_CALLS)
                .lab(lab -> lab.sharedConnections(sharedConnections).schedulers(clock))
                .qualityInterval(Duration.ofHours(1))
                .build());
    }

    /** Registers accounts up to this number. */
    void register(int count) {
        if (!registers(count, LIMIT)) {
            throw new IllegalStateException("not all accounts were registered within " + LIMIT.toSeconds() + " s");
        }
    }

    /** Registers accounts up to this number; returns whether all are within that time. */
    boolean registers(int count, Duration limit) {
        while (accounts.size() < count) {
            accounts.add(client.addAccount(pbx.account(accounts.size(), keepAlive)));
        }
        return Await.holdsWithin(
                () -> accounts.stream()
                        .allMatch(account -> account.registration().state() == RegistrationState.REGISTERED),
                limit);
    }

    /** Calls the echo until this many calls are established; calls again what a busy phone system refused. */
    void call(int count) {
        if (!calls(count, ECHO, WITHOUT_END)) {
            throw new IllegalStateException(
                    "a call was not answered, or more than " + MOST_REFUSED + " were refused or ended");
        }
    }

    /**
     * Calls a number until this many calls are established, and again what is refused; returns
     * whether they are, within that time. Calls that were established before stay.
     */
    boolean calls(int count, String number, Duration limit) {
        long began = System.nanoTime();
        int refused = 0;
        while (calls.size() < count) {
            for (int i = Math.min(AT_ONCE, count - calls.size()); i > 0; i--) {
                calls.add(accounts.get(0).dial(number));
            }
            boolean answered = Await.holdsWithin(
                    () -> calls.stream()
                            .map(call -> call.snapshot().state())
                            .allMatch(state -> state == CallState.ESTABLISHED || state == CallState.ENDED),
                    LIMIT);
            int dialled = calls.size();
            calls.removeIf(call -> call.snapshot().state() == CallState.ENDED);
            refused += dialled - calls.size();
            if (!answered || refused > MOST_REFUSED || System.nanoTime() - began > limit.toNanos()) {
                return false;
            }
        }
        return true;
    }

    /** Returns how many packets of the calls were sent and received so far. */
    long packets() {
        return calls.stream()
                .map(call -> call.snapshot().quality())
                .mapToLong(quality -> quality == null
                        ? 0
                        : quality.sending().packets() + quality.receiving().packets())
                .sum();
    }

    /** The clock of its media loops. */
    MediaClock clock() {
        return clock;
    }

    /** Ends all calls. */
    void hangUp() {
        while (!calls.isEmpty()) {
            List<Call> some = calls.subList(0, Math.min(AT_ONCE, calls.size()));
            some.forEach(Call::hangUp);
            Await.until(
                    "all are ended",
                    () -> some.stream().allMatch(call -> call.snapshot().state() == CallState.ENDED),
                    LIMIT);
            some.clear();
        }
    }

    static void pass(Duration time) {
        try {
            boolean unused = NEVER.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Unregisters, so that the next measurement starts with the same PBX state. */
    @Override
    public void close() {
        client.shutdown(GOODBYES).toCompletableFuture().join();
        callbacks.shutdown();
        clock.close();
    }
}
