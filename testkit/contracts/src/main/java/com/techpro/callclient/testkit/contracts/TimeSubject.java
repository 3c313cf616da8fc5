// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The common base of the contract kits of {@code time}: schedulers that are open during a test. */
@PortContract
abstract class TimeSubject {
    /** Exceptions from tasks of {@link #openLoop}. */
    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private TimeUnderTest subject;
    private Schedulers schedulers;

    /** Returns the implementation under test; called once per test. */
    protected abstract TimeUnderTest subject();

    @BeforeEach
    void openSchedulers() {
        subject = subject();
        schedulers = subject.newSchedulers();
    }

    @AfterEach
    void closeSchedulers() {
        schedulers.close();
    }

    final void await(BooleanSupplier condition) {
        subject.await(condition);
    }

    final boolean isVirtual() {
        return subject.isVirtual();
    }

    final Schedulers schedulers() {
        return schedulers;
    }

    final Loop openLoop(String name) {
        return schedulers.openLoop(name, (thread, failure) -> failures.add(failure));
    }
}
