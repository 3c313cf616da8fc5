// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import com.techpro.callclient.engine.ClientCounters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the process and the engine hold at one moment.
 *
 * @param heap bytes that survive a collection, or -1 if it was not measured
 * @param threads the count of each name, without trailing numbers
 * @param descriptors sockets, pipes and the like, or -1 if unknown
 * @param links of the network that the engine uses
 * @param engine null while there is no engine
 */
public record Resources(
        long heap,
        Map<String, Integer> threads,
        int descriptors,
        int links,
        @Nullable ClientCounters engine) {
    /**
     * Heap sizes vary: JDK caches fill, code compiles. After a minute's soak, a leaked call holds
     * more than this.
     */
    private static final long HEAP_SLACK = 2L << 20;

    private static final Set<String> IDLE_HTTP = Set.of("OkHttp TaskRunner", "Okio Watchdog");

    public Resources {
        threads = Map.copyOf(threads);
    }

    /** Returns the engine's counts of this, with the threads, descriptors and heap of the other. */
    public Resources withProcess(Resources other) {
        return new Resources(other.heap, other.threads, other.descriptors, links, engine);
    }

    /** Returns a copy without the threads that the HTTP library keeps for reuse. */
    public Resources withoutIdleHttp() {
        Map<String, Integer> others = new TreeMap<>(threads);
        others.keySet().removeAll(IDLE_HTTP);
        return new Resources(heap, others, descriptors, links, engine);
    }

    /** Compares each count with a baseline. */
    public List<Gate> gatesAgainst(Resources baseline, String when) {
        List<Gate> gates = new ArrayList<>();
        counts(this).forEach((name, after) -> {
            Integer before = counts(baseline).get(name);
            if (before != null) {
                gates.add(Gate.backTo(id(name, when), name + " " + when, before, after));
            }
        });
        gates.add(threadsGate(baseline, when));
        if (heap >= 0 && baseline.heap >= 0) {
            gates.add(heapGate(baseline, when));
        }
        return gates;
    }

    /** Whether every count except the heap has returned to the baseline. */
    public boolean isBackTo(Resources baseline) {
        return gatesAgainst(baseline, "").stream()
                .filter(gate -> !gate.id().startsWith("heap"))
                .allMatch(Gate::green);
    }

    private Gate heapGate(Resources baseline, String when) {
        long grown = heap - baseline.heap;
        return Gate.of(
                        id("heap", when),
                        "heap " + when,
                        String.format(Locale.ROOT, "%.1f MB, grew by %.2f MB", heap / 1048576.0, grown / 1048576.0),
                        String.format(Locale.ROOT, "growth of at most %.0f MB", HEAP_SLACK / 1048576.0),
                        grown <= HEAP_SLACK)
                .measuredAs(Figure.atMost(grown / 1048576.0, HEAP_SLACK / 1048576.0, "MB"));
    }

    private static Map<String, Integer> counts(Resources held) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        if (held.descriptors >= 0) {
            counts.put("descriptors", held.descriptors);
        }
        counts.put("sockets", held.links);
        ClientCounters engine = held.engine;
        if (engine != null) {
            counts.put("calls", engine.calls());
            counts.put("transactions", engine.transactions());
            counts.put("dialogs", engine.dialogs());
            counts.put("timers", engine.timers());
            counts.put("flows", engine.flows());
            counts.put("media sessions", engine.mediaSessions());
            counts.put("audio streams", engine.audioStreams());
        }
        return counts;
    }

    /** By name: idle threads that ended must not hide the same number of leaked ones. */
    private Gate threadsGate(Resources baseline, String when) {
        String more = new TreeMap<>(threads)
                .entrySet().stream()
                        .filter(entry -> entry.getValue() > baseline.threads.getOrDefault(entry.getKey(), 0))
                        .map(entry -> entry.getKey() + " x" + entry.getValue())
                        .collect(Collectors.joining(", "));
        int all = threads.values().stream().mapToInt(Integer::intValue).sum();
        int before =
                baseline.threads.values().stream().mapToInt(Integer::intValue).sum();
        return Gate.of(
                        id("threads", when),
                        "threads " + when,
                        Integer.toString(all),
                        "at most " + before + ", of each name",
                        more.isEmpty(),
                        more.isEmpty() ? "" : "more of: " + more)
                .measuredAs(Figure.atMost(all, before, ""));
    }

    private static String id(String what, String when) {
        return (what + " " + when).strip().replace(' ', '-');
    }

    /** Counts threads by name, without their number. */
    public static Map<String, Integer> countByName(String... names) {
        return Arrays.stream(names).collect(Collectors.toMap(Resources::withoutNumber, name -> 1, Integer::sum));
    }

    static String withoutNumber(String name) {
        return name.replaceAll("[-#]?\\d+$", "");
    }
}
