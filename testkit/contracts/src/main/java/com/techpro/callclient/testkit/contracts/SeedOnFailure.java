// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Prints the run's seed for every failed test. JUnit finds it by itself if
 * {@code junit.jupiter.extensions.autodetection.enabled} is true. Extensions that learn of a
 * failure call it too; each failure is printed once.
 */
public final class SeedOnFailure implements AfterTestExecutionCallback {
    /** By identity, because throwables have no other equality. */
    private static final Set<Throwable> PRINTED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> print(context, failure));
    }

    /**
     * Prints the seed for a failed test or class. Does nothing if the test was aborted on purpose,
     * or the failure was printed before.
     */
    public static void print(ExtensionContext context, Throwable failure) {
        if (!(failure instanceof TestAbortedException) && PRINTED.add(failure)) {
            System.err.println(message(
                    context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName(), Seeds.run()));
        }
    }

    static String message(String test, long seed) {
        return test + " failed with seed " + seed + "; the same again: -D" + Seeds.PROPERTY + "=" + seed;
    }
}
