// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The promises and the result of a run for each. */
public final class PromiseTable {
    private final Map<Promise, List<String>> judged;

    private PromiseTable(Map<Promise, List<String>> judged) {
        this.judged = judged;
    }

    public static PromiseTable of(Evidence evidence) {
        Map<Promise, List<String>> judged = new TreeMap<>();
        Proofs.all().forEach((promise, proof) -> judged.put(promise, proof.apply(evidence)));
        return new PromiseTable(judged);
    }

    /** Whether no checked promise is broken. */
    public boolean kept() {
        return judged.values().stream().allMatch(List::isEmpty);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Promise promise : Promise.values()) {
            List<String> wrong = judged.get(promise);
            String verdict = wrong == null ? "by test" : wrong.isEmpty() ? "kept" : "BROKEN";
            text.append(String.format("  %-4s%-9s%s%n", promise, verdict, promise.text()));
            if (wrong != null) {
                wrong.forEach(reason ->
                        text.append("               - ").append(reason).append('\n'));
            }
        }
        long looked = judged.size();
        text.append(String.format(
                "%nkept, BROKEN: looked at just now, in calls on this machine (%d of %d promises)."
                        + "%nby test: PrivacyPromises, part of every build, proves it; PRIVACY.md names the tests.%n",
                looked, Promise.values().length));
        return text.toString();
    }
}
