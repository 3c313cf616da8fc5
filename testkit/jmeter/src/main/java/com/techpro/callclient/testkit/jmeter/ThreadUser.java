// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechCheck;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import com.techpro.callclient.testkit.soak.run.LoadUser;
import com.techpro.callclient.testkit.soak.run.RunEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.jmeter.threads.JMeterContextService;
import org.jspecify.annotations.Nullable;

/**
 * The user of one JMeter thread, shared by all its samplers, unless a {@link LogInSampler} has
 * logged it in for all threads. The users of all threads share one engine with a few threads. The
 * engine ends with the last of them.
 */
final class ThreadUser {
    private static final Duration REGISTERING_LIMIT = Duration.ofSeconds(40);
    private static final Duration UNREGISTERING_LIMIT = Duration.ofSeconds(10);

    private static final Map<Thread, ThreadUser> USERS = new HashMap<>();
    private static @Nullable Shared shared;

    private final Thread thread;
    private final Shared all;
    private final Map<Parameter, Registered> registered = new EnumMap<>(Parameter.class);
    private @Nullable LoadCall latest;
    private int samplers;

    private record Registered(String name, LoadAccount account) {}

    /**
     * State shared by a process.
     *
     * @param loggedIn users logged in for every thread, by name
     * @param spokenHertz 0 until queried
     */
    private record Shared(
            RunEnvironment environment,
            LoadUser user,
            Map<String, LoadAccount> loggedIn,
            SpeechClip clip,
            AtomicInteger spokenHertz) {
        /** Starts the state that all users of a process share. */
        static Shared open(Settings settings) throws IOException {
            RunEnvironment environment = RunEnvironment.openToLoad();
            SpeechClip clip = settings.clip();
            if (settings.warmsUp()) {
                WarmUp.once(environment, clip, settings.media());
            }
            return new Shared(
                    environment,
                    new LoadUser(environment, clip, settings.limits()),
                    new ConcurrentHashMap<>(),
                    clip,
                    new AtomicInteger());
        }

        void close() {
            user.close();
            environment.close();
        }
    }

    private ThreadUser(Thread thread, Shared all) {
        this.thread = thread;
        this.all = all;
    }

    /**
     * Returns the user of the current thread; {@link #leave} releases it.
     *
     * @throws IOException if the clip does not exist
     */
    static ThreadUser join(Settings settings) throws IOException {
        synchronized (USERS) {
            ThreadUser own = USERS.get(Thread.currentThread());
            if (own == null) {
                Shared all = shared == null ? Shared.open(settings) : shared;
                shared = all;
                own = new ThreadUser(Thread.currentThread(), all);
                USERS.put(own.thread, own);
            }
            own.samplers++;
            return own;
        }
    }

    /**
     * The thread's last sampler logs its user out; the last thread waits for all log-outs. From any
     * thread.
     */
    void leave() {
        Shared unused = null;
        synchronized (USERS) {
            samplers--;
            if (samplers > 0) {
                return;
            }
            USERS.remove(thread);
            if (USERS.isEmpty()) {
                unused = shared;
                shared = null;
            }
        }
        registered.values().forEach(role -> role.account.remove());
        if (unused != null) {
            unused.close();
        }
    }

    /** Returns the upper frequency of the speech sent, in hertz. */
    int spokenHertz() {
        return all.spokenHertz.updateAndGet(known -> known == 0 ? SpeechCheck.bandOf(all.clip) : known);
    }

    LoadUser user() {
        return all.user;
    }

    /**
     * Returns the registered account of this sample's user. Logs the thread's previous user out.
     */
    LoadAccount account(Settings settings) throws IOException, StepFailedException {
        return registered(Parameter.USER, settings.account(), settings);
    }

    /** As {@link #account} for the second user. */
    LoadAccount peer(Settings settings) throws IOException, StepFailedException {
        return registered(Parameter.PEER, settings.peerAccount(), settings);
    }

    private LoadAccount registered(Parameter role, SipAccount wanted, Settings settings) throws StepFailedException {
        String name = wanted.user() + '@' + wanted.domain();
        LoadAccount ofAll = all.loggedIn.get(name);
        if (ofAll != null) {
            return ofAll;
        }
        if (IntendedStart.isOpen(JMeterContextService.getContext())) {
            // Registering first would make the call late.
            throw Steps.failed("not-logged-in", "no LogInSampler of a setUp Thread Group has logged this user in");
        }
        Registered before = registered.get(role);
        if (before != null && before.name.equals(name) && before.account.isRegistered()) {
            return before.account;
        }
        if (before != null) {
            registered.remove(role);
            before.account.unregister(UNREGISTERING_LIMIT);
        }
        LoadAccount account = register(wanted, settings);
        registered.put(role, new Registered(name, account));
        return account;
    }

    LoadAccount register(SipAccount account, Settings settings) throws StepFailedException {
        return all.user.register(account, settings.media(), REGISTERING_LIMIT);
    }

    /** Registers for the samples of all threads, until the end of the test. */
    void logInForAll(SipAccount account, Settings settings) throws StepFailedException {
        LoadAccount before = all.loggedIn.put(account.user() + '@' + account.domain(), register(account, settings));
        if (before != null) {
            before.remove();
        }
    }

    /** Calls a number as the user of this sample. */
    LoadCall dial(Settings settings, Parameter number) throws IOException, StepFailedException {
        return dialled(account(settings).dial(settings.text(number)));
    }

    /** As {@link #dial}, without microphone and speaker. */
    LoadCall dialWithoutSound(Settings settings, Parameter number) throws IOException, StepFailedException {
        return dialled(account(settings).dialWithoutSound(settings.text(number)));
    }

    private LoadCall dialled(LoadCall call) {
        latest = call;
        return call;
    }

    /** Hangs up what a sample has left; calls of a user shared with other threads go on. */
    void hangUpAll() {
        LoadCall call = latest;
        if (call != null) {
            call.hangUpWithoutWaiting();
        }
        registered.values().forEach(role -> role.account.hangUpAll());
    }
}
