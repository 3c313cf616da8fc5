// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallListener;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.people.HistorySnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Listeners and stages: their order, and what disturbs nobody. */
class CallbacksTest {
    private final List<String> told = new ArrayList<>();

    private static String name(CallEvent event) {
        String state =
                event instanceof CallEvent.StateChanged ? " " + event.after().state() : "";
        return event.getClass().getSimpleName() + state;
    }

    private CallClientListener listener(String name) {
        return new CallClientListener() {
            @Override
            public void incomingCall(Call call, CallSnapshot snapshot) {
                told.add(name + " incoming");
            }

            @Override
            public void callChanged(Call call, CallEvent event) {
                told.add(name + " " + name(event));
            }

            @Override
            public void historyChanged(HistorySnapshot after) {
                told.add(name + " history " + after.entries().size());
            }
        };
    }

    @Test
    void the_clients_listeners_come_before_those_of_the_account_and_the_call() {
        FakeCallClient client = new FakeCallClient();
        FakeAccount account = client.loggedIn("Anna");
        account.addListener(new AccountListener() {
            @Override
            public void incomingCall(Call call, CallSnapshot snapshot) {
                told.add("account incoming");
                call.addListener((from, event) -> told.add("call " + name(event)));
            }
        });
        client.addListener(listener("client"));
        told.clear();

        FakeCall call = account.incomingCall("1002");
        call.answer().thenAccept(done -> told.add("answered"));
        call.remoteHangsUp();

        assertThat(told)
                .containsExactly(
                        "client incoming",
                        "account incoming",
                        "call StateChanged INCOMING",
                        "client StateChanged CONNECTING",
                        "call StateChanged CONNECTING",
                        "client MediaChanged",
                        "call MediaChanged",
                        "client StateChanged ESTABLISHED",
                        "call StateChanged ESTABLISHED",
                        "answered",
                        "client history 1",
                        "client Ended",
                        "call Ended");
    }

    @Test
    void events_caused_by_a_listener_follow_the_current_event() {
        FakeCallClient client = new FakeCallClient();
        FakeCall call = client.loggedIn("Anna").dial("1002");
        call.addListener((from, event) -> {
            if (event.after().state() == CallState.ESTABLISHED && event instanceof CallEvent.StateChanged) {
                from.setMuted(true).thenAccept(done -> told.add("muted"));
                told.add("first");
            }
        });
        call.addListener((from, event) -> told.add("second " + name(event)));
        told.clear();

        call.remoteAnswers();

        assertThat(told)
                .containsExactly(
                        "first",
                        "second StateChanged ESTABLISHED",
                        "second MediaChanged",
                        "second MediaChanged",
                        "muted");
    }

    @Test
    void a_listener_that_throws_disturbs_nobody() {
        FakeCallClient client = new FakeCallClient();
        IllegalArgumentException defect = new IllegalArgumentException("of the app");
        client.addListener(new CallClientListener() {
            @Override
            public void incomingCall(Call call, CallSnapshot snapshot) {
                throw defect;
            }
        });
        client.addListener(listener("second"));
        FakeAccount account = client.loggedIn("Anna");
        told.clear();

        FakeCall call = account.incomingCall("1002");

        assertThat(told).containsExactly("second incoming");
        assertThat(client.callbackFailures()).containsExactly(defect);
        assertThat(client.counters().toCompletableFuture().join().callbackFailures())
                .isEqualTo(1);
        assertThat(call.answer()).isCompletedWithValue(new CommandOutcome.Done());
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
    }

    @Test
    void waiting_inside_a_callback_is_refused_instead_of_hanging() {
        FakeCallClient client = new FakeCallClient();
        FakeCall call = client.loggedIn("Anna").incomingCall("1002");
        List<Throwable> thrown = new ArrayList<>();
        call.addListener((from, event) -> {
            try {
                from.setMuted(true).toCompletableFuture().join();
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });

        assertThat(thrown).isNotEmpty();
        assertThat(call.snapshot().muted()).isTrue();
    }

    @Test
    void a_removed_listener_hears_nothing_more_and_one_is_added_once() {
        FakeCallClient client = new FakeCallClient();
        FakeCall call = client.loggedIn("Anna").dial("1002");
        CallListener listener = (from, event) -> told.add(name(event));
        call.addListener(listener);
        call.addListener(listener);
        call.remoteRings();
        call.removeListener(listener);
        call.remoteAnswers();

        assertThat(told).containsExactly("StateChanged DIALLING", "StateChanged RINGING_OUT");
    }

    @Test
    void callbacks_run_on_the_given_executor() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        FakeCallClient client = new FakeCallClient(tasks::add);
        FakeCall call = client.loggedIn("Anna").incomingCall("1002");
        call.addListener((from, event) -> told.add(name(event)));
        var answered = call.answer();

        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
        assertThat(told).isEmpty();
        assertThat(answered).isNotDone();

        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }

        assertThat(told)
                .containsExactly(
                        "StateChanged INCOMING", "StateChanged CONNECTING", "MediaChanged", "StateChanged ESTABLISHED");
        assertThat(answered).isCompletedWithValue(new CommandOutcome.Done());
    }

    @Test
    void calls_of_several_threads_are_told_one_at_a_time() throws InterruptedException {
        FakeCallClient client = new FakeCallClient();
        FakeAccount account = client.loggedIn("Anna");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        client.addListener(new CallClientListener() {
            @Override
            public void callChanged(Call call, CallEvent event) {
                if (inside.incrementAndGet() != 1) {
                    throw new IllegalStateException("two at once");
                }
                if (event instanceof CallEvent.Ended) {
                    ended.incrementAndGet();
                }
                inside.decrementAndGet();
            }
        });
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 50; n++) {
                    FakeCall call = account.dial("1002");
                    call.remoteAnswers();
                    call.hold();
                    call.hangUp();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(client.callbackFailures()).isEmpty();
        assertThat(ended).hasValue(200);
        assertThat(client.calls()).isEmpty();
        assertThat(client.people().history().snapshot().entries()).hasSize(200);
    }

    @Test
    void stages_complete_though_the_executor_rejects_tasks() {
        FakeCallClient client = new FakeCallClient(task -> {
            throw new RejectedExecutionException();
        });
        FakeCall call = client.loggedIn("Anna").incomingCall("1002");

        assertThat(call.answer()).isCompletedWithValue(new CommandOutcome.Done());
    }

    @Test
    void impossible_events_are_refused_to_the_test() {
        FakeCallClient client = new FakeCallClient();
        FakeAccount account = client.loggedIn("Anna");
        FakeCall call = account.dial("1002");

        assertThatThrownBy(call::remoteHolds)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this cannot happen while the call is DIALLING");
        assertThatThrownBy(() -> client.loggedIn("Ben")).isInstanceOf(IllegalStateException.class);
    }
}
