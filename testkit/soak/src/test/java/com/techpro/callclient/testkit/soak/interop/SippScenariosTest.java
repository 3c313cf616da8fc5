// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@link SippScenarios}, each with a SIPp and a phone of its own, many at once: most of what they do is waiting. */
@Tag("interop")
class SippScenariosTest {
    private static final int AT_ONCE = 8;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Map<String, Future<?>> RUNS = new LinkedHashMap<>();

    @TempDir
    static Path directory;

    private static final ExecutorService POOL = Executors.newFixedThreadPool(AT_ONCE);

    @BeforeAll
    static void startAll() {
        int number = 0;
        for (SippScenario scenario : scenarios()) {
            Path own = directory.resolve("line-" + ++number);
            RUNS.put(scenario.title(), POOL.submit(() -> play(scenario, own)));
        }
    }

    @AfterAll
    static void list() {
        POOL.shutdownNow();
        long passed = 0;
        StringBuilder list = new StringBuilder();
        for (Map.Entry<String, Future<?>> run : RUNS.entrySet()) {
            boolean ok = failure(run.getValue()) == null;
            passed += ok ? 1 : 0;
            list.append(ok ? "  passed  " : "  FAILED  ").append(run.getKey()).append('\n');
        }
        System.out.println("SIPp scenarios: " + passed + " passed of " + RUNS.size() + " tried\n" + list);
    }

