// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contract kits of {@code time} need to know about the implementation they try. */
abstract class TimeSubject {
    /** What tasks of {@link #openLoop} threw. */
    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private Schedulers schedulers;

    /** A new implementation, for one test; the kit closes it. */
    protected abstract Schedulers newSchedulers();

    /** Waits until the condition holds, or fails after some ten seconds. */
    protected abstract void await(BooleanSupplier condition);

    /** Whether everything runs on one thread, so that a task must not wait for another. */
    protected boolean isVirtual() {
        return false;
    }

    @BeforeEach
    void openSchedulers() {
        schedulers = newSchedulers();
    }

    @AfterEach
    void closeSchedulers() {
        schedulers.close();
    }

    final Schedulers schedulers() {
        return schedulers;
    }

    final Loop openLoop(String name) {
        return schedulers.openLoop(name, (thread, failure) -> failures.add(failure));
    }
}
