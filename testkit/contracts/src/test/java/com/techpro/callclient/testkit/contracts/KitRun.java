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

/** What a kit said of an adapter, run as an author's build runs it: the kits are tested by adapters that are broken on purpose. */
final class KitRun {
    private final TreeMap<String, Throwable> failed = new TreeMap<>();
    private final Set<String> passed = new TreeSet<>();

    private KitRun() {}

    /** The kit says that the adapter does not keep this clause, and not by a fault of its own: the rest goes on working. */
    static void assertCaught(Class<?> adapter, String clause) {
        KitRun run = of(adapter);
        assertThat(run.failed.keySet()).as("%s", run).anyMatch(failed -> failed.startsWith(clause));
        assertThat(run.passed).isNotEmpty();
    }

    /**
     * The kit finds nothing wrong with the adapter.
     *
     * @param moreThan fewer clauses than it keeps
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