    /** All, or those whose titles have in them what {@code -Dsipp.scenario} says. */
    static List<SippScenario> scenarios() {
        return SippScenarios.all().stream()
                .filter(scenario -> scenario.title().matches(".*(" + System.getProperty("sipp.scenario", "") + ").*"))
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void each_SIPp_scenario_has_its_expected_outcome(SippScenario scenario) {
        Throwable failure = failure(RUNS.get(scenario.title()));
        if (failure != null) {
            throw new AssertionError(scenario.title(), failure);
        }
    }

    @Test
    void each_line_has_a_title_of_its_own() {
        assertThat(RUNS).hasSameSizeAs(scenarios());
    }

    private static @Nullable Throwable failure(Future<?> run) {
        try {
            run.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    private static void play(SippScenario scenario, Path directory) {
        Sipp system = new Sipp(directory, "u1", scenario.address());
        Sipp peer = scenario.beyond() == null ? system : new Sipp(directory.resolve("peer"), "u1", scenario.address());
        Sipp.Scenario registration = system.expect("register", Map.of());
        EnginePhone phone = new EnginePhone(
                        SipAccount.builder("1001", "pbx.test", Secret.of("pw-1001"))
                                .transport(SipTransport.UDP)
                                .outboundProxy(new HostPort(scenario.address(), system.port()))
                                .keepAlive(Duration.ofMinutes(30))
                                .securityFloor(SecurityFloor.DEFAULT
                                        .labAllowCleartextSignalling()
                                        .labAllowCleartextMedia()),
                        null)
                .awaitRegistered();
        try {
            registration.awaitSuccess();
            new SippPhone(scenario, phone, system, peer, registration.contact()).play();
        } finally {
            phone.vanish();
        }
    }

    /** A registered phone, and what its user does. */
    private record SippPhone(SippScenario scenario, EnginePhone phone, Sipp system, Sipp peer, String contact) {
        void play() {
            boolean called = scenario.part().isCalled();
            if (scenario.part().answersAtOnce()) {
                phone.answering();
            }
            if (scenario.part() == SippScenario.Part.FORWARDS_ALL) {
                assertThat(phone.client()
                                .incomingCalls()
                                .forwarding()
                                .set(ForwardingRules.NONE.withAlways("3000"))
                                .toCompletableFuture()
                                .join()
                                .isDone())
                        .isTrue();
            }
            Sipp.Scenario beyond =
                    scenario.beyond() == null ? null : system.expect(scenario.beyond(), scenario.words());
            Sipp.Scenario played = called
                    ? peer.play(scenario.file(), contact, scenario.words())
                    : peer.expect(scenario.file(), scenario.words());
            try {
                if (called) {
                    isCalled(played);
                } else {
                    calls(played);
                }
                if (beyond != null) {
                    beyond.awaitSuccess();
                }
                if (scenario.part() == SippScenario.Part.DIALS_A_FORK_AND_HANGS_UP) {
                    assertThat(phone.counters().mediaSessions()).isZero();
                } else {
                    phone.awaitNoCalls();
                }
            } catch (AssertionError e) {
                e.addSuppressed(new AssertionError(played.report()));
                throw e;
            }
        }

        private void isCalled(Sipp.Scenario played) {
            if (scenario.part().leadsToNoCall()) {
                played.awaitSuccess();
                phone.assertNoMoreCalls();
                return;
            }
            Call call = phone.awaitIncoming();
            switch (scenario.part()) {
                case ANSWERS_AFTER_PRACK -> {
                    Await.until("PRACK came", () -> played.messages("PRACK sip:") > 0, LIMIT);
                    call.answer();
                }
                case FORWARDS -> call.forward("3000");
                case ANSWERS_AND_HOLDS -> {
                    EnginePhone.awaitState(call, CallState.ESTABLISHED);
                    call.hold();
                }
                case ANSWERS_AND_AGREES_TO_TRANSFER -> {
                    phone.awaitEvent(CallEvent.TransferRequested.class);
                    call.acceptTransfer();
                }
                default -> {}
            }
            over(call, played);
            phone.assertNoMoreCalls();
        }

        private void calls(Sipp.Scenario played) {
            Call call = phone.account().dial("2000");
            switch (scenario.part()) {
                case DIALS -> {}
                case DIALS_AND_GIVES_UP -> {
                    EnginePhone.awaitState(call, CallState.RINGING_OUT);
                    call.hangUp();
                }
                case DIALS_AND_HANGS_UP, DIALS_A_FORK_AND_HANGS_UP -> {
                    EnginePhone.awaitState(call, CallState.ESTABLISHED);
                    hangUp(call, played);
                }
                case DIALS_AND_HOLDS -> {
                    EnginePhone.awaitState(call, CallState.ESTABLISHED);
                    call.hold();
                    EnginePhone.awaitHold(call, HoldState.LOCAL);
                    Await.until("the re-INVITE was acknowledged", () -> played.messages("ACK sip:") >= 2, LIMIT);
                    hangUp(call, played);
                }
                case DIALS_AND_LOSES_ON_HOLD -> {
                    EnginePhone.awaitState(call, CallState.ESTABLISHED);
                    call.hold();
                }
                case DIALS_AND_TRANSFERS -> {
                    EnginePhone.awaitState(call, CallState.ESTABLISHED);
                    call.transfer("3000");
                }
                case DIALS_AND_TRANSFERS_IN_VAIN -> {
                    EnginePhone.awaitState(call, CallState.ESTABLISHED);
                    call.transfer("3000").toCompletableFuture().join();
                    assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
                    call.hangUp();
                }
                default -> throw new AssertionError(scenario.part());
            }
            over(call, played);
        }

        private void hangUp(Call call, Sipp.Scenario played) {
            for (SippScenario.Count count : scenario.counts()) {
                Await.until(
                        count.startLine() + " comes " + count.least() + " times",
                        () -> played.messages(count.startLine()) >= count.least(),
                        LIMIT);
            }
            call.hangUp();
        }

        private void over(Call call, Sipp.Scenario played) {
            played.awaitSuccess();
            assertThat(EnginePhone.awaitEnding(call).code()).isEqualTo(scenario.ending());
            for (SippScenario.Count count : scenario.counts()) {
                assertThat(played.messages(count.startLine()))
                        .as(count.startLine())
                        .isBetween((long) count.least(), (long) count.most());
            }
        }
    }
}
