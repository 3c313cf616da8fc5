// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.ports.secret.Secret;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every method of the API that returns a stage, asked while the client is open, locked, closing and closed, and before it closes: the stage
 * completes with the value in the table. The client calls back on its own loop, which closes with it.
 */
class EveryStageTest {
    private static final Duration LONGEST = Duration.ofSeconds(70);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final String REFUSED = "IllegalStateException: the client is closed";

    /** How the text of a value begins: of one asked before the client closes, and of one asked afterwards. */
    private record Row(String method, String pending, String closed) {}

    private static Row row(String method, String pending) {
        return new Row(method, pending, REFUSED);
    }

    /** In the order in which they are asked: what ends the call or the user's data comes last. */
    private static final List<Row> STAGES = List.of(
            new Row(
                    "Account.whenRegistered",
                    "RegistrationSnapshot[state=REGISTERED",
                    "RegistrationSnapshot[state=UNREGISTERED"),
            new Row(
                    "Account.whenRegisteredOrFailed",
                    "RegistrationSnapshot[state=REGISTERED",
                    "RegistrationSnapshot[state=UNREGISTERED"),
            row("Account.register", "RegistrationSnapshot[state="),
            row("Account.updateCredentials", "RegistrationSnapshot[state="),
            row("Account.publishPresence", "Withdrawn"),
            row("Account.withdrawPresence", "AccountGone"),
            row("Account.sendMessage", "Refused[id="),
            row("Account.confirmDisplayed", "Refused[id="),
            new Row("Call.whenEstablished", "Established", "Ended"),
            row("Call.answer", "Refused[reason=NOT_RINGING_HERE"),
            row("Call.silence", "Refused[reason=NOT_RINGING_HERE"),
            row("Call.reject", "Refused[reason=NOT_RINGING_HERE"),
            row("Call.forward", "Refused[reason=NOT_RINGING_HERE"),
            row("Call.acceptTransfer", "Refused[reason=NO_TRANSFER_REQUESTED"),
            row("Call.refuseTransfer", "Refused[reason=NO_TRANSFER_REQUESTED"),
            row("Call.hold", "Done"),
            row("Call.resume", "Done"),
            row("Call.setMuted", "Done"),
            row("Call.useDevices", "Done"),
            row("Call.sendDtmf", "Done"),
            new Row("CallClient.counters", "ClientCounters", "ClientCounters[accounts=0, calls=0"),
            new Row("CallClient.diagnostics", "DiagnosticsReport", "DiagnosticsReport"),
            new Row("CallClient.wake", "WakeOutcome[result=CLOSED", "WakeOutcome[result=CLOSED"),
            row("CallClient.login", "AlreadyLoggedIn"),
            row("CallClient.restore", "AlreadyLoggedIn"),
            row("Updates.check", "Failed[problem=OFF"),
            new Row("CallCompletion.outcome", "Cancelled", "Cancelled"),
            row("CallForwarding.set", "Done"),
            row("DoNotDisturb.set", "Done"),
            row("Conference.setMuted", "Done"),
            row("Conference.toggleRoomMute", "Refused[reason=UNKNOWN_KEYS"),
            row("Conference.toggleMembersMute", "Refused[reason=UNKNOWN_KEYS"),
            row("Conference.add", "Unsupported"),
            row("Conference.remove", "Unsupported"),
            row("Conferences.rooms", "Listed"),
            row("Conferences.refresh", "Listed"),
            row("Directory.lookUp", "Caller"),
            row("Directory.search", "["),
            row("Directory.refresh", "Done"),
            row("History.refresh", "Done"),
            row("History.delete", "Done"),
            row("History.clear", "Done"),
            row("TextMessages.markRead", "Done"),
            row("TextMessages.delete", "Done"),
            row("TextMessages.deleteConversation", "Done"),
            row("TextMessages.clear", "Done"),
            row("Playback.pause", "Done"),
            row("Playback.seek", "Done"),
            row("Playback.route", "Done"),
            row("Playback.resume", "Refused[reason=IN_CALL"),
            row("Favorites.add", "Done"),
            row("Favorites.move", "Refused[reason=NO_SUCH_FAVORITE"),
            row("Favorites.remove", "Refused[reason=NO_SUCH_FAVORITE"),
            row("Favorites.showLamps", "Refused[reason=NO_SUCH_ACCOUNT"),
            row("Voicemail.markHeard", "VoicemailOutcome[problem=NO_SUCH_MESSAGE"),
            row("Voicemail.delete", "VoicemailOutcome[problem=NOT_AVAILABLE"),
            row("Voicemail.undelete", "VoicemailOutcome[problem=NOT_AVAILABLE"),
            row("Voicemail.purge", "VoicemailOutcome[problem=NOT_AVAILABLE"),
            row("Voicemail.greetings", "Failed[problem=NOT_AVAILABLE"),
            row("Voicemail.refresh", "VoicemailOutcome[problem=NOT_AVAILABLE"),
            row("Voicemail.more", "VoicemailOutcome[problem=NOT_AVAILABLE"),
            row("AppLock.change", "LockOutcome[result="),
            row("AppLock.setPin", "LockOutcome[result="),
            row("AppLock.unlock", "LockOutcome[result="),
            row("AppLock.unlockWithPin", "LockOutcome[result="),
            row("AppLock.unlockWithBiometrics", "LockOutcome[result="),
            row("Privacy.trim", "TrimmedStorage"),
            row("Privacy.export", "Exported"),
            row("Call.merge", "Done"),
            row("Call.transferTo", "Refused[reason=ENDED"),
            row("Call.transfer", "Refused[reason=TRANSFERRING_ALREADY"),
            row("Conference.leave", "Done"),
            row("Privacy.erase", "NotErased[reason=FAILED"),
            row("CallClient.logout", "LogoutResult[unregistered=false"),
            new Row("CallClient.shutdown", "null", "null"));

