// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Prints the run's seed with every test that fails. JUnit finds it by itself where {@code junit.jupiter.extensions.autodetection.enabled} is
 * true.
 */
public final class SeedOnFailure implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .ifPresent(failure -> System.err.println(message(
                        context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName(), Seeds.run())));
    }

    static String message(String test, long seed) {
        return test + " failed with seed " + seed + "; the same again: -D" + Seeds.PROPERTY + "=" + seed;
    }
}
