// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/** Runs the clauses of a kit in the order of their IDs: AUD-2 before AUD-10. */
final class ClauseOrder implements MethodOrderer {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getMethodDescriptors()
                .sort(Comparator.comparing(
                        (MethodDescriptor clause) -> sortable(clause.getMethod().getName())));
    }

    /** Pads numbers to the same length. */
    private static String sortable(String name) {
        return NUMBER.matcher(name)
                .replaceAll((MatchResult number) -> String.format(Locale.ROOT, "%9s", number.group()));
    }
}
