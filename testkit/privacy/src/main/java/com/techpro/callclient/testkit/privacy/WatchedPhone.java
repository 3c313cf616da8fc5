// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.people.HistorySnapshot;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.Sound;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The engine as an app embeds it, on real sockets, recording everything that it shows, sends and
 * opens.
 */
final class WatchedPhone implements CallClientListener, AutoCloseable {
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final WireRecord wire = new WireRecord(new JdkNetwork(schedulers.workers()));
    private final WatchedMicrophone microphone;
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(task -> new Thread(task, "app"));
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final List<Call> incoming = new CopyOnWriteArrayList<>();
    private final String userAgent;
    private final UnaryOperator<CallClientConfig.Builder> settings;

    WatchedPhone(String userAgent, UnaryOperator<CallClientConfig.Builder> settings) {
        this.userAgent = userAgent;
        this.settings = settings;
        this.microphone =
                new WatchedMicrophone(new FakeAudio(schedulers.openLoop("audio", (thread, failure) -> fail(failure)))
                        .microphone(Sound.tone(440, 8_000)));
    }

    /** Starts the app; the caller also ends it, before the phone is closed. */
    CallClient start() {
        return CallClient.create(config().build());
    }

    CallClient start(SecureStorePort store) {
        return CallClient.create(config().platform(p -> p.store(store)).build());
    }

    private CallClientConfig.Builder config() {
        return settings.apply(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(schedulers).network(wire))
                .platform(p -> p.audio(microphone))
                .userAgent(userAgent)
                .callbacks(callbacks)
                .qualityInterval(Duration.ofMillis(200))
                .listener(this)
                .failures((thread, failure) -> fail(failure)));
    }

    private void fail(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        printed.add("DEFECT " + text);
    }

    WireRecord wire() {
        return wire;
    }

    WatchedMicrophone microphone() {
        return microphone;
    }

    /** Returns what an app would log if it logged every object it receives. */
    List<String> printed() {
        return printed;
    }

    Call awaitIncoming() {
        Await.until("a call comes in", () -> !incoming.isEmpty());
        return incoming.remove(0);
    }

    static void await(Call call, CallState state) {
        Await.until("the call is " + state, () -> call.snapshot().state().compareTo(state) >= 0);
    }

    static CallEnding awaitEnding(Call call) {
        await(call, CallState.ENDED);
        CallEnding ending = call.snapshot().ending();
        if (ending == null) {
            throw new IllegalStateException("a call that is over has an ending");
        }
        return ending;
    }

    /** Waits until there was audio in both directions. */
    static void awaitSound(Call call) {
        Await.until("sound arrives", () -> {
            var quality = call.snapshot().quality();
            return quality != null
                    && quality.receiving().packets() > 50
                    && quality.sending().packets() > 50;
        });
    }

    /**
     * Prints an object and its parts down to plain values, because an app may log them one by one.
     */
    void print(@Nullable Object shown) {
        printed.add(String.valueOf(shown));
        if (shown instanceof CallSnapshot call) {
            printParts(
                    call.caller(),
                    call.remote(),
                    call.originallyCalled(),
                    call.headers(),
                    call.quality(),
                    call.ending());
        } else if (shown instanceof Record) {
            for (RecordComponent part : shown.getClass().getRecordComponents()) {
                printParts(valueOf(part, shown));
            }
        }
    }

    private void printParts(@Nullable Object... parts) {
        for (Object part : parts) {
            if (part instanceof Collection<?> several) {
                several.forEach(this::printParts);
            } else if (part != null && part.getClass().getName().startsWith("com.techpro.callclient.")) {
                print(part);
            }
        }
    }

    private static @Nullable Object valueOf(RecordComponent part, Object whole) {
        try {
            return part.getAccessor().invoke(whole);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void favoritesChanged(FavoritesSnapshot after) {
        print(after);
    }

    @Override
    public void historyChanged(HistorySnapshot after) {
        print(after);
    }

    @Override
    public void registrationChanged(Account account, RegistrationSnapshot after) {
        print(account);
        print(after);
        if (after.failure() != null) {
            print(after.failure());
            print(after.failure().advice());
        }
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        print(call);
        print(snapshot);
        incoming.add(call);
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        print(call);
        print(event);
    }

    @Override
    public void close() {
        print(wire);
        wire.close();
        schedulers.close();
        callbacks.shutdownNow();
    }
}
