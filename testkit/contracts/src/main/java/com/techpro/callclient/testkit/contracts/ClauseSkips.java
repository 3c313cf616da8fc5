// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Skips clauses for which the author declared {@link Lacks}, prints each, and fails every other
 * skip.
 */
final class ClauseSkips implements BeforeEachCallback, AfterEachCallback, TestExecutionExceptionHandler {
    private static final ThreadLocal<ClauseSkips> CURRENT = new ThreadLocal<>();
    private static final Set<String> PRINTED = ConcurrentHashMap.newKeySet();

    private final Map<String, String> declared = new HashMap<>();
    private Set<String> optionalFor = Set.of();
    private String clause = "";
    private boolean prints = true;

    /** Skips the rest of a clause if a declared capability is missing. */
    static void require(boolean available, String capability) {
        ClauseSkips current = CURRENT.get();
        if (current != null && !current.optionalFor.contains(capability)) {
            throw new AssertionError("this clause is required: without @OptionalClause(\"" + capability
                    + "\") it cannot be skipped for want of that");
        }
        if (!canTry(available, capability)) {
            throw new DeclaredSkip(
                    "without " + capability + ", because " + (current == null ? "" : current.declared.get(capability)));
        }
    }

    /**
     * Returns whether part of a clause can be tried; fails if a capability is missing without a
     * declaration.
     */
    static boolean canTry(boolean available, String capability) {
        ClauseSkips current = CURRENT.get();
        String reason = current == null ? null : current.declared.get(capability);
        if (available && reason != null) {
            throw new AssertionError("@Lacks says that there is no " + capability + ", and there is");
        }
        if (available) {
            return true;
        }
        if (current == null || reason == null) {
            throw new AssertionError("this clause cannot be tried without " + capability
                    + ": override the hook of the kit whose Javadoc names it, or, on the test class, declare @Lacks(value = \""
                    + capability + "\", because = …)");
        }
        current.print(capability, reason);
        return false;
    }

    private void print(String capability, String reason) {
        String line = "skipped: " + clause + ": without " + capability + ", because " + reason;
        if (prints && PRINTED.add(line)) {
            System.out.println(line);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        declared.clear();
        Class<?> test = context.getRequiredTestClass();
        for (Class<?> type = test; type != null; type = type.getSuperclass()) {
            for (Lacks lacks : type.getDeclaredAnnotationsByType(Lacks.class)) {
                for (String capability : lacks.value()) {
                    declared.putIfAbsent(capability, lacks.because());
                }
            }
        }
        OptionalClause optional = context.getRequiredTestMethod().getAnnotation(OptionalClause.class);
        optionalFor = optional == null ? Set.of() : Set.of(optional.value());
        clause = test.getSimpleName() + "." + context.getRequiredTestMethod().getName();
        prints = ClauseSummary.prints(context);
        CURRENT.set(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        CURRENT.remove();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        if (thrown instanceof TestAbortedException && !(thrown instanceof DeclaredSkip)) {
            throw new AssertionError("a clause of a contract was skipped, and no @Lacks declares it", thrown);
        }
        throw thrown;
    }

    /** A skip that the author declared. */
    private static final class DeclaredSkip extends TestAbortedException {
        private DeclaredSkip(String why) {
            super(why);
        }
    }
}
