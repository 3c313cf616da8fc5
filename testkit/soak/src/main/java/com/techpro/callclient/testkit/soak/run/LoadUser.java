// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.driver.EmailLogins;
import com.techpro.callclient.testkit.soak.driver.Verification;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.script.ConferenceCheck;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.statistics.Descriptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Users of a load test that another tool paces: an engine on real sockets, accounts with blocking
 * methods, and calls whose speech is judged as the soak's. Each account is for one thread; the
 * threads of a process share the engine.
 */
public final class LoadUser implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    /** The step in the clip, so that consecutive calls never say the same. */
    private static final double NEXT_SPEECH = 0.381966;

    private final RunEnvironment environment;
    private final SpeechClip clip;
    private final SpeechLimits limits;
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final JdkNetwork network = new JdkNetwork(schedulers.workers());
    private final Verification verification;
    private final List<String> defects = new CopyOnWriteArrayList<>();
    private final CallClient client;
    private int said;

    /**
     * Starts an engine without an account.
     *
     * @param environment stays open when the user is closed
     * @param clip the speech of its calls
     * @param limits for verified speech
     */
    public LoadUser(RunEnvironment environment, SpeechClip clip, SpeechLimits limits) {
        this(environment, clip, limits, config -> {});
    }

    /**
     * Starts an engine without an account.
     *
     * @param settings changes the engine's settings
     */
    public LoadUser(
            RunEnvironment environment,
            SpeechClip clip,
            SpeechLimits limits,
            Consumer<CallClientConfig.Builder> settings) {
        this(environment, clip, limits, machine -> machine, settings);
    }

    /** @param way makes the engine's network of this machine's */
    LoadUser(
            RunEnvironment environment,
            SpeechClip clip,
            SpeechLimits limits,
            UnaryOperator<Network> way,
            Consumer<CallClientConfig.Builder> settings) {
        this.environment = environment;
        this.clip = clip;
        this.limits = limits;
        this.verification = new Verification(new CallCheck(limits), environment.judges()::execute);
        CallClientConfig.Builder config = CallClientConfig.builder()
                .lab(lab -> lab.schedulers(schedulers)
                        .network(way.apply(network))
                        .mediaLoops(Runtime.getRuntime().availableProcessors()))
                .tones(CallTones.OFF)
                .callbacks(environment.loop()::execute)
                .userAgent(EmailLogins.USER_AGENT)
                .failures((thread, failure) -> defects.add(Descriptions.typeAndPlace(failure)));
        settings.accept(config);
        this.client = CallClient.create(config.build());
    }

    /**
     * Registers an account.
     *
     * @param media replaces the account's own media settings
     * @throws StepFailedException if the phone system refuses or does not answer within the limit;
     *     the account is removed then
     */
    public LoadAccount register(SipAccount account, MediaChoice media, Duration limit) throws StepFailedException {
        LoadAccount added = new LoadAccount(this, client.addAccount(media.applyTo(account, List.of())), media);
        try {
            added.awaitRegistered(limit);
        } catch (StepFailedException e) {
            added.extension().account().remove();
            throw e;
        }
        return added;
    }

    /**
     * Joins a conference room that nobody else uses, and leaves it. Each account sends its own
     * tone, which all others must hear, and itself must not.
     *
     * @return the gates, each green if its claim held
     */
    public List<Gate> meet(String room, List<LoadAccount> accounts) {
        return new ConferenceCheck(room, () -> 0, environment.waiting(), environment.clock())
                .hold(accounts.stream().map(LoadAccount::extension).toList(), Thread.currentThread()::isInterrupted);
    }

    /**
     * Returns exceptions thrown inside the engine: class and place, without the message, which
     * might contain personal data.
     */
    public List<String> defects() {
        return List.copyOf(defects);
    }

    RunEnvironment environment() {
        return environment;
    }

    Verification verification() {
        return verification;
    }

    SpeechLimits limits() {
        return limits;
    }

    Loop loop() {
        return environment.loop();
    }

    <T> T ask(Supplier<T> question) {
        return environment.waiting().ask(question);
    }

    /** On the loop. */
    SpeechSource nextSpeech() {
        said++;
        return new SpeechSource(clip, (int) (said * NEXT_SPEECH * clip.length()) % clip.length());
    }

    /** Hangs up, unregisters, and releases everything it uses. */
    @Override
    public void close() {
        try {
            client.shutdown(GOODBYE).toCompletableFuture().get(2 * GOODBYE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            defects.add("shutdown does not end");
        } finally {
            client.close();
            network.close();
            schedulers.close();
        }
    }
}
