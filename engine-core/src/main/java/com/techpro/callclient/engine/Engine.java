// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.account.GuardedContext;
import com.techpro.callclient.engine.internal.account.Tightening;
import com.techpro.callclient.engine.internal.call.AudioStreams;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.CallWaiting;
import com.techpro.callclient.engine.internal.call.Line;
import com.techpro.callclient.engine.internal.call.Station;
import com.techpro.callclient.engine.internal.jdk.JdkNetwork;
import com.techpro.callclient.engine.internal.jdk.JdkResolver;
import com.techpro.callclient.engine.internal.jdk.JdkSchedulers;
import com.techpro.callclient.engine.internal.loop.Answers;
import com.techpro.callclient.engine.internal.loop.Answers.Answer;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.loop.HostStage;
import com.techpro.callclient.engine.internal.loop.SerialExecutor;
import com.techpro.callclient.engine.internal.media.MediaEngine;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.engine.internal.privacy.EgressGuard;
import com.techpro.callclient.engine.internal.sip.SipSettings;
import com.techpro.callclient.engine.internal.sip.SipStack;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.ports.update.UpdateAnswer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is behind a {@link CallClient}: the loop with everything on it, and the way from its events to the host's listener. */
final class Engine implements Account.Calls {
    /** How long the phone system may take to be told, before its data here is erased all the same. */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /** How long devices may take to close, and the store to take what it was given, before they are left behind. */
    private static final Duration AUDIO_GRACE = Duration.ofSeconds(5);

    private final CallClientConfig config;
    private final Schedulers schedulers;
    private final boolean ownsSchedulers;
    private final Network network;
    private final boolean ownsNetwork;
    private final Loop loop;
    private final EngineLoop engineLoop;
    private final SerialExecutor callbacks;
    private final Answers answers;
    private final EgressGuard egress = new EgressGuard();
    private final SipStack sip;
    private final MediaEngine media;
    private final AudioStreams audioStreams = new AudioStreams();
    private final Station station;
    private final UserData userData;
    private final HostSide hostSide;
    private final HostEvents events;
    private final UserRights userRights;
    private final Logins logins;
    private final Map<Line, EgressGrant> grants = new ConcurrentHashMap<>();
    private final AtomicLong accountNumber = new AtomicLong();
    private final AtomicLong callNumber = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Queue<CompletableFuture<ClientCounters>> asked = new ConcurrentLinkedQueue<>();
    private volatile @Nullable ClientCounters last;
    private @Nullable Runnable whenNoAccounts;
    /** Who waits for the accounts to be gone, on the loop. */
    private final List<Runnable> whenAlone = new ArrayList<>();

    private JdkNetwork ownNetwork() {
        Supplier<List<InetSocketAddress>> nameServers = config.nameServers();
        return nameServers == null
                ? new JdkNetwork(schedulers.workers())
                : new JdkNetwork(new JdkResolver(schedulers.workers(), nameServers));
    }

