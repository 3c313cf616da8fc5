// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Schedulers;
import java.util.function.BooleanSupplier;

/** Describes the implementation under test to the contract kits of {@code time}. */
public interface TimeUnderTest {
    /** Returns a new implementation for one test; the kit closes it. */
    Schedulers newSchedulers();

    /** Waits until the condition holds, or fails after about ten seconds. */
    void await(BooleanSupplier condition);

    /** Whether everything runs on one thread, so that a task must not wait for another. */
    default boolean isVirtual() {
        return false;
    }
}
