// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.diagnostics.CallInputs;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.driver.EmailLogins;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.Judgements;
import com.techpro.callclient.testkit.soak.driver.UnverifiedSpeech;
import com.techpro.callclient.testkit.soak.driver.Verification;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.gate.Resources;
import com.techpro.callclient.testkit.soak.script.CallsInProgress;
import com.techpro.callclient.testkit.soak.script.FeatureCall;
import com.techpro.callclient.testkit.soak.script.LampCheck;
import com.techpro.callclient.testkit.soak.script.TextCheck;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.statistics.Descriptions;
import com.techpro.callclient.testkit.soak.statistics.Registrations;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One engine with all extensions, and the calls between them. Closing it releases everything it
 * uses.
 */
final class SoakClient implements AutoCloseable {
    private final RunEnvironment environment;
    private final Schedulers schedulers;
    private final Network network;
    private final Registrations registrations;
    private final CallsInProgress calls;
    /** The number of call ends that can be replayed after a fault. */
    private static final int TRACED_CALLS = 1_000;

    private final Judgements judgements;
    private final LampCheck lamps;
    private final TextCheck texts;
    private final List<String> defects = new CopyOnWriteArrayList<>();
    private final CallClient client;
    private volatile boolean closed;

    SoakClient(
            RunEnvironment environment,
            SoakSettings settings,
            Schedulers schedulers,
            Network network,
            RunStatistics statistics,
            SpeechLimits limits,
            UnverifiedSpeech unverified) {
        this.environment = environment;
        this.schedulers = schedulers;
        this.network = network;
        this.registrations = new Registrations(environment.loop(), statistics);
        this.judgements = new Judgements(environment.judges()::execute);
        this.calls = new CallsInProgress(
                environment.loop(),
                environment.clock(),
                settings.speech(),
                new Verification(new CallCheck(limits), judgements, unverified));
        this.lamps = new LampCheck(environment.loop());
        this.texts = new TextCheck(Seeds.random(settings.seed(), "texts"));
        this.client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(schedulers)
                        .network(network)
                        .mediaLoops(Runtime.getRuntime().availableProcessors())
                        .traceCalls(TRACED_CALLS))
                .tones(CallTones.OFF)
                .callbacks(environment.loop()::execute)
                .listener(new CallEvents())
                .userAgent(EmailLogins.USER_AGENT)
                .failures((thread, failure) -> defect(failure))
                .build());
    }

    Extension add(int index, String number, MediaChoice media, SipAccount account) {
        return environment.waiting().ask(() -> {
            Account added = client.addAccount(account);
            registrations.started(added);
            return new Extension(index, number, media, added);
        });
    }

    /** Returns logins over the same network as the engine. */
    EmailLogins logins() {
        return new EmailLogins(environment.loop(), network, schedulers.workers());
    }

    Await.OnLoop waiting() {
        return environment.waiting();
    }

    Registrations registrations() {
        return registrations;
    }

    CallsInProgress calls() {
        return calls;
    }

    Judgements judgements() {
        return judgements;
    }

    LampCheck lamps() {
        return lamps;
    }

    TextCheck texts() {
        return texts;
    }

    Loop loop() {
        return environment.loop();
    }

    /** Whether the history contains a call and its outcome. */
    boolean remembers(FeatureCall call) {
        return call.isIn(client.people().history().snapshot().entries());
    }

    /**
     * Returns exceptions thrown inside the engine: class and place, without the message, which
     * might contain personal data.
     */
    List<String> defects() {
        return defects;
    }

    boolean closed() {
        return closed;
    }

    Resources resources(ProcessProbe probe, boolean withHeap) {
        return probe.resources(
                withHeap,
                network.openLinks(),
                client.counters().toCompletableFuture().join());
    }

    /** Returns the inputs of the last calls, by the ids of the calls. Not on the loop. */
    Map<String, List<String>> callInputs() {
        return client.diagnostics().toCompletableFuture().join().callInputs().stream()
                .collect(Collectors.toMap(CallInputs::call, CallInputs::lines));
    }

    /** Unregisters, and waits for that. */
    void goodbye(Duration grace) {
        try {
            client.shutdown(grace).toCompletableFuture().get(grace.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            defects.add("shutdown does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            defect(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        network.close();
        schedulers.close();
    }

    private void defect(Throwable failure) {
        if (defects.size() < 20) {
            defects.add(Descriptions.typeAndPlace(failure));
        }
    }

    /** Receives the engine's events on the soak's loop. */
    private final class CallEvents implements CallClientListener {
        @Override
        public void registrationChanged(Account account, RegistrationSnapshot after) {
            registrations.changed(account, after);
        }

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            calls.incoming(call);
        }

        @Override
        public void callChanged(Call call, CallEvent event) {
            calls.changed(call, event);
        }
    }
}
