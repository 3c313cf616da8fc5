// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Schedulers;
import java.util.function.BooleanSupplier;

/** What the contract kits of {@code time} need to know about the implementation they try. */
public interface TimeUnderTest {
    /** A new implementation, for one test; the kit closes it. */
    Schedulers newSchedulers();

    /** Waits until the condition holds, or fails after some ten seconds. */
    void await(BooleanSupplier condition);

    /** Whether everything runs on one thread, so that a task must not wait for another. */
    default boolean isVirtual() {
        return false;
    }
}
