// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a script waits for what happens on a loop: on a thread of its own ({@link
 * PendingConditions}), or in turns with the loop, also in virtual time ({@link CoroutineScript}).
 */
interface ScriptContext {
    /**
     * Waits. Called by the script.
     *
     * @param condition checked on the loop, now and after each event
     * @return whether it held within the limit
     * @throws StepFailedException if the script's thread was interrupted
     */
    boolean until(BooleanSupplier condition, Duration limit) throws StepFailedException;

    /** Asks the loop. Called by the script. */
    <T extends @Nullable Object> T ask(Supplier<T> question);

    /** Checks the conditions again, after an event. On the loop. */
    void look();

    /** Does something on the loop. Called by the script. */
    default void run(Runnable action) {
        var unused = ask(() -> {
            action.run();
            return true;
        });
    }
}