    private final EveryHandleScene scene = new EveryHandleScene(config -> config.callbacks(null));
    private final CallClient client = scene.office.alice.client;

    @AfterEach
    void close() {
        scene.close();
    }

    private static List<String> names() {
        return STAGES.stream().map(Row::method).collect(Collectors.toList());
    }

    private List<Method> stages() {
        List<Method> stages = scene.methods(name -> true);
        stages.removeIf(method -> method.getReturnType() != CompletionStage.class);
        stages.sort(Comparator.comparingInt(method -> names().indexOf(EveryHandleScene.name(method))));
        return stages;
    }

    /** What each of them returns, or what it throws in words. */
    private Map<Method, Object> askAll() {
        Map<Method, Object> asked = new LinkedHashMap<>();
        for (Method method : stages()) {
            try {
                asked.put(method, scene.call(method));
            } catch (RuntimeException e) {
                asked.put(method, e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
        return asked;
    }

    private void assertAnswered(Map<Method, Object> asked, Function<Row, String> expected) {
        asked.forEach((method, answer) -> {
            String name = EveryHandleScene.name(method);
            if (answer instanceof CompletionStage<?> stage) {
                assertThat(stage.toCompletableFuture()).as(name).isCompleted();
            }
            Object value = answer instanceof CompletionStage<?> stage
                    ? stage.toCompletableFuture().join()
                    : answer;
            assertThat(String.valueOf(value)).as(name).startsWith(expected.apply(STAGES.get(names().indexOf(name))));
        });
    }

    private void assertClosed() {
        Map<Method, Object> asked = askAll();
        scene.office.scene.pass(LONGEST);
        assertAnswered(asked, Row::closed);
    }

    /** Each is asked alone; returns what those throw that refuse. */
    private List<RuntimeException> assertEachCompletes() {
        List<RuntimeException> refusals = new ArrayList<>();
        for (Method method : stages()) {
            CompletableFuture<?> stage;
            try {
                stage = ((CompletionStage<?>) scene.call(method)).toCompletableFuture();
            } catch (RuntimeException e) {
                refusals.add(e);
                continue;
            }
            for (Duration passed = Duration.ZERO; passed.compareTo(LONGEST) < 0 && !stage.isDone(); ) {
                scene.office.scene.pass(STEP);
                passed = passed.plus(STEP);
            }
            assertThat(stage).as(EveryHandleScene.name(method)).isCompleted();
        }
        return refusals;
    }

    @Test
    void the_table_has_every_method_that_returns_a_stage() {
        assertThat(names())
                .containsExactlyInAnyOrderElementsOf(
                        stages().stream().map(EveryHandleScene::name).collect(Collectors.toSet()));
    }

    @Test
    void an_open_client_completes_each() {
        assertThat(assertEachCompletes()).isEmpty();
    }

    @Test
    void a_locked_client_completes_or_refuses_each() {
        AppLock lock = client.lock();
        scene.office.await(lock.change(
                new AppLock.Settings(AppLock.Mode.PASSWORD, null, null),
                new AppLock.Proof.Password(Secret.of("secret"))));
        lock.lockNow();

        assertThat(assertEachCompletes()).isNotEmpty().hasOnlyElementsOfType(LockedException.class);
    }

    @Test
    void those_pending_at_close_complete_and_a_closed_client_answers_or_refuses() {
        Map<Method, Object> asked = askAll();
        client.close();
        scene.office.scene.pass(LONGEST);

        assertAnswered(asked, Row::pending);
        assertClosed();
    }

    @Test
    void a_client_that_shuts_down_answers_or_refuses_and_so_it_does_afterwards() {
        CompletionStage<Void> shutDown = client.shutdown(Duration.ofSeconds(30));
        Map<Method, Object> asked = askAll();
        scene.office.scene.pass(LONGEST);

        assertThat(shutDown).isCompleted();
        assertAnswered(asked, row -> row.method().equals("CallClient.counters") ? "ClientCounters" : row.closed());
        assertClosed();
    }
}
