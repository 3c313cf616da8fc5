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
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** How long a PBX of the extension lives and whose it is, in classes that JUnit runs inside a test. */
class PbxExtensionLifecycleTest {
    private static final Map<String, EmbeddedPbx> SEEN = new ConcurrentHashMap<>();
    private static final Map<String, String> CHANCE = new ConcurrentHashMap<>();
    private static final List<SipAccount> ACCOUNTS = new CopyOnWriteArrayList<>();
    private static volatile CyclicBarrier together = new CyclicBarrier(1);
    private static volatile CountDownLatch firstIsOver = new CountDownLatch(1);

    @BeforeEach
    void forget() {
        SEEN.clear();
        CHANCE.clear();
        ACCOUNTS.clear();
        together = new CyclicBarrier(1);
        firstIsOver = new CountDownLatch(1);
    }

    @Test
    void a_static_field_is_one_pbx_for_the_class_and_those_nested_in_it() {
        succeeds(3, OfTheClass.class);

        assertThat(Set.copyOf(SEEN.values())).hasSize(1);
        assertThat(SEEN).hasSize(3);
        allAreClosed();
    }

    @Test
    void an_instance_field_is_one_pbx_for_each_test_of_nested_classes_too() {
        succeeds(3, OfEachTest.class);

        assertThat(new HashSet<>(SEEN.values())).hasSize(3);
        allAreClosed();
    }

    @Test
    void an_instance_field_of_an_instance_for_all_tests_is_one_pbx() {
        succeeds(3, PerClass.class);

        assertThat(new HashSet<>(SEEN.values())).hasSize(1);
        allAreClosed();
    }

    @Test
    void tests_at_the_same_time_share_what_their_field_is() {
        together = new CyclicBarrier(2);
        succeeds(2, ParallelOfTheClass.class);
        assertThat(new HashSet<>(SEEN.values())).hasSize(1);
        allAreClosed();

        SEEN.clear();
        succeeds(2, ParallelOfEachTest.class);
        assertThat(new HashSet<>(SEEN.values())).hasSize(2);
        allAreClosed();
    }

    @Test
    void classes_that_inherit_a_static_field_share_its_pbx_while_both_run() {
        together = new CyclicBarrier(2);
        succeeds(2, First.class, Second.class);

        assertThat(new HashSet<>(SEEN.values())).hasSize(1);
        allAreClosed();
    }

    @Test
    void the_pbx_and_accounts_at_it_are_parameters() {
        succeeds(1, Parameters.class);

        assertThat(ACCOUNTS).extracting(SipAccount::transport).containsExactly(SipTransport.TLS, SipTransport.UDP);
        assertThat(ACCOUNTS).extracting(SipAccount::user).containsExactly("1001", "1002");
    }

    @Test
    void the_test_during_which_the_pbx_failed_fails_and_no_other() {
        Events tests = run(BreaksItsPbx.class).testEvents();

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
        Events tests = run(BreaksItsOwnPbx.class).testEvents();

        tests.failed()
                .assertThatEvents()
                .haveExactly(1, event(test("breaks"), finishedWithFailure(cause(message("on purpose")))));
        allAreClosed();
    }

    @Test
    void a_pbx_that_cannot_start_fails_the_test_with_its_cause() {
        run(CannotStart.class)
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

        assertThat(printedBy(Fails.class, false)).containsOnlyOnce(hint).contains("Fails.fails()");
        assertThat(printedBy(Fails.class, true)).containsOnlyOnce(hint);
        assertThat(printedBy(BreaksItsOwnPbx.class, true)).containsOnlyOnce(hint);
        assertThat(printedBy(PerClass.class, true)).doesNotContain(hint);
    }

    @Test
    void the_same_run_leaves_the_same_to_chance_and_another_test_something_else() {
        succeeds(2, LeavesToChance.class);
        Map<String, String> first = Map.copyOf(CHANCE);
        succeeds(2, LeavesToChance.class);

        assertThat(CHANCE).isEqualTo(first).hasSize(6);
        assertThat(new HashSet<>(first.values())).hasSize(6);
    }

    // ---- Classes that these tests run ----

    static class OfTheClass {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void one() {
            saw("one", pbx);
        }

        @Nested
        class Inner {
            @Test
            void two() {
                saw("two", pbx);
            }

            @Nested
            @TestInstance(Lifecycle.PER_CLASS)
            class Innermost {
                @Test
                void three() {
                    saw("three", pbx);
                }
            }
        }
    }

    static class OfEachTest {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void one() {
            saw("one", pbx);
        }

        @Test
        void two() {
            saw("two", pbx);
        }

        @Nested
        class Inner {
            @Test
            void three() {
                saw("three", pbx);
            }
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    static class PerClass {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void one() {
            saw("one", pbx);
        }

        @Test
        void two() {
            saw("two", pbx);
        }

        @Nested
        class Inner {
            @Test
            void three() {
                saw("three", pbx);
            }
        }
    }

    static class ParallelOfTheClass {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void one() {
            saw("one", pbx);
        }

        @Test
        void two() {
            saw("two", pbx);
        }
    }

    static class ParallelOfEachTest {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void one() {
            saw("one", pbx);
        }

        @Test
        void two() {
            saw("two", pbx);
        }
    }

