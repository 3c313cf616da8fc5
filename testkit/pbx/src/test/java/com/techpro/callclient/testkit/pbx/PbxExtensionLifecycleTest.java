// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.cause;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** How long a PBX of the extension lives and whose it is, in classes that JUnit runs inside a test. */
class PbxExtensionLifecycleTest {
    @BeforeEach
    void forget() {
        PbxExtensionSamples.SEEN.clear();
        PbxExtensionSamples.CHANCE.clear();
        PbxExtensionSamples.ACCOUNTS.clear();
        PbxExtensionSamples.FOUND.clear();
        PbxExtensionSamples.together = new CyclicBarrier(1);
        PbxExtensionSamples.firstIsOver = new CountDownLatch(1);
        PbxExtensionSamples.otherAsked = new CountDownLatch(1);
    }

    @Test
    void a_static_field_is_one_pbx_for_the_class_and_those_nested_in_it() {
        succeeds(3, PbxExtensionSamples.OfTheClass.class);

        assertThat(Set.copyOf(PbxExtensionSamples.SEEN.values())).hasSize(1);
        assertThat(PbxExtensionSamples.SEEN).hasSize(3);
        allAreClosed();
    }

    @Test
    void an_instance_field_is_one_pbx_for_each_test_of_nested_classes_too() {
        succeeds(3, PbxExtensionSamples.OfEachTest.class);

        assertThat(new HashSet<>(PbxExtensionSamples.SEEN.values())).hasSize(3);
        allAreClosed();
    }

    @Test
    void an_instance_field_of_an_instance_for_all_tests_is_one_pbx() {
        succeeds(3, PbxExtensionSamples.PerClass.class);

        assertThat(new HashSet<>(PbxExtensionSamples.SEEN.values())).hasSize(1);
        allAreClosed();
    }

    @Test
    void concurrent_tests_share_a_static_field_and_not_an_instance_field() {
        PbxExtensionSamples.together = new CyclicBarrier(2);
        succeeds(2, PbxExtensionSamples.ParallelOfTheClass.class);
        assertThat(new HashSet<>(PbxExtensionSamples.SEEN.values())).hasSize(1);
        allAreClosed();

        PbxExtensionSamples.SEEN.clear();
        succeeds(2, PbxExtensionSamples.ParallelOfEachTest.class);
        assertThat(new HashSet<>(PbxExtensionSamples.SEEN.values())).hasSize(2);
        allAreClosed();
    }

    @Test
    void classes_that_inherit_a_static_field_share_its_pbx_while_both_run() {
        PbxExtensionSamples.together = new CyclicBarrier(2);
        succeeds(2, PbxExtensionSamples.First.class, PbxExtensionSamples.Second.class);

        assertThat(new HashSet<>(PbxExtensionSamples.SEEN.values())).hasSize(1);
        allAreClosed();
    }

    @Test
    void a_test_finds_nothing_of_those_before_it() {
        succeeds(4, PbxExtensionSamples.LeavesRequests.class);

        assertThat(PbxExtensionSamples.FOUND)
                .isEqualTo(Map.of("before all", 1, "one", 1, "two 1", 1, "two 2", 1, "three", 1));
        assertThat(new HashSet<>(PbxExtensionSamples.SEEN.values())).hasSize(1);
        allAreClosed();
    }

    @Test
    void a_test_finds_nothing_of_others_of_its_instance() {
        succeeds(2, PbxExtensionSamples.LeavesRequestsToOthersOfTheInstance.class);

        assertThat(PbxExtensionSamples.FOUND).isEqualTo(Map.of("one", 1, "two", 1));
    }

    @Test
    void a_test_sees_earlier_requests_if_they_are_kept() {
        succeeds(2, PbxExtensionSamples.KeepsRequests.class);

        assertThat(PbxExtensionSamples.FOUND).isEqualTo(Map.of("one", 1, "two", 2));
    }

    @Test
    void nothing_is_taken_from_tests_that_may_run_at_the_same_time() {
        PbxExtensionSamples.together = new CyclicBarrier(2);
        succeeds(2, PbxExtensionSamples.MayRunAtTheSameTime.class);

        assertThat(PbxExtensionSamples.FOUND).isEqualTo(Map.of("one", 1, "two", 2));
    }

    @Test
    void concurrent_tests_see_only_their_own_data_and_leave_none_behind() {
        PbxExtensionSamples.together = new CyclicBarrier(2);
        succeeds(3, PbxExtensionSamples.LooksAtItsOwn.class);

        assertThat(PbxExtensionSamples.FOUND)
                .isEqualTo(Map.of("one", 1, "two", 1, "one of all", 2, "two of all", 2, "three before", 0, "three", 1));
    }

    @Test
    void nothing_is_taken_from_a_test_that_runs() {
        PbxExtensionSamples.together = new CyclicBarrier(2);
        succeeds(2, PbxExtensionSamples.RunsBesideAnother.class);

        assertThat(PbxExtensionSamples.FOUND).isEqualTo(Map.of("one", 1, "two", 2, "one at its end", 2));
    }

    @Test
    void nothing_is_taken_from_a_class_that_shares_an_inherited_field() {
        PbxExtensionSamples.together = new CyclicBarrier(2);
        succeeds(
                2,
                PbxExtensionSamples.TestsWhileAnotherPrepares.class,
                PbxExtensionSamples.PreparesWhileAnotherTests.class);

        assertThat(PbxExtensionSamples.FOUND).isEqualTo(Map.of("before all", 1, "one", 2, "at its end", 2));
    }

