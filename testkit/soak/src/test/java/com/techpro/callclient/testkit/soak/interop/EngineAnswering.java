// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.diagnostics.SignallingLoad;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;

/** The engine, registered at SIPp, answering whatever comes. It keeps no list of calls, which would be measured with it. */
final class EngineAnswering implements Answering, CallClientListener {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Over UDP a transaction outlives its call by 32 s (timers J and L). */
    private static final Duration LINGERING = Duration.ofSeconds(40);
    /** An answer that SIPp does not acknowledge any more is given up after 32 s (timer H), and the BYE that follows after as much (timer F). */
    private static final Duration ABANDONED = Duration.ofSeconds(75);

    private static final int MOST_CALLS = 100_000;

    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "engine-answering"));
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();
    private final ProcessProbe probe = new ProcessProbe();
    private final CallClient client;
    private final String contact;

    EngineAnswering(Path directory) {
        Sipp sipp = new Sipp(directory, "u1");
        Sipp.Scenario registration = sipp.expect("register", Map.of());
        client = CallClient.create(CallClientConfig.builder()
                .callbacks(callbacks)
                .tones(CallTones.OFF)
                .listener(this)
                .maxCalls(MOST_CALLS)
                .failures((thread, failure) -> defects.add(failure))
                .build());
        Account account = client.addAccount(SipAccount.builder("1001", "pbx.test", Secret.of("pw-1001"))
                .transport(SipTransport.UDP)
                .outboundProxy(new HostPort("127.0.0.1", sipp.port()))
                .keepAlive(Duration.ofMinutes(30))
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        Await.until(
                "the engine is registered",
                () -> account.registration().state() == RegistrationState.REGISTERED,
                LIMIT);
        registration.awaitSuccess();
        contact = registration.contact();
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        call.answer(CallOptions.DEFAULT);
    }

    @Override
    public String target() {
        return contact;
    }

    @Override
    public Duration cpu() {
        return probe.cpu();
    }

    /** A call that SIPp gave up lives until its answer is given up, and sends until then. */
    @Override
    public void settle() {
        Await.until("no call is left", () -> calls() == 0, ABANDONED);
    }

    int calls() {
        return client.counters().toCompletableFuture().join().calls();
    }

    Map<String, Long> refusals() {
        return client.counters().toCompletableFuture().join().refusals();
    }

    SignallingLoad load() {
        return client.diagnostics().toCompletableFuture().join().signalling();
    }

    /** No call, dialog, media session or transaction, and no timer but those of the registration. */
    void awaitNothingLeft() {
        Await.until(
                "everything of the calls is gone",
                () -> {
                    ClientCounters held =
                            client.counters().toCompletableFuture().join();
                    return held.calls() == 0
                            && held.dialogs() == 0
                            && held.mediaSessions() == 0
                            && held.transactions() == 0
                            && held.timers() <= 2;
                },
                LINGERING);
        Assertions.assertThat(defects).isEmpty();
    }

    @Override
    public void close() {
        client.close();
        callbacks.shutdown();
    }
}
