// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The engine in this process, media sockets included, as an app that answers each call at once. */
final class AnsweringEngine implements Answerer, CallClientListener {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Over UDP a transaction outlives its call by 32 s (timers J and L). */
    private static final Duration LINGERING = Duration.ofSeconds(40);
    /**
     * An answer that is not acknowledged is given up after 32 s (timer H), and the BYE that follows
     * after as much (timer F).
     */
    private static final Duration ABANDONED = Duration.ofSeconds(75);

    private static final int MOST_CALLS = 100_000;

    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "bench-answering"));
    private final MediaClock clock = new MediaClock(new JdkSchedulers());
    private final List<Throwable> defects = new CopyOnWriteArrayList<>();
    private final ProcessProbe probe;
    private final CallClient client;
    private final String contact;

    /** Registers at SIPp, which then calls it. */
    AnsweringEngine(Sipp phoneSystem, ProcessProbe probe) {
        this.probe = probe;
        Sipp.Run registrar = phoneSystem.start("register", "", List.of("-m", "1", "-timeout", "30s"));
        client = CallClient.create(CallClientConfig.builder()
                .callbacks(callbacks)
                .tones(CallTones.OFF)
                .listener(this)
                .maxCalls(MOST_CALLS)
                .lab(lab -> lab.schedulers(clock))
                .failures((thread, failure) -> defects.add(failure))
                .build());
        Account account = client.addAccount(SipAccount.builder("1001", "pbx.test", Secret.of("pw-1001"))
                .transport(SipTransport.UDP)
                .outboundProxy(new HostPort("127.0.0.1", phoneSystem.port()))
                .keepAlive(Duration.ofMinutes(30))
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
        try (registrar) {
            Await.until(
                    "the engine is registered",
                    () -> account.registration().state() == RegistrationState.REGISTERED,
                    LIMIT);
            if (!registrar.endsWithin(LIMIT)) {
                throw new IllegalStateException("SIPp does not end");
            }
            contact = registrar.logged("contact");
        }
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        call.answer(CallOptions.DEFAULT);
    }

    /** The clock of its media loops. */
    MediaClock clock() {
        return clock;
    }

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String target() {
        return contact;
    }

    @Override
    public Duration cpu() {
        return probe.cpu();
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    /** A call that SIPp gave up lives until its answer is given up, and sends until then. */
    @Override
    public void settle() {
        Await.until("no call is left", () -> held().calls() == 0, ABANDONED);
    }

    private ClientCounters held() {
        return client.counters().toCompletableFuture().join();
    }

    /**
     * Waits until no call, dialog, media session or transaction is left, and no timer but those of
     * the registration.
     */
    void awaitNothingLeft() {
        settle();
        Await.until(
                "everything of the calls is gone",
                () -> {
                    ClientCounters held = held();
                    return held.calls() == 0
                            && held.dialogs() == 0
                            && held.mediaSessions() == 0
                            && held.transactions() == 0
                            && held.timers() <= 2;
                },
                LINGERING);
        if (!defects.isEmpty()) {
            throw new IllegalStateException("the engine failed", defects.get(0));
        }
    }

    @Override
    public void close() {
        client.close();
        callbacks.shutdown();
        clock.close();
    }
}
