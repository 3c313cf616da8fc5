// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Prints a summary after a kit's run, once per adapter class. It counts passed and failed clauses,
 * required and optional, and lists the skipped ones with the reason. It also publishes a report
 * entry, which JUnit's listeners and XML reports contain.
 */
final class ClauseSummary implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    private static final Namespace NAMESPACE = Namespace.create(ClauseSummary.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        store(context).put(Outcomes.class, new Outcomes());
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        outcomes(context).passed(isOptional(context));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        outcomes(context).failed(isOptional(context));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        outcomes(context).skipped(name(context), String.valueOf(cause.getMessage()));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        outcomes(context).skipped(name(context), reason.orElse("disabled"));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Outcomes outcomes = store(context).get(Outcomes.class, Outcomes.class);
        if (outcomes == null || outcomes.isEmpty()) {
            return;
        }
        Map<String, String> entries = outcomes.entries();
        context.publishReportEntry(entries);
        if (!prints(context)) {
            return;
        }
        StringBuilder text =
                new StringBuilder("contract: " + context.getRequiredTestClass().getSimpleName());
        entries.forEach(
                (what, value) -> text.append("\n  ").append(what).append(": ").append(value));
        System.out.println(text);
    }

    static boolean prints(ExtensionContext context) {
        return context.getConfigurationParameter(PortContract.PRINTS, Boolean::valueOf)
                .orElse(true);
    }

    private static String name(ExtensionContext clause) {
        return clause.getRequiredTestMethod().getName();
    }

    private static boolean isOptional(ExtensionContext clause) {
        return clause.getElement()
                .map((AnnotatedElement method) -> method.isAnnotationPresent(OptionalClause.class))
                .orElse(false);
    }

    /** The outcomes of the class, also if the clause is one of several runs of a method. */
    private static Outcomes outcomes(ExtensionContext clause) {
        return store(clause).getOrComputeIfAbsent(Outcomes.class, key -> new Outcomes(), Outcomes.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** The outcomes of the clauses of one class. */
    private static final class Outcomes {
        private final Map<String, String> skipped = new TreeMap<>();
        private int passedRequired;
        private int passedOptional;
        private int failedRequired;
        private int failedOptional;

        synchronized void passed(boolean optional) {
            if (optional) {
                passedOptional++;
            } else {
                passedRequired++;
            }
        }

        synchronized void failed(boolean optional) {
            if (optional) {
                failedOptional++;
            } else {
                failedRequired++;
            }
        }

        synchronized void skipped(String clause, String why) {
            skipped.put(clause, why);
        }

        synchronized boolean isEmpty() {
            return passedRequired + passedOptional + failedRequired + failedOptional + skipped.size() == 0;
        }

        synchronized Map<String, String> entries() {
            Map<String, String> entries = new LinkedHashMap<>();
            entries.put("required clauses", passedRequired + " passed, " + failedRequired + " failed");
            entries.put(
                    "optional clauses",
                    passedOptional + " passed, " + failedOptional + " failed, " + skipped.size() + " skipped");
            skipped.forEach((clause, why) -> entries.put("skipped " + clause, why));
            return entries;
        }
    }
}
