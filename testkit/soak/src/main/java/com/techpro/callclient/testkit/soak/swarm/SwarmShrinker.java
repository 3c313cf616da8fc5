// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes events out of a failing plan until none can go without the failure (Zeller and Hildebrandt 2002: ddmin). */
final class SwarmShrinker {
    private SwarmShrinker() {}

    /** @param fails whether a plan shows the same failure; it answers false to end the search */
    static SwarmPlan shrink(SwarmPlan failing, Predicate<SwarmPlan> fails) {
        List<SwarmEvent> events = failing.events();
        int parts = 2;
        while (events.size() >= 2) {
            List<SwarmEvent> fewer = without(failing, events, parts, fails);
            if (fewer != null) {
                events = fewer;
                parts = Math.max(parts - 1, 2);
            } else if (parts >= events.size()) {
                break;
            } else {
                parts = Math.min(events.size(), 2 * parts);
            }
        }
        return failing.withEvents(events);
    }

    /** Returns the events without the first of so many parts that can go; null if each is needed. */
    private static @Nullable List<SwarmEvent> without(
            SwarmPlan plan, List<SwarmEvent> events, int parts, Predicate<SwarmPlan> fails) {
        for (int part = 0; part < parts; part++) {
            List<SwarmEvent> fewer = new ArrayList<>(events);
            fewer.subList(part * events.size() / parts, (part + 1) * events.size() / parts)
                    .clear();
            if (fails.test(plan.withEvents(fewer))) {
                return fewer;
            }
        }
        return null;
    }
}