    Engine(CallClientConfig config) {
        this.config = config;
        Schedulers givenSchedulers = config.schedulers();
        Network givenNetwork = config.network();
        this.ownsSchedulers = givenSchedulers == null;
        this.schedulers = givenSchedulers == null ? new JdkSchedulers() : givenSchedulers;
        this.ownsNetwork = givenNetwork == null;
        this.network = givenNetwork == null ? ownNetwork() : givenNetwork;
        this.loop = schedulers.openLoop("signalling", config.failures());
        this.engineLoop = new EngineLoop(loop);
        this.callbacks = SerialExecutor.ofHost(config.callbacks(), config.failures());
        this.answers = new Answers(callbacks);
        Network guarded = egress.over(network, schedulers.workers());
        Executor audioWorker = new SerialExecutor(schedulers.workers(), config.failures());
        this.userData =
                new UserData(config, engineLoop, schedulers.workers(), callbacks, answers, audioWorker, audioStreams);
        this.events = new HostEvents(config.listener(), callbacks, this::requireAnswerable, this::gone);
        this.hostSide = new HostSide(config, engineLoop, callbacks, userData.lock(), events::lines);
        events.tellFirst(userData.observers());
        events.tellFirst(hostSide.observers());
        events.ringBy(hostSide::ring);
        userData.voicemailSide().whenChanged(hostSide::voicemailChanged);
        SipSettings settings =
                SipSettings.DEFAULT.withUserAgent(config.userAgent()).withSharedConnections(config.sharedConnections());
        this.sip = new SipStack(engineLoop, guarded, schedulers.workers(), config.random(), settings);
        this.media = new MediaEngine(schedulers, guarded, config.random(), config.mediaLoops(), config.failures());
        this.station = new Station(
                engineLoop,
                sip,
                media,
                config.random(),
                config.audio(),
                audioWorker,
                new Station.Limits(
                        config.ringTimeout(), config.mediaTimeout(), config.qualityInterval(), config.maxCalls()),
                egress,
                new CallWaiting(),
                audioStreams,
                hostSide.audioGate());
        this.userRights =
                new UserRights(engineLoop, answers, userData.store(), userData::policy, () -> userData.forget(true));
        sip.wakeBy(hostSide::pushToken);
        this.logins = new Logins(
                engineLoop,
                schedulers.workers(),
                answers,
                userData,
                config.policy(),
                new House(guarded.resolver(), schedulers.workers()));
        hostSide.start();
    }

    Logins logins() {
        return logins;
    }

    HostSide hostSide() {
        return hostSide;
    }

    UserData userData() {
        return userData;
    }

    CompletionStage<DataExport> exportMyData() {
        userData.lock().requireOpen();
        return userRights.export(events::accounts);
    }

    /** Goodbyes first: an account that goes on could write again what is erased. */
    CompletionStage<ErasureOutcome> erase() {
        Answer<ErasureOutcome> outcome = answers.open(new ErasureOutcome.NotErased(SecureStoreException.Reason.FAILED));
        engineLoop.execute(() -> {
            Timer impatience = engineLoop.schedule(
                    GOODBYE, () -> List.copyOf(events.lines()).forEach(Line::abandon));
            whenAlone.add(() -> {
                impatience.cancel();
                userRights.erase(outcome);
            });
            List.copyOf(events.lines()).forEach(Line::leave);
            tearDownIfAlone();
        });
        return outcome.stage();
    }

    void onLoop(Runnable task) {
        engineLoop.execute(task);
    }

    Account addAccount(SipAccount sipAccount) {
        return addAccount(Tightening.of(sipAccount, config.policy()), config.policy());
    }

    private Account addAccount(SipAccount sipAccount, Policy policy) {
        if (closing.get()) {
            throw new IllegalStateException("this client is closed");
        }
        Line line = new Line(
                station,
                "a" + accountNumber.incrementAndGet(),
                sipAccount,
                events,
                () -> "c" + callNumber.incrementAndGet());
        Account account = events.add(line, new Account(line, this));
        EgressGrant grant = egress.newGrant(policy);
        grant.allow(sipAccount);
        grants.put(line, grant);
        engineLoop.execute(line::start);
        return account;
    }

    List<Account> accounts() {
        return List.copyOf(events.accounts());
    }

    List<Call> calls() {
        return events.open(null);
    }

    @Override
    public List<Call> of(Line line) {
        return events.open(line);
    }

    @Override
    public Call dial(Line line, String target, CallOptions options) {
        if (closing.get() || isGone(line)) {
            throw new IllegalStateException("this account was removed");
        }
        userData.lock().requireOpen();
        CallSession session = line.newCall(target, options);
        Call call = events.add(line, session);
        engineLoop.execute(() -> events.dialled(line, session));
        line.place(session);
        return call;
    }

    @Override
    public Conference join(Account account, String target, ConferenceOptions options) {
        return userData.conferenceSide().join(account, target, options, account::dial);
    }

    private void requireAnswerable() {
        if (!config.answerWhileLocked()) {
            userData.lock().requireOpen();
        }
    }

