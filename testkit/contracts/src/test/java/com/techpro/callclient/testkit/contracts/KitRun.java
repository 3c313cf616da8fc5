// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * The result of a kit for an adapter, run as in an author's build. The kits are tested with
 * adapters that are broken on purpose.
 */
final class KitRun {
    private final TreeMap<String, Throwable> failed = new TreeMap<>();
    private final Set<String> passed = new TreeSet<>();

    private KitRun() {}

    /**
     * Asserts that the kit reports this clause as broken, without failing itself: the other clauses
     * still pass.
     */
    static void assertCaught(Class<?> adapter, String clause) {
        KitRun run = of(adapter);
        assertThat(run.failed.keySet()).as("%s", run).anyMatch(failed -> failed.startsWith(clause));
        assertThat(run.passed).isNotEmpty();
    }

    /**
     * Asserts that the kit finds no fault in the adapter.
     *
     * @param moreThan fewer clauses than the adapter fulfils
     */
    static void assertKept(Class<?> adapter, int moreThan) {
        KitRun run = of(adapter);
        assertThat(run.failed.keySet()).as("%s", run).isEmpty();
        assertThat(run.passed).hasSizeGreaterThan(moreThan);
    }

    private static KitRun of(Class<?> adapter) {
        KitRun run = new KitRun();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(adapter))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .configurationParameter(PortContract.PRINTS, "false")
                .execute()
                .testEvents()
                .finished()
                .stream()
                .forEach(run::finished);
        return run;
    }

    /** For a test's failure. */
    @Override
    public String toString() {
        return passed.size() + " passed, failed " + failed;
    }

    private void finished(Event event) {
        String clause = event.getTestDescriptor()
                .getSource()
                .map(source -> ((MethodSource) source).getMethodName())
                .orElseThrow();
        var result = event.getRequiredPayload(TestExecutionResult.class);
        if (result.getStatus() == Status.FAILED) {
            failed.put(clause, result.getThrowable().orElseThrow());
        } else if (result.getStatus() == Status.SUCCESSFUL) {
            passed.add(clause);
        }
    }
}
