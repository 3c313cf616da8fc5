// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.test;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Classes with a {@link PbxExtension} that {@link PbxExtensionLifecycleTest} runs, and what they saw. */
final class PbxExtensionSamples {
    private static final AtomicInteger BRANCHES = new AtomicInteger();

    static final Map<String, EmbeddedPbx> SEEN = new ConcurrentHashMap<>();
    static final Map<String, String> CHANCE = new ConcurrentHashMap<>();
    static final List<SipAccount> ACCOUNTS = new CopyOnWriteArrayList<>();
    /** How many requests a test found when it had sent one. */
    static final Map<String, Integer> FOUND = new ConcurrentHashMap<>();

    static final Map<String, PbxView> VIEWS = new ConcurrentHashMap<>();

    static volatile CyclicBarrier together = new CyclicBarrier(1);
    static volatile CountDownLatch firstIsOver = new CountDownLatch(1);
    static volatile CountDownLatch otherAsked = new CountDownLatch(1);

    /** Keeps them from being run by anybody else, who selects classes by a pattern. */
    @ExtendWith(RunByTheKitAlone.class)
    interface Inside {}

    static class RunByTheKitAlone implements ExecutionCondition {
        static final String PARAMETER = "run.by.the.kit";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(PARAMETER).isPresent()
                    ? ConditionEvaluationResult.enabled("inside")
                    : ConditionEvaluationResult.disabled("a sample");
        }
    }

    static class OfTheClass implements Inside {
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

    static class OfEachTest implements Inside {
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
    static class PerClass implements Inside {
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

    static class ParallelOfTheClass implements Inside {
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

    static class ParallelOfEachTest implements Inside {
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

    abstract static class Base implements Inside {
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

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class LeavesRequests implements Inside {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001");

        @BeforeAll
        static void before() throws IOException {
            ask("before all", pbx);
        }

        @BeforeEach
        void stub() {
            pbx.pbx().on("OPTIONS").reply(486);
        }

        @Test
        void one() throws IOException {
            assertThat(ask("one", pbx)).startsWith("SIP/2.0 486 ");
        }

        @RepeatedTest(2)
        void two(RepetitionInfo repetition) throws IOException {
            assertThat(ask("two " + repetition.getCurrentRepetition(), pbx)).startsWith("SIP/2.0 486 ");
        }

        @Nested
        class Within {
            @Test
            void three() throws IOException {
                ask("three", pbx);
            }
        }
    }

    @TestInstance(Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class LeavesRequestsToOthersOfTheInstance implements Inside {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void one() throws IOException {
            ask("one", pbx);
        }

        @Test
        void two() throws IOException {
            ask("two", pbx);
        }
    }

    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class KeepsRequests implements Inside {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001").keepingState();

        @Test
        void one() throws IOException {
            ask("one", pbx);
        }

        @Test
        void two() throws IOException {
            ask("two", pbx);
        }
    }

    /** Lets a second test begin when a first one is over, or has asked and still runs. */
    static final class Turns implements BeforeEachCallback, AfterEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) throws InterruptedException {
            if (context.getRequiredTestMethod().getName().equals("two")) {
                assertThat(firstIsOver.await(20, TimeUnit.SECONDS)).isTrue();
            }
        }

        @Override
        public void afterEach(ExtensionContext context) {
            firstIsOver.countDown();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class MayRunAtTheSameTime implements Inside {
        @RegisterExtension
        @Order(1)
        static final Turns turns = new Turns();

        @RegisterExtension
        @Order(2)
        static final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void one() throws IOException {
            ask("one", pbx);
        }

        @Test
        void two() throws IOException {
            ask("two", pbx);
        }
    }

    /** Two at the same time with extensions of their own, and one after them with that of the first. */
    @Execution(ExecutionMode.CONCURRENT)
    static class LooksAtItsOwn implements Inside {
        @RegisterExtension
        @Order(1)
        static final BeforeEachCallback turns = context -> {
            if (context.getRequiredTestMethod().getName().equals("three")) {
                assertThat(firstIsOver.await(20, TimeUnit.SECONDS)).isTrue();
            }
        };

        @RegisterExtension
        @Order(2)
        static final PbxExtension pbx = PbxExtension.with("1001", "1002");

        @RegisterExtension
        @Order(3)
        static final AfterEachCallback over = context -> {
            if (context.getRequiredTestMethod().getName().equals("one")) {
                VIEWS.get("one").on("OPTIONS").reply(486);
            }
        };

        @RegisterExtension
        @Order(0)
        static final AfterEachCallback last = context -> {
            if (context.getRequiredTestMethod().getName().equals("one")) {
                firstIsOver.countDown();
            }
        };

        @Test
        void one(@PbxAccount("1001") PbxView view) throws Exception {
            looks("one", view);
        }

        @Test
        void two(@PbxAccount("1002") PbxView view) throws Exception {
            looks("two", view);
        }

        @Test
        void three(@PbxAccount("1001") PbxView view) throws Exception {
            FOUND.put("three before", view.requests().size());
            assertThat(options(view.pbx(), "1001")).startsWith("SIP/2.0 200 ");
            FOUND.put("three", view.requests().size());
        }

        private static void looks(String test, PbxView view) throws Exception {
            VIEWS.put(test, view);
            together.await(20, TimeUnit.SECONDS);
            assertThat(options(view.pbx(), view.extension())).startsWith("SIP/2.0 200 ");
            together.await(20, TimeUnit.SECONDS);
            FOUND.put(test, view.requests("OPTIONS").size());
            FOUND.put(test + " of all", view.pbx().requests("OPTIONS").size());
        }
    }

    /** JUnit runs what is of the same thread as its class beside what is not. */
    @Execution(ExecutionMode.CONCURRENT)
    static class RunsBesideAnother implements Inside {
        @RegisterExtension
        @Order(1)
        static final Turns turns = new Turns();

        @RegisterExtension
        @Order(2)
        static final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void one() throws Exception {
            ask("one", pbx);
            firstIsOver.countDown();
            assertThat(otherAsked.await(20, TimeUnit.SECONDS)).isTrue();
            FOUND.put("one at its end", pbx.pbx().requests("OPTIONS").size());
        }

        @Test
        @Execution(ExecutionMode.SAME_THREAD)
        void two() throws IOException {
            ask("two", pbx);
            otherAsked.countDown();
        }
    }

    abstract static class OfTwoClasses implements Inside {
        @RegisterExtension
        @Order(1)
        static final BeforeEachCallback turns =
                context -> assertThat(otherAsked.await(20, TimeUnit.SECONDS)).isTrue();

        @RegisterExtension
        @Order(2)
        static final PbxExtension pbx = PbxExtension.with("1001");
    }

    static class TestsWhileAnotherPrepares extends OfTwoClasses {
        @Test
        @Execution(ExecutionMode.SAME_THREAD)
        void one() throws IOException {
            ask("one", pbx);
            firstIsOver.countDown();
        }
    }

    static class PreparesWhileAnotherTests extends OfTwoClasses {
        @BeforeAll
        static void ask() throws Exception {
            PbxExtensionSamples.ask("before all", pbx);
            otherAsked.countDown();
            assertThat(firstIsOver.await(20, TimeUnit.SECONDS)).isTrue();
            FOUND.put("at its end", pbx.pbx().requests("OPTIONS").size());
        }

        @Test
        void nothing() {}
    }

    static class Parameters implements Inside {
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

    static class ParametersOfNestedClasses implements Inside {
        @RegisterExtension
        static final PbxExtension outer = PbxExtension.with("1001");

        @Test
        void one(EmbeddedPbx same) {
            assertThat(same).isSameAs(outer.pbx());
        }

        @Nested
        class Inner {
            @RegisterExtension
            static final PbxExtension pbx = PbxExtension.with("1002");

            @Test
            void two(EmbeddedPbx same, @PbxAccount("1002") SipAccount account) {
                assertThat(same).isSameAs(pbx.pbx()).isNotSameAs(outer.pbx());
                ACCOUNTS.add(account);
            }

            @Nested
            class OfEachTest {
                @RegisterExtension
                final PbxExtension own = PbxExtension.with("1003");

                @Nested
                class Innermost {
                    @RegisterExtension
                    final PbxExtension innermost = PbxExtension.with("1004");

                    @Test
                    void four(EmbeddedPbx same) {
                        assertThat(same).isSameAs(innermost.pbx()).isNotSameAs(own.pbx());
                    }
                }

                @Test
                void three(EmbeddedPbx same) {
                    assertThat(same).isSameAs(own.pbx()).isNotSameAs(pbx.pbx());
                }
            }

            @Nested
            class WithoutItsOwn {
                @Test
                void five(EmbeddedPbx same) {
                    assertThat(same).isSameAs(pbx.pbx());
                }
            }
        }
    }

    static class BreaksItsPbx implements Inside {
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

    static class BreaksItsOwnPbx implements Inside {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void breaks() throws IOException {
            breakIt(pbx.pbx());
            SEEN.put("breaks", pbx.pbx());
        }
    }

    static class CannotStart implements Inside {
        @RegisterExtension
        final PbxExtension pbx = PbxExtension.with(settings -> settings.address("192.0.2.1"));

        @Test
        void never() {}
    }

    static class Fails implements Inside {
        @RegisterExtension
        static final PbxExtension pbx = PbxExtension.with("1001");

        @Test
        void fails() {
            throw new AssertionError("on purpose");
        }
    }

    static class LeavesToChance implements Inside {
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
            phone.send(optionsTo(pbx, phone, "x"));
            assertThat(pbx.holdsWithin(() -> pbx.failures() == 1, Duration.ofSeconds(20)))
                    .isTrue();
        }
        stub.remove();
    }

    private static String ask(String test, PbxExtension extension) throws IOException {
        EmbeddedPbx pbx = extension.pbx();
        String answer = options(pbx);
        SEEN.put(test, pbx);
        FOUND.put(test, pbx.requests("OPTIONS").size());
        return answer;
    }

    /** What the PBX answers to a phone that is text in a datagram. */
    private static String options(EmbeddedPbx pbx) throws IOException {
        return options(pbx, "x");
    }

    private static String options(EmbeddedPbx pbx, String from) throws IOException {
        try (DatagramSocket phone = new DatagramSocket()) {
            phone.setSoTimeout(20_000);
            phone.send(optionsTo(pbx, phone, from));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            phone.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
        }
    }

    private static DatagramPacket optionsTo(EmbeddedPbx pbx, DatagramSocket phone, String from) {
        byte[] options = ("OPTIONS sip:pbx.test SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + phone.getLocalPort()
                        + ";branch=z9hG4bK" + BRANCHES.incrementAndGet()
                        + "\r\nMax-Forwards: 70\r\nFrom: <sip:" + from + "@pbx.test>;tag=1\r\nTo: <sip:pbx.test>\r\n"
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

    private PbxExtensionSamples() {}
}
