// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.Lab;
import com.techpro.callclient.engine.internal.account.InstanceId;
import com.techpro.callclient.engine.internal.account.RegistrationContext;
import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.context.CustomHeaders;
import com.techpro.callclient.engine.internal.call.context.EchoMemory;
import com.techpro.callclient.engine.internal.call.context.MicrophoneOwner;
import com.techpro.callclient.engine.internal.diagnostics.Diagnostics;
import com.techpro.callclient.engine.internal.lock.Biometrics;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.internal.message.TextStore;
import com.techpro.callclient.engine.internal.notification.UserNotifications;
import com.techpro.callclient.engine.internal.privacy.EgressGuard;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.internal.tone.ToneChoice;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkResolver;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.stack.log.HostWarnings;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.PendingAnswers;
import com.techpro.callclient.stack.loop.SerialExecutor;
import com.techpro.callclient.stack.media.MediaEngine;
import com.techpro.callclient.stack.net.Nat64;
import com.techpro.callclient.stack.sip.SipSettings;
import com.techpro.callclient.stack.sip.SipStack;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a client. Each part gets only parts built before it; later parts are attached only as
 * callbacks. {@link Shutdown} closes what the engine created itself.
 */
final class Engine {
    private final Schedulers schedulers;
    private final boolean ownsSchedulers;
    private final Network network;
    private final boolean ownsNetwork;
    private final Loop loop;
    /** Null if the host supplies its own executor. */
    private final @Nullable Loop callbackLoop;

    final ClientContext client;
    final Gate gate;
    final CallRegistry registry;
    final UserSession userSession;
    final PlatformPorts platformPorts;
    final CurrentState state;
    final LampService lamps;
    final AccountFactory accounts;
    final Logins logins;
    final UserRights rights;
    final UpdateCheck updates;
    final CounterReports counters;
    final Diagnostics diagnostics;
    final SipStack sip;
    final Shutdown shutdown;

