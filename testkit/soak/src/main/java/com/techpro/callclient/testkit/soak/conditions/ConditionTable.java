// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.conditions;

import com.techpro.callclient.testkit.soak.run.CallsInVirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Calls of {@link CallsInVirtualTime} in each of some codecs over each of some networks, and what was heard, as a table. The same seed gives the same table.
 *
 * <pre>
 *   System.out.println(ConditionTable.measure(NetworkCondition.usual(), List.of("pcmu", "g722", "opus"), 8));
 * </pre>
 *
 * <p>Immutable.
 */
public final class ConditionTable {
    private static final int SEED = 1;

    private final List<ConditionResult> results;

    private ConditionTable(List<ConditionResult> results) {
        this.results = List.copyOf(results);
    }

    /**
     * Makes the calls, which takes a fraction of a second each.
     *
     * @param codecs encoding names, as of {@link CallsInVirtualTime.Builder#codecs}
     * @param calls in each codec over each network
     * @throws IOException if the packaged recording cannot be read
     * @throws IllegalArgumentException if there is no such codec, or no call is to be made
     */
    public static ConditionTable measure(List<NetworkCondition> networks, List<String> codecs, int calls)
            throws IOException {
        return measure(networks, codecs, calls, SEED, result -> {});
    }

    /**
     * Likewise.
     *
     * @param seed by which everything is drawn that is left to chance
     * @param each told of each result as soon as it is there, on the calling thread
     * @throws IOException if the packaged recording cannot be read
     * @throws IllegalArgumentException if there is no such codec, or no call is to be made
     */
    public static ConditionTable measure(
            List<NetworkCondition> networks, List<String> codecs, int calls, long seed, Consumer<ConditionResult> each)
            throws IOException {
        if (calls < 1) {
            throw new IllegalArgumentException("one call or more, not " + calls);
        }
        List<ConditionResult> results = new ArrayList<>();
        for (NetworkCondition network : networks) {
            for (String codec : codecs) {
                try (CallsInVirtualTime made = CallsInVirtualTime.builder()
                        .codecs(codec)
                        .network(network.link())
                        .seed(seed)
                        .start()) {
                    ConditionResult result = new ConditionResult(network, codec, made.make(calls));
                    results.add(result);
                    each.accept(result);
                }
            }
        }
        return new ConditionTable(results);
    }

    /** One for each codec over each network, in the order in which both were given. */
    public List<ConditionResult> results() {
        return results;
    }

    /** The head of the table that the lines of {@link ConditionResult#toString} make. */
    public static String head() {
        return line("network", "codec", "verified", "score", "missing", "other", "delay", "MOS", "not verified");
    }

    static String line(Object... columns) {
        return String.format(Locale.ROOT, "%-26s %-6s %-10s %-6s %-9s %-9s %-9s %-5s %s", columns)
                .stripTrailing();
    }

    /** The whole table. */
    @Override
    public String toString() {
        return head() + results.stream().map(result -> "\n" + result).collect(Collectors.joining());
    }
}
