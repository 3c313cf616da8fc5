// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import com.techpro.callclient.testkit.contracts.OptionalClause;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import java.io.PrintWriter;
import java.util.Locale;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Prints the outcome of each clause as it ends, and counts. */
final class ClauseListener implements TestExecutionListener {
    private final PrintWriter out;
    private final int[] required = new int[2];
    private final int[] optional = new int[2];
    private int skipped;
    private int broken;

    ClauseListener(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void executionFinished(TestIdentifier clause, TestExecutionResult result) {
        String reason = result.getThrowable().map(ClauseListener::reason).orElse("");
        if (!clause.isTest()) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                broken++;
                line("FAILED", clause.getDisplayName(), reason);
            }
            return;
        }
        String name = clause.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .orElse(clause.getDisplayName());
        int[] counted = isOptional(clause) ? optional : required;
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                counted[0]++;
                line("passed", name, "");
            }
            case FAILED -> {
                counted[1]++;
                line("FAILED", name, reason);
            }
            case ABORTED -> {
                skipped++;
                line("skipped", name, reason);
            }
        }
    }

    @Override
    public void executionSkipped(TestIdentifier clause, String reason) {
        skipped++;
        line("skipped", clause.getDisplayName(), reason);
    }

    /** Returns 0 if clauses passed and none failed, 1 if one failed, 3 if none could be tried. */
    int exitCode() {
        if (required[1] + optional[1] + broken > 0) {
            return 1;
        }
        return required[0] + optional[0] > 0 ? 0 : SoakReport.NOT_JUDGED;
    }

    /** Prints the last lines. */
    void printSummary() {
        out.printf(Locale.ROOT, "%nrequired clauses: %d passed, %d failed%n", required[0], required[1]);
        out.printf(
                Locale.ROOT, "optional clauses: %d passed, %d failed, %d skipped%n", optional[0], optional[1], skipped);
        out.flush();
    }

    private void line(String verdict, String clause, String reason) {
        out.printf("  %-9s%s%n", verdict, clause);
        if (!reason.isEmpty()) {
            out.printf("               - %s%n", reason);
        }
        out.flush();
    }

    /** Returns the reason in one line: AssertJ writes several, some of them empty. */
    private static String reason(Throwable failure) {
        String said =
                failure.getMessage() == null ? "" : failure.getMessage().strip().replaceAll("\\s+", " ");
        String why = failure.getCause() == null ? "" : " (" + failure.getCause() + ")";
        String text = (said.isEmpty() ? failure.getClass().getSimpleName() : said) + why;
        return text.length() <= 300 ? text : text.substring(0, 300) + " …";
    }

    private static boolean isOptional(TestIdentifier clause) {
        return clause.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod().isAnnotationPresent(OptionalClause.class))
                .orElse(false);
    }
}