    abstract static class Base {
        /** Told after the extension below that a class is over. */
        @RegisterExtension
        @Order(1)
        static final AfterAllCallback over = context -> {
            if (context.getRequiredTestClass() == First.class) {
                firstIsOver.countDown();
            }
        };

        @RegisterExtension
        @Order(2)
        static final PbxExtension pbx = PbxExtension.with("1001");
    }

    static class First extends Base {
        @Test
        void one() {
            saw("one", pbx);
        }
    }

    static class Second extends Base {
        @Test
        void two() throws Exception {
            saw("two", pbx);
            assertThat(firstIsOver.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(options(pbx.pbx())).startsWith("SIP/2.0 200 ");
        }
    }

    static class Parameters {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001", "1002");

        Parameters(EmbeddedPbx ofTheConstructor) {
            assertThat(ofTheConstructor).isSameAs(pbx.pbx());
        }

        @Test
        void takes(
                EmbeddedPbx same,
                @PbxAccount("1001") SipAccount account,
                @PbxAccount(value = "1002", transport = SipTransport.UDP) SipAccount.Builder builder) {
            assertThat(same).isSameAs(pbx.pbx());
            ACCOUNTS.addAll(List.of(account, builder.build()));
        }
    }

    static class BreaksItsPbx {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void breaks() throws IOException {
            breakIt(pbx.pbx());
            SEEN.put("breaks", pbx.pbx());
        }

        @Test
        void does_not() {
            assertThat(pbx.pbx().domain()).isNotEmpty();
        }
    }

    static class BreaksItsOwnPbx {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void breaks() throws IOException {
            breakIt(pbx.pbx());
            SEEN.put("breaks", pbx.pbx());
        }
    }

    static class CannotStart {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with(settings -> settings.address("192.0.2.1"));

        @Test
        void never() {}
    }

    static class Fails {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void fails() {
            throw new AssertionError("on purpose");
        }
    }

    static class LeavesToChance {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with("1001");

        @RegisterExtension
        final PbxExtension other = PbxExtension.with("1001");

        @Test
        void one() throws IOException {
            chance("one");
        }

        @Test
        void two() throws IOException {
            chance("two");
        }

        private void chance(String test) throws IOException {
            CHANCE.put(test, toTag(options(pbx.pbx())));
            CHANCE.put(test + " other", toTag(options(other.pbx())));
            CHANCE.put(test + " engine", Long.toString(pbx.random("engine").nextLong()));
        }
    }

    private static void saw(String test, PbxExtension extension) {
        EmbeddedPbx pbx = extension.pbx();
        try {
            together.await(20, TimeUnit.SECONDS);
            assertThat(options(pbx)).startsWith("SIP/2.0 200 ");
            together.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException | IOException e) {
            throw new AssertionError("tests did not run at the same time, or the PBX does not", e);
        }
        SEEN.put(test, pbx);
    }

    private static void breakIt(EmbeddedPbx pbx) throws IOException {
        var stub = pbx.on("OPTIONS")
                .when(request -> {
                    throw new IllegalStateException("on purpose");
                })
                .reply(200);
        try (DatagramSocket phone = new DatagramSocket()) {
            phone.send(optionsTo(pbx, phone));
            assertThat(pbx.holdsWithin(() -> pbx.failures() == 1, Duration.ofSeconds(20)))
                    .isTrue();
        }
        stub.remove();
    }

    /** What the PBX answers to a phone that is text in a datagram. */
    private static String options(EmbeddedPbx pbx) throws IOException {
        try (DatagramSocket phone = new DatagramSocket()) {
            phone.setSoTimeout(20_000);
            phone.send(optionsTo(pbx, phone));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            phone.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
        }
    }

    private static DatagramPacket optionsTo(EmbeddedPbx pbx, DatagramSocket phone) {
        byte[] options = ("OPTIONS sip:pbx.test SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + phone.getLocalPort()
                        + ";branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:x@pbx.test>;tag=1\r\nTo: <sip:pbx.test>\r\n"
                        + "Call-ID: " + phone.getLocalPort() + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return new DatagramPacket(options, options.length, udp(pbx));
    }

    private static SocketAddress udp(EmbeddedPbx pbx) {
        return new InetSocketAddress("127.0.0.1", pbx.address(SipTransport.UDP).port());
    }

    private static String toTag(String answer) {
        return answer.replaceFirst("(?s).*\r\nTo: [^\r]*tag=([^\r;]+).*", "$1");
    }

    private static void succeeds(int count, Class<?>... classes) {
        EngineExecutionResults results = run(classes);
        results.allEvents().failed().assertThatEvents().isEmpty();
        results.testEvents().assertStatistics(stats -> stats.succeeded(count));
    }

    private static EngineExecutionResults run(Class<?>... classes) {
        return run(true, classes);
    }

    private static EngineExecutionResults run(boolean autodetection, Class<?>... classes) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameter(
                        "junit.jupiter.extensions.autodetection.enabled", Boolean.toString(autodetection))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.mode.default",
                        together.getParties() > 1 ? "concurrent" : "same_thread")
                .configurationParameter(
                        "junit.jupiter.execution.parallel.mode.classes.default",
                        together.getParties() > 1 ? "concurrent" : "same_thread")
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
        assertThat(SEEN).isNotEmpty();
        for (EmbeddedPbx pbx : SEEN.values()) {
            int port = pbx.address(SipTransport.TCP).port();
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
        }
    }
}