    @Test
    void sequential_tests_reset_the_pbx_in_every_mode() {
        succeeds(2, false, PbxExtensionSamples.MayRunAtTheSameTime.class);

        assertThat(PbxExtensionSamples.FOUND).isEqualTo(Map.of("one", 1, "two", 1));
    }

    @Test
    void the_pbx_and_accounts_at_it_are_parameters() {
        succeeds(1, PbxExtensionSamples.Parameters.class);

        assertThat(PbxExtensionSamples.ACCOUNTS)
                .extracting(SipAccount::transport)
                .containsExactly(SipTransport.TLS, SipTransport.UDP);
        assertThat(PbxExtensionSamples.ACCOUNTS).extracting(SipAccount::user).containsExactly("1001", "1002");
    }

    @Test
    void parameters_in_a_nested_class_are_of_the_nearest_pbx() {
        succeeds(5, PbxExtensionSamples.ParametersOfNestedClasses.class);

        assertThat(PbxExtensionSamples.ACCOUNTS).extracting(SipAccount::user).containsExactly("1002");
    }

    @Test
    void the_test_during_which_the_pbx_failed_fails_and_no_other() {
        Events tests = run(PbxExtensionSamples.BreaksItsPbx.class).testEvents();

        tests.assertStatistics(stats -> stats.succeeded(1).failed(1));
        tests.failed()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("breaks"),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message("the PBX itself failed 1 times"),
                                        cause(message("on purpose")))));
        allAreClosed();
    }

    @Test
    void a_pbx_of_one_test_alone_fails_that_test_when_it_is_closed() {
        Events tests = run(PbxExtensionSamples.BreaksItsOwnPbx.class).testEvents();

        tests.failed()
                .assertThatEvents()
                .haveExactly(1, event(test("breaks"), finishedWithFailure(cause(message("on purpose")))));
        allAreClosed();
    }

    @Test
    void a_pbx_that_cannot_start_fails_the_test_with_its_cause() {
        run(PbxExtensionSamples.CannotStart.class)
                .testEvents()
                .failed()
                .assertThatEvents()
                .haveExactly(1, event(finishedWithFailure(message(text -> text.contains("cannot be served at")))));
        Await.until(
                "nothing of it runs any more",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().endsWith("pbx")));
    }

    @Test
    void a_failure_prints_the_seed_once_wherever_it_was_found() {
        String hint = "-D" + Seeds.PROPERTY + "=" + Seeds.run();

        assertThat(printedBy(PbxExtensionSamples.Fails.class, false))
                .containsOnlyOnce(hint)
                .contains("Fails.fails()");
        assertThat(printedBy(PbxExtensionSamples.Fails.class, true)).containsOnlyOnce(hint);
        assertThat(printedBy(PbxExtensionSamples.BreaksItsOwnPbx.class, true)).containsOnlyOnce(hint);
        assertThat(printedBy(PbxExtensionSamples.PerClass.class, true)).doesNotContain(hint);
    }

    @Test
    void the_same_run_leaves_the_same_to_chance_and_another_test_something_else() {
        succeeds(2, PbxExtensionSamples.LeavesToChance.class);
        Map<String, String> first = Map.copyOf(PbxExtensionSamples.CHANCE);
        succeeds(2, PbxExtensionSamples.LeavesToChance.class);

        assertThat(PbxExtensionSamples.CHANCE).isEqualTo(first).hasSize(6);
        assertThat(new HashSet<>(first.values())).hasSize(6);
    }

    private static void succeeds(int count, Class<?>... classes) {
        succeeds(count, true, classes);
    }

    private static void succeeds(int count, boolean parallel, Class<?>... classes) {
        EngineExecutionResults results = run(true, parallel, classes);
        results.allEvents().failed().assertThatEvents().isEmpty();
        results.testEvents().assertStatistics(stats -> stats.succeeded(count));
    }

    private static EngineExecutionResults run(Class<?>... classes) {
        return run(true, classes);
    }

    private static EngineExecutionResults run(boolean autodetection, Class<?>... classes) {
        return run(autodetection, true, classes);
    }

    private static EngineExecutionResults run(boolean autodetection, boolean parallel, Class<?>... classes) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameter(PbxExtensionSamples.RunByTheKitAlone.PARAMETER, "true")
                .configurationParameter(
                        "junit.jupiter.extensions.autodetection.enabled", Boolean.toString(autodetection))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
                .configurationParameter(
                        "junit.jupiter.execution.parallel.mode.default",
                        PbxExtensionSamples.together.getParties() > 1 ? "concurrent" : "same_thread")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.mode.classes.default",
                        PbxExtensionSamples.together.getParties() > 1 ? "concurrent" : "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        for (Class<?> type : classes) {
            kit.selectors(selectClass(type));
        }
        return kit.execute();
    }

    private static String printedBy(Class<?> type, boolean autodetection) {
        PrintStream console = System.err;
        var written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            assertThat(run(autodetection, type).allEvents().count()).isPositive();
        } finally {
            System.setErr(console);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    private static void allAreClosed() {
        assertThat(PbxExtensionSamples.SEEN).isNotEmpty();
        for (EmbeddedPbx pbx : PbxExtensionSamples.SEEN.values()) {
            int port = pbx.address(SipTransport.TCP).port();
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
        }
    }
}
