// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.Resources;
import com.techpro.callclient.testkit.soak.machine.LoadRule;
import com.techpro.callclient.testkit.soak.script.ConferenceCheck;
import com.techpro.callclient.testkit.soak.script.TextCheck;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import com.techpro.callclient.testkit.soak.statistics.AppUserChecks;
import com.techpro.callclient.testkit.soak.statistics.FeatureStatistics;
import com.techpro.callclient.testkit.soak.statistics.LoopbackGates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is listed is what is judged. Where a run is needed for it, {@link PhoneSystemFailuresTest} looks too. */
class GateCatalogTest {
    private static List<String> listed() {
        return GateCatalog.all().stream()
                .map(gate -> gate.id() + ": " + gate.title())
                .toList();
    }

    private static List<String> named(List<Gate> gates) {
        return gates.stream().map(gate -> gate.id() + ": " + gate.title()).toList();
    }

    @Test
    void no_gate_is_listed_twice() {
        assertThat(GateCatalog.all()).extracting(GateCatalog.Entry::id).doesNotHaveDuplicates();
    }

    @Test
    void each_gate_is_told_apart_by_its_answer_to_a_slow_machine() {
        assertThat(GateCatalog.all())
                .allSatisfy(gate ->
                        assertThat(LoadRule.knows(gate.id())).as(gate.id()).isTrue());
        assertThat(LoadRule.knows("a-gate-that-is-new")).isFalse();
    }

    @Test
    void gates_of_released_resources_are_listed() {
        ClientCounters engine = new ClientCounters(2, 0, 0, 0, 0, 2, 0, 0, Map.of(), Map.of(), Map.of(), 0, Map.of());
        Resources during = new Resources(1, Map.of(), 1, 1, engine);
        Resources bare = new Resources(-1, Map.of(), 1, 0, null);
        List<Gate> gates = new ArrayList<>(during.gatesAgainst(during, "after the calls"));
        gates.addAll(bare.gatesAgainst(bare, "at the end"));
        assertThat(listed()).containsAll(named(gates));
        assertThat(named(gates))
                .containsAll(listed().stream()
                        .filter(gate -> gate.contains("-after-the-calls") || gate.contains("-at-the-end"))
                        .toList());
    }

    @Test
    void gates_of_apps_rooms_features_and_loopbacks_are_listed() {
        List<Gate> gates = new ArrayList<>(new AppUserChecks().gates(2, false));
        gates.addAll(ConferenceCheck.gates(false, 1, List.of(new double[] {0}), 0));
        gates.addAll(new FeatureStatistics().gates(CallFeature.all(), true));
        gates.addAll(new TextCheck(Seeds.random(1)).gates());
        gates.addAll(new LoopbackGates().gates(LoopbackGates.Way.OURS, CallLimits.NONE));
        gates.addAll(new LoopbackGates().gates(LoopbackGates.Way.OTHERS, CallLimits.NONE));
        assertThat(listed()).containsAll(named(gates));
    }

    @Test
    void the_limits_that_are_listed_are_those_that_are_used() {
        for (Gate gate : new LoopbackGates().gates(LoopbackGates.Way.OURS, CallLimits.NONE)) {
            assertThat(entry(gate.id()).embedded()).isEqualTo(gate.limit());
        }
        for (Gate gate : new LoopbackGates().gates(LoopbackGates.Way.OTHERS, CallLimits.NONE)) {
            assertThat(entry(gate.id()).other()).isEqualTo(gate.limit());
        }
    }

    private static GateCatalog.Entry entry(String id) {
        return GateCatalog.all().stream()
                .filter(gate -> gate.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
