// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Callers, each with a thread, that call an echo again and again, and judge each call. They begin
 * evenly over the length of a call.
 */
final class LoadCallers implements AutoCloseable {
    /** Their names, without a number. */
    static final String THREAD = "callclient-caller";

    private static final String ECHO = "600";

    private final Duration talk;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger judged = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * The calls so far.
     *
     * @param failed those of them whose speech was not verified, and all that were not judged
     */
    record Done(int judged, int failed) {}

    /**
     * Starts.
     *
     * @param talk the length of each call
     */
    LoadCallers(List<LoadAccount> accounts, Duration talk) {
        this.talk = talk;
        for (int i = 0; i < accounts.size(); i++) {
            LoadAccount account = accounts.get(i);
            Duration begin = talk.multipliedBy(i).dividedBy(accounts.size());
            Thread thread = new Thread(() -> call(account, begin), THREAD + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void call(LoadAccount account, Duration begin) {
        try {
            boolean ends = stopped.await(begin.toNanos(), TimeUnit.NANOSECONDS);
            while (!ends) {
                one(account);
                ends = stopped.getCount() == 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void one(LoadAccount account) {
        try {
            LoadCall call = account.dial(ECHO);
            call.awaitTalking();
            call.talk(talk);
            call.hangUp();
            boolean verified = call.heardEcho().speech().verified();
            failed.addAndGet(verified ? 0 : 1);
            judged.incrementAndGet();
        } catch (StepFailedException e) {
            failed.incrementAndGet();
        }
    }

    Done done() {
        return new Done(judged.get(), failed.get());
    }

    /** Lets the calls end as they would. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