    CompletionStage<WakeOutcome> wake(WakeReason reason, Duration budget) {
        if (closing.get()) {
            return CompletableFuture.completedFuture(new WakeOutcome(WakeOutcome.Result.CLOSED, null));
        }
        return hostSide.wakes().wake(reason, budget);
    }

    CompletionStage<UpdateAnswer> checkForUpdate(String version) {
        userData.lock().requireOpen();
        return new UpdateCheck(config.updates(), userData.policy(), schedulers.workers(), answers).ask(version);
    }

    CompletionStage<ClientCounters> counters() {
        CompletableFuture<ClientCounters> answer = new CompletableFuture<>();
        asked.add(answer);
        engineLoop.execute(() -> {
            CompletableFuture<ClientCounters> next = asked.poll();
            if (next != null) {
                next.complete(countNow());
            }
        });
        ClientCounters held = last;
        if (held != null) {
            answer.complete(held);
        }
        return answer;
    }

    private ClientCounters countNow() {
        return Counting.of(
                events.lines().size(),
                events.callCount(),
                loop.pendingTimers(),
                media.openSessions(),
                audioStreams.open(),
                sip.counters(),
                egress.refused());
    }

    CompletionStage<Void> shutdown(Duration grace) {
        if (closing.compareAndSet(false, true)) {
            engineLoop.execute(() -> {
                Timer impatience = engineLoop.schedule(grace, this::tearDown);
                whenNoAccounts = () -> {
                    impatience.cancel();
                    tearDown();
                };
                List.copyOf(events.lines()).forEach(Line::leave);
                tearDownIfAlone();
            });
        }
        HostStage<Void> told = new HostStage<>(callbacks);
        var unused = closed.thenRun(() -> told.complete(null));
        return told;
    }

    void close() {
        closing.set(true);
        engineLoop.execute(this::tearDown);
    }

    private void tearDownIfAlone() {
        if (events.lines().isEmpty()) {
            List<Runnable> waiting = List.copyOf(whenAlone);
            whenAlone.clear();
            waiting.forEach(Runnable::run);
        }
        if (events.lines().isEmpty() && whenNoAccounts != null) {
            Runnable task = whenNoAccounts;
            whenNoAccounts = null;
            task.run();
        }
    }

    /** Microphones and speakers first: what they still feed is closed after them. */
    private void tearDown() {
        whenNoAccounts = null;
        hostSide.close();
        userData.lock().close();
        List.copyOf(events.lines()).forEach(Line::abandon);
        Timer impatience = engineLoop.schedule(AUDIO_GRACE, this::finish);
        userData.close(
                AUDIO_GRACE,
                () -> audioStreams.whenNone(() -> {
                    impatience.cancel();
                    finish();
                }));
    }

    private void finish() {
        if (last != null) {
            return;
        }
        media.close();
        sip.close();
        ClientCounters counters = countNow();
        last = counters;
        asked.forEach(answer -> answer.complete(counters));
        loop.close();
        if (ownsNetwork) {
            network.close();
        }
        if (ownsSchedulers) {
            schedulers.close();
        }
        answers.close();
        callbacks.execute((SerialExecutor.Owed) () -> closed.complete(null));
    }

    private void gone(Line line, @Nullable Account account) {
        EgressGrant grant = grants.remove(line);
        if (grant != null) {
            grant.close();
        }
        if (account != null) {
            logins.gone(account);
        }
        tearDownIfAlone();
    }

    @Override
    public boolean isGone(Line line) {
        return !events.has(line);
    }

    /** What a login needs of the engine. */
    private final class House implements Logins.House {
        private final Resolver resolver;
        private final Executor workers;

        House(Resolver resolver, Executor workers) {
            this.resolver = resolver;
            this.workers = workers;
        }

        @Override
        public Account addAccount(SipAccount account, Policy policy) {
            return Engine.this.addAccount(account, policy);
        }

        @Override
        public EgressGrant newGrant() {
            return egress.newGrant(config.policy());
        }

        @Override
        public GuardedContext newContext(EgressGrant grant) {
            return new GuardedContext(grant, egress.sockets(), resolver, config.userAgent(), engineLoop, workers);
        }
    }
}
