// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.soak.conditions.ConditionTable;
import com.techpro.callclient.testkit.soak.conditions.NetworkCondition;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code callclient judge} that make the calls to be judged. */
final class JudgedCallOptions {
    private static final int MOST = 1_000;

    @Option(
            names = "--calls",
            paramLabel = "N",
            description =
                    "Make calls instead, N in each codec over each of nineteen simulated networks, and print what was"
                            + " heard. A call takes a fraction of a second; the same seed gives the same table.")
    private @Nullable Integer calls;

    @Option(
            names = "--over",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "With --calls: only networks with it in their names, such as lost or jitter.")
    private String over = "";

    @Option(
            names = "--codecs",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "pcmu,g722,opus",
            description = "With --calls: in these codecs (default ${DEFAULT-VALUE}).")
    private List<String> codecs = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "With --calls: the seed of everything that is left to chance (default ${DEFAULT-VALUE}).")
    private long seed;

    /** Whether to make calls. */
    boolean given() {
        return calls != null;
    }

    private List<NetworkCondition> networks() {
        return NetworkCondition.usual().stream()
                .filter(network -> network.name().contains(over))
                .toList();
    }

    /** Returns what is wrong with the options' values; null if nothing. */
    @Nullable
    String mistake() {
        if (calls != null && (calls < 1 || calls > MOST)) {
            return "--calls must be 1 to " + MOST + ".";
        }
        return networks().isEmpty()
                ? "--over " + over + ": there is no such network, but "
                        + NetworkCondition.usual().stream()
                                .map(NetworkCondition::name)
                                .collect(Collectors.joining("; "))
                        + "."
                : null;
    }

    /**
     * Makes the calls and prints each line as soon as it is known.
     *
     * @throws IllegalArgumentException if there is no such codec
     */
    int run(PrintWriter out) throws IOException {
        Integer count = calls;
        if (count == null) {
            throw new IllegalStateException("no calls are to be made");
        }
        boolean[] begun = {false};
        ConditionTable.measure(networks(), codecs, count, seed, result -> {
            if (!begun[0]) {
                out.println(ConditionTable.head());
                begun[0] = true;
            }
            out.println(result);
            out.flush();
        });
        return 0;
    }
}