    Engine(CallClientConfig config) {
        Lab.Settings lab = config.lab();
        Schedulers givenSchedulers = lab.schedulers();
        Network givenNetwork = lab.network();
        this.ownsSchedulers = givenSchedulers == null;
        this.schedulers = givenSchedulers == null ? new JdkSchedulers() : givenSchedulers;
        Executor workers = schedulers.workers();
        this.ownsNetwork = givenNetwork == null;
        this.network = givenNetwork == null ? newNetwork(config.nameServers(), workers) : givenNetwork;

        HostWarnings warnings = HostWarnings.onStandardError();
        FailureReports failures = new FailureReports(config.failures(), warnings);
        this.loop = schedulers.openLoop("signalling", failures);
        EngineLoop engineLoop = new EngineLoop(loop);
        Executor givenCallbacks = config.callbacks();
        this.callbackLoop = givenCallbacks == null ? schedulers.openLoop("callbacks", failures) : null;
        Executor host = givenCallbacks == null ? Objects.requireNonNull(callbackLoop)::execute : givenCallbacks;
        SerialExecutor callbacks = SerialExecutor.ofHost(host, failures);
        this.client = new ClientContext(
                config,
                engineLoop,
                workers,
                schedulers.networkWorkers(),
                failures,
                callbacks,
                new PendingAnswers(callbacks),
                new Listeners<>(engineLoop, callbacks, config.listener()));
        this.diagnostics = new Diagnostics(config, engineLoop, host, failures);
        Nat64 nat64 = new Nat64(network, loop);
        EgressGuard egress = new EgressGuard(nat64);
        Network guarded = egress.over(network, workers);

        // The user and the user's data.
        CurrentPolicy policy = new CurrentPolicy(config.policy());
        UserStore store = storeOf(config.store());
        DirectoryService people = new DirectoryService(client, store);
        InstanceId instance = new InstanceId(engineLoop, lab.random(), store);
        IncomingCallSettings incomingCallSettings =
                new IncomingCallSettings(client, client.oneWorker(), store, policy::allows);
        TextStore texts = new TextStore(
                engineLoop,
                client.oneWorker(),
                store,
                config.keptTextMessages(),
                policy.allows(Policy.Feature.TEXT_STORE),
                snapshot -> client.listeners().tell(listener -> listener.textMessagesChanged(snapshot)));
        engineLoop.execute(() -> {
            incomingCallSettings.start();
            texts.start();
        });
        List<Runnable> lockFollowers = new ArrayList<>();
        Lock lock = newLock(store, policy, () -> lockFollowers.forEach(Runnable::run), () -> {
            people.retryStore();
            texts.retry();
            incomingCallSettings.retry();
        });
        this.gate = new Gate(
                lock,
                () -> config.answerWhileLocked() && policy.allows(Policy.Feature.ANSWER_WHILE_LOCKED),
                config.showCallerWhileLocked());
        this.registry = new CallRegistry(client, gate);
        OutgoingCalls outgoing = new OutgoingCalls(gate, registry);

        // Sound, notifications and services besides calls.
        UserNotifications notifications = notificationsOf(config.notifications(), client.permissions());
        AudioStreams audioStreams = new AudioStreams();
        Executor audioWorker = client.oneWorker();
        VoicemailService voicemail = new VoicemailService(
                client, audioWorker, audioStreams, people.index(), voicemailNotificationsOf(notifications));
        ConferenceService conferences = new ConferenceService(client, people, gate, outgoing, policy);
        this.lamps = new LampService(
                client, gate, registry, outgoing, new LampSubscriptions(client, people.index(), gate, policy));
        PublicationService publications = new PublicationService(client, gate, registry, policy, incomingCallSettings);
        this.userSession = new UserSession(
                client,
                store,
                instance,
                lock,
                policy,
                people,
                texts,
                voicemail,
                conferences,
                incomingCallSettings,
                notifications);
        this.platformPorts = new PlatformPorts(client, notifications, gate, registry, diagnostics);
        ToneChoice toneChoice =
                new ToneChoice(config.tones(), () -> people.region() != null ? people.region() : config.region());
        ToneService tones = new ToneService(
                client,
                toneChoice,
                audioWorker,
                audioStreams,
                platformPorts.audioGate(),
                () -> !incomingCallSettings.isUndisturbed(),
                platformPorts.systemRings());
        platformPorts.endToneBy(tones::endToneOfLastCall);
        QualityReportService qualityReports = new QualityReportService(engineLoop);
        MessageService messages = new MessageService(client, gate, registry, people.index(), texts);
        incomingCallSettings.whenDoNotDisturbChanged(() -> {
            publications.doNotDisturbChanged();
            tones.settle();
        });
        engineLoop.execute(() -> {
            if (notifications != null) {
                lockFollowers.add(notifications::lockChanged);
            }
            lockFollowers.add(() -> engineLoop.execute(lamps::followCompletions));
        });
        EngineEvents events = new EngineEvents(
                registry,
                client.listeners(),
                diagnostics,
                userSession,
                tones,
                platformPorts,
                lamps,
                publications,
                qualityReports,
                messages,
                new SilentCalls(warnings, config.audioChosen()));

        // Signalling and media.
        SipSettings settings =
                SipSettings.DEFAULT.withUserAgent(config.userAgent()).withSharedConnections(lab.sharedConnections());
        this.sip = new SipStack(
                engineLoop,
                guarded,
                workers,
                lab.random(),
                settings,
                platformPorts::pushToken,
                diagnostics.tap(),
                events::refused,
                nat64);
        sip.whenAwake(platformPorts::awoke);
        MediaEngine media = new MediaEngine(schedulers, guarded, lab.random(), lab.mediaLoops(), failures);
        CallContext callContext = new CallContext(
                engineLoop,
                sip,
                media,
                lab.random(),
                config.audio(),
                config.voiceEffects(),
                audioWorker,
                new CallContext.Limits(
                        config.ringTimeout(),
                        config.mediaTimeout(),
                        config.qualityInterval(),
                        config.maxCalls(),
                        config.incomingTransfers(),
                        lab.traceCalls() > 0),
                egress,
                new MicrophoneOwner(),
                audioStreams,
                platformPorts.audioGate(),
                new EchoMemory(),
                new CustomHeaders(config.customHeaders()),
                guarded,
                workers,
                incomingCallSettings::isUndisturbed,
                incomingCallSettings,
                toneChoice,
                nat64);

        // The host's requests.
        this.state = new CurrentState(registry, userSession, platformPorts::routes);
        this.accounts = new AccountFactory(
                new AccountServices(
                        client, gate, registry, outgoing, state, conferences, lamps, publications, messages),
                callContext,
                new RegistrationContext(engineLoop, lab.random(), instance, client.answers()),
                events::tell);
        this.logins = new Logins(
                client,
                userSession,
                accounts,
                new LoginEgress(client, egress, guarded.resolver()),
                registry,
                diagnostics::loginEnded);
        this.rights = new UserRights(client, registry, userSession, logins);
        this.updates = new UpdateCheck(client, policy, gate);
        this.counters = new CounterReports(
                engineLoop,
                callbacks,
                () -> CounterReports.of(
                        registry.accountSessions().size(),
                        registry.callCount(),
                        loop.pendingTimers(),
                        media.openSessions(),
                        audioStreams.open(),
                        sip.counters(),
                        egress.refused(),
                        media.drops(),
                        diagnostics,
                        qualityReports.unsent(),
                        failures.callbackFailures(),
                        tones.problems()));
        this.shutdown = new Shutdown(
                client,
                gate,
                registry,
                platformPorts,
                tones,
                userSession,
                audioStreams,
                media,
                sip,
                counters,
                this::closeGround,
                this::closeCallbacks);
        platformPorts.start();
    }

