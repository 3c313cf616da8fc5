// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.internal.jdk.JdkNetwork;
import com.techpro.callclient.engine.internal.jdk.JdkSchedulers;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import com.techpro.callclient.testkit.soak.verify.CallCheck;
import com.techpro.callclient.testkit.soak.verify.SpeechLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Users of a load test whose pace somebody else sets: an engine on real sockets, with accounts that are used by verbs which wait, and calls whose speech is judged as
 * the soak's. Each account is for one thread; the threads of a process share the engine.
 */
public final class LoadUser implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    /** Of the clip, so that what is said next is never what was said a moment ago. */
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
     * Starts one, without an account.
     *
     * @param environment stays open when the user is closed
     * @param clip what its calls say
     * @param limits what still counts as having been heard
     */
    public LoadUser(RunEnvironment environment, SpeechClip clip, SpeechLimits limits) {
        this.environment = environment;
        this.clip = clip;
        this.limits = limits;
        this.verification = new Verification(new CallCheck(limits), environment.judges()::execute);
        this.client = CallClient.create(CallClientConfig.builder()
                .schedulers(schedulers)
                .tones(CallTones.OFF)
                .network(network)
                .callbacks(environment.loop()::execute)
                .userAgent(EmailLogins.USER_AGENT)
                .mediaLoops(Runtime.getRuntime().availableProcessors())
                .failures((thread, failure) -> defects.add(Descriptions.typeAndPlace(failure)))
                .build());
    }

    /**
     * Registers.
     *
     * @param media what calls of the account speak, whatever it says itself
     * @throws StepFailedException if the phone system says no, or nothing within the limit; nothing is left of the account then
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
     * Meets in a conference room in which nobody else is, and leaves it; each says a tone of its own, which all the others must hear, and itself not.
     *
     * @return what was claimed of it, each green if it was so
     */
    public List<Gate> meet(String room, List<LoadAccount> accounts) {
        return new ConferenceCheck(room, () -> 0, environment.waiting(), environment.clock())
                .hold(accounts.stream().map(LoadAccount::extension).toList(), Thread.currentThread()::isInterrupted);
    }

    /** What was thrown inside the engine: class and place, no message, which might say too much. */
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

    /** Hangs up, unregisters, and releases all that it runs on. */
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
