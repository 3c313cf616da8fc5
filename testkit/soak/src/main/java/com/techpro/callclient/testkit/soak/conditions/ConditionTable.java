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
 * A table of {@link CallsInVirtualTime}: the results of calls in several codecs over several
 * networks. The same seed gives the same table.
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
     * Makes the calls, each in a fraction of a second.
     *
     * @param codecs encoding names, as of {@link CallsInVirtualTime.Builder#codecs}
     * @param calls in each codec over each network
     * @throws IOException if the packaged recording cannot be read
     * @throws IllegalArgumentException if there is no such codec, or the number of calls is not
     *     positive
     */
    public static ConditionTable measure(List<NetworkCondition> networks, List<String> codecs, int calls)
            throws IOException {
        return measure(networks, codecs, calls, SEED, result -> {});
    }

    /**
     * As above, with a seed and progress.
     *
     * @param seed determines all random choices
     * @param each receives each result as soon as it is known, on the calling thread
     * @throws IOException if the packaged recording cannot be read
     * @throws IllegalArgumentException if there is no such codec, or the number of calls is not
     *     positive
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

    /** Returns one result per codec and network, in the given order. */
    public List<ConditionResult> results() {
        return results;
    }

    /** Returns the header for the lines of {@link ConditionResult#toString}. */
    public static String head() {
        return line("network", "codec", "verified", "similarity", "missing", "other", "delay", "MOS", "not verified");
    }

    static String line(Object... columns) {
        return String.format(Locale.ROOT, "%-26s %-6s %-10s %-10s %-8s %-8s %-7s %-5s %s", columns)
                .stripTrailing();
    }

    /** Returns the whole table. */
    @Override
    public String toString() {
        return head() + results.stream().map(result -> "\n" + result).collect(Collectors.joining());
    }
}