    private static Network newNetwork(@Nullable Supplier<List<InetSocketAddress>> nameServers, Executor workers) {
        return nameServers == null ? new JdkNetwork(workers) : new JdkNetwork(new JdkResolver(workers, nameServers));
    }

    private @Nullable UserStore storeOf(@Nullable SecureStorePort port) {
        return port == null ? null : new UserStore(client.loop(), client.oneWorker(), port);
    }

    private Lock newLock(@Nullable UserStore store, CurrentPolicy policy, Runnable changed, Runnable unlocked) {
        CallClientConfig config = client.config();
        Biometrics biometrics = new Biometrics(
                config.biometrics(), client.permissions(), () -> policy.allows(Policy.Feature.BIOMETRICS));
        return new Lock(
                client.loop(),
                client.workers(),
                client.callbacks(),
                config.lab().random(),
                store,
                biometrics,
                locked -> {
                    changed.run();
                    client.listeners().tell(listener -> listener.lockChanged(locked));
                },
                unlocked);
    }

    private @Nullable UserNotifications notificationsOf(
            @Nullable NotificationPort port, @Nullable PermissionPort permissions) {
        return port == null
                ? null
                : new UserNotifications(
                        client.loop(),
                        client.callbacks(),
                        port,
                        () -> permissions != null && permissions.granted(Permission.NOTIFICATIONS),
                        gate::shown);
    }

    private static BiConsumer<String, VoicemailSnapshot> voicemailNotificationsOf(
            @Nullable UserNotifications notifications) {
        return notifications == null ? (id, snapshot) -> {} : notifications::voicemail;
    }

    /** Closes the parts that all others use. */
    private void closeGround() {
        loop.close();
        if (ownsNetwork) {
            network.close();
        }
        if (ownsSchedulers && callbackLoop == null) {
            schedulers.close();
        }
    }

    /** Closes the callbacks' loop, after the host's last callback. */
    private void closeCallbacks() {
        if (callbackLoop != null) {
            client.callbacks().close();
            callbackLoop.close();
            if (ownsSchedulers) {
                schedulers.close();
            }
        }
    }
}
