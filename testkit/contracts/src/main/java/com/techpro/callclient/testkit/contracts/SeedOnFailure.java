// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Prints the run's seed with every test that fails. JUnit finds it by itself where {@code junit.jupiter.extensions.autodetection.enabled} is
 * true; extensions that know of a failure tell it as well, and each failure is printed once.
 */
public final class SeedOnFailure implements AfterTestExecutionCallback {
    /** By identity, as no throwable has another equality. */
    private static final Set<Throwable> PRINTED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> print(context, failure));
    }

    /** Prints it for a test that failed so, or a class; nothing if the test was given up on purpose, or it was printed before. */
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
