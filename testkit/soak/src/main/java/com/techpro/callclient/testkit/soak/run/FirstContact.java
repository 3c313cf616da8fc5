// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.testkit.soak.run.FirstRegistrations.Obstacle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Checks whether anybody is registered. If all first registrations were refused or timed out,
 * everything else would fail for that one reason. The run then ends and reports it. Runs on the
 * caller's thread.
 */
final class FirstContact {
    /** A missing answer is reported after this. */
    private static final Duration SILENCE = Duration.ofSeconds(2);
    /** The engine limits a connection attempt to ten seconds, and then reports the cause itself. */
    private static final Duration LIMIT = Duration.ofSeconds(12);

    private final SoakClient client;
    private final FirstRegistrations told;
    private final BooleanSupplier stopped;

    FirstContact(SoakClient client, FirstRegistrations told, BooleanSupplier stopped) {
        this.client = client;
        this.told = told;
        this.stopped = stopped;
    }

    /** Returns the obstacle; empty if somebody is registered, or the run was ended. */
    Optional<Obstacle> find() {
        boolean decided = client.waiting().until(SILENCE, this::isDecided);
        if (!decided) {
            told.awaited(LIMIT);
            client.waiting().until(LIMIT.minus(SILENCE), this::isDecided);
        }
        Optional<Obstacle> found = client.waiting()
                .ask(() -> stopped.getAsBoolean() || client.registrations().anybody()
                        ? Optional.<Obstacle>empty()
                        : Optional.of(obstacle(client.registrations().refusals())));
        found.ifPresentOrElse(told::failed, told::begun);
        return found;
    }

    private boolean isDecided() {
        return stopped.getAsBoolean()
                || client.registrations().anybody()
                || client.registrations().nobodyIsLeft();
    }

    /** @param refusals the failures of those that were refused */
    static Obstacle obstacle(List<Failure> refusals) {
        Map<String, Long> counts =
                refusals.stream().collect(Collectors.groupingBy(Failure::code, TreeMap::new, Collectors.counting()));
        Optional<String> most = counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .map(Map.Entry::getKey);
        if (most.isEmpty()) {
            return new Obstacle(
                    "no-answer",
                    "Nobody is registered: the phone system has not answered within " + LIMIT.toSeconds()
                            + " s; check its address and the network. (no-answer)");
        }
        String code = most.get();
        String advice = refusals.stream()
                .filter(failure -> failure.code().equals(code))
                .findFirst()
                .map(Failure::advice)
                .orElse("");
        String codes = counts.size() == 1
                ? code
                : counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return new Obstacle(code, "Nobody is registered: " + advice + " (" + codes + ")");
    }
}
