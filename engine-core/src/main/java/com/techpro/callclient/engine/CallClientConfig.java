// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.internal.privacy.Redactor;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.device.DeviceInfo;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.ports.update.UpdatePort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Everything a {@link CallClient} is made of. Immutable. */
public final class CallClientConfig {
    private static final Logger LOG = Logger.getLogger(CallClientConfig.class.getName());

    private final @Nullable Schedulers schedulers;
    private final @Nullable Network network;
    private final @Nullable Supplier<List<InetSocketAddress>> nameServers;
    private final @Nullable AudioPort audio;
    private final @Nullable SecureStorePort store;
    private final @Nullable ContactsPort contacts;
    private final @Nullable PermissionPort permissions;
    private final @Nullable BiometricPort biometrics;
    private final @Nullable NotificationPort notifications;
    private final @Nullable CallUiPort callUi;
    private final @Nullable NetworkMonitor networkMonitor;
    private final @Nullable PushPort push;
    private final @Nullable UpdatePort updates;
    private final @Nullable ConferenceDirectory conferences;
    private final @Nullable String region;
    private final @Nullable Path voicemailCache;
    private final Policy policy;
    private final Executor callbacks;
    private final CallClientListener listener;
    private final Random random;
    private final String userAgent;
    private final Duration ringTimeout;
    private final Duration mediaTimeout;
    private final Duration qualityInterval;
    private final int mediaLoops;
    private final int maxCalls;
    private final boolean sharedConnections;
    private final boolean answerWhileLocked;
    private final Thread.UncaughtExceptionHandler failures;

    private CallClientConfig(Builder builder) {
        this.schedulers = builder.schedulers;
        this.network = builder.network;
        this.nameServers = builder.nameServers;
        this.audio = builder.audio;
        this.store = builder.store;
        this.contacts = builder.contacts;
        this.permissions = builder.permissions;
        this.biometrics = builder.biometrics;
        this.notifications = builder.notifications;
        this.callUi = builder.callUi;
        this.networkMonitor = builder.networkMonitor;
        this.push = builder.push;
        this.updates = builder.updates;
        this.conferences = builder.conferences;
        this.region = builder.region;
        this.voicemailCache = builder.voicemailCache;
        this.policy = builder.policy;
        this.callbacks =
                Objects.requireNonNull(builder.callbacks, "callbacks: the executor that listener methods run on");
        this.listener = builder.listener;
        this.random = builder.random;
        this.userAgent = builder.userAgent;
        this.ringTimeout = builder.ringTimeout;
        this.mediaTimeout = builder.mediaTimeout;
        this.qualityInterval = builder.qualityInterval;
        this.mediaLoops = builder.mediaLoops;
        this.maxCalls = builder.maxCalls;
        this.sharedConnections = builder.sharedConnections;
        this.answerWhileLocked = builder.answerWhileLocked;
        this.failures = builder.failures;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Null means the JDK's. */
    public @Nullable Schedulers schedulers() {
        return schedulers;
    }

    /** Null means the JDK's. */
    public @Nullable Network network() {
        return network;
    }

    /** Null means those of {@code /etc/resolv.conf}. */
    public @Nullable Supplier<List<InetSocketAddress>> nameServers() {
        return nameServers;
    }

    /** Null means that calls have neither microphone nor speaker unless their options name one. */
    public @Nullable AudioPort audio() {
        return audio;
    }

    /** Null means that nothing about the user survives the client. */
    public @Nullable SecureStorePort store() {
        return store;
    }

    /** Null means that there is no address book. */
    public @Nullable ContactsPort contacts() {
        return contacts;
    }

    /** Null means that everything optional is denied. */
    public @Nullable PermissionPort permissions() {
        return permissions;
    }

    /** Null means that there are no biometrics on this device. */
    public @Nullable BiometricPort biometrics() {
        return biometrics;
    }

    /** Null means that the user is told nothing while the app is not in front. */
    public @Nullable NotificationPort notifications() {
        return notifications;
    }

    /** Null means that there is no call screen of the system's. */
    public @Nullable CallUiPort callUi() {
        return callUi;
    }

    /** Null means that a lost network is found out by silence. */
    public @Nullable NetworkMonitor networkMonitor() {
        return networkMonitor;
    }

    /** Null means that a sleeping app is not woken. */
    public @Nullable PushPort push() {
        return push;
    }

    /** Null means that nobody is asked for updates. */
    public @Nullable UpdatePort updates() {
        return updates;
    }

    /** Null means that there are those rooms alone that the phone system tells. */
    public @Nullable ConferenceDirectory conferences() {
        return conferences;
    }

    /** Null means that national numbers are read only where the phone system says in which country it is. */
    public @Nullable String region() {
        return region;
    }

    /** Null means that voicemail being played is kept in memory alone. */
    public @Nullable Path voicemailCache() {
        return voicemailCache;
    }

    public Policy policy() {
        return policy;
    }

    public Executor callbacks() {
        return callbacks;
    }

    public CallClientListener listener() {
        return listener;
    }

    public Random random() {
        return random;
    }

    public String userAgent() {
        return userAgent;
    }

    public Duration ringTimeout() {
        return ringTimeout;
    }

    public Duration mediaTimeout() {
        return mediaTimeout;
    }

    public Duration qualityInterval() {
        return qualityInterval;
    }

    public int mediaLoops() {
        return mediaLoops;
    }

    public int maxCalls() {
        return maxCalls;
    }

    public boolean sharedConnections() {
        return sharedConnections;
    }

    public boolean answerWhileLocked() {
        return answerWhileLocked;
    }

    public Thread.UncaughtExceptionHandler failures() {
        return failures;
    }

    /** Collects settings. Only {@link #callbacks} has no default. */
    public static final class Builder {
        private @Nullable Schedulers schedulers;
        private @Nullable Network network;
        private @Nullable Supplier<List<InetSocketAddress>> nameServers;
        private @Nullable AudioPort audio;
        private @Nullable SecureStorePort store;
        private @Nullable ContactsPort contacts;
        private @Nullable PermissionPort permissions;
        private @Nullable BiometricPort biometrics;
        private @Nullable NotificationPort notifications;
        private @Nullable CallUiPort callUi;
        private @Nullable NetworkMonitor networkMonitor;
        private @Nullable PushPort push;
        private @Nullable UpdatePort updates;
        private @Nullable ConferenceDirectory conferences;
        private @Nullable String region;
        private @Nullable Path voicemailCache;
        private Policy policy = Policy.OPEN;
        private @Nullable Executor callbacks;
        private CallClientListener listener = new CallClientListener() {};
        private Random random = new SecureRandom();
        private String userAgent = "CallClient";
        private Duration ringTimeout = Duration.ofSeconds(60);
        private Duration mediaTimeout = Duration.ofSeconds(30);
        private Duration qualityInterval = Duration.ofSeconds(5);
        private int mediaLoops = 1;
        private int maxCalls = 100;
        private boolean sharedConnections;
        private boolean answerWhileLocked = true;
        private Thread.UncaughtExceptionHandler failures = Builder::log;

        private Builder() {}

        private static void log(Thread thread, Throwable failure) {
            if (failure instanceof HostCallbackException) {
                // The host's own words about the host's own defect.
                LOG.log(Level.SEVERE, "a listener or callback of the host app threw", failure.getCause());
            } else {
                LOG.log(Level.SEVERE, "a task of the engine failed", Redactor.withoutMessages(failure));
            }
        }

        /** Where loops and workers come from; the caller closes it, after the client. */
        public Builder schedulers(Schedulers choice) {
            this.schedulers = choice;
            return this;
        }

        /** Where sockets come from; the caller closes it, after the client. */
        public Builder network(Network choice) {
            this.network = choice;
            return this;
        }

        /**
         * Which name servers the JDK's network asks for SRV and NAPTR records, where the system has no {@code /etc/resolv.conf}: on
         * Android, those of the current network's link properties. Without any, a phone system is found by its address records alone,
         * at the default port of the account's transport (RFC 3263 §4.2). A network of one's own has its own resolver.
         *
         * @param servers at most three are used; called for each lookup, on a worker, and must not return null
         */
        public Builder nameServers(Supplier<List<InetSocketAddress>> servers) {
            this.nameServers = servers;
            return this;
        }

        public Builder audio(@Nullable AudioPort port) {
            this.audio = port;
            return this;
        }

        /** Where the login, preferences, favourites and history are kept; the caller closes it, after the client. */
        public Builder store(SecureStorePort choice) {
            this.store = choice;
            return this;
        }

        /** The device's address book; read only while {@link #permissions} says that it may be (promise C3). */
        public Builder contacts(ContactsPort choice) {
            this.contacts = choice;
            return this;
        }

        public Builder permissions(PermissionPort choice) {
            this.permissions = choice;
            return this;
        }

        public Builder biometrics(BiometricPort choice) {
            this.biometrics = choice;
            return this;
        }

        /** Shows calls, missed calls, voicemail and the state of the connection while {@link #permissions} says that it may (promise U7). */
        public Builder notifications(NotificationPort choice) {
            this.notifications = choice;
            return this;
        }

        /** The system's call screen. With one, microphone and speaker open only once the system gave its audio to calls. */
        public Builder callUi(CallUiPort choice) {
            this.callUi = choice;
            return this;
        }

        /** Tells when the device changes networks, so that accounts reconnect at once (promise C10). */
        public Builder networkMonitor(NetworkMonitor choice) {
            this.networkMonitor = choice;
            return this;
        }

        /** How the phone system wakes this app, while {@link #permissions} says that it may run in the background (RFC 8599). */
        public Builder push(PushPort choice) {
            this.push = choice;
            return this;
        }

        /** Whom {@link CallClient#checkForUpdate} asks; without one, nobody (promise T2). */
        public Builder updates(UpdatePort choice) {
            this.updates = choice;
            return this;
        }

        /** Conference rooms beside those of the phone system, as of {@link ConferenceDirectory#of}. */
        public Builder conferences(ConferenceDirectory rooms) {
            this.conferences = rooms;
            return this;
        }

        /** The ISO 3166-1 country whose way of dialling is the user's, unless the phone system knows better. */
        public Builder region(String country) {
            this.region = ConfigBounds.country(country);
            return this;
        }

        /**
         * A folder for voicemail while it is played, encrypted with a key that is never stored (promise S3); a cache folder of the app's own is right.
         * What a killed process left there is removed at the start.
         */
        public Builder voicemailCache(Path folder) {
            this.voicemailCache = folder;
            return this;
        }

        /** What the host app's organisation permits; a phone system's own policy can only tighten it (promise O1). */
        public Builder policy(Policy choice) {
            this.policy = choice;
            return this;
        }

        /** Where listener methods run; they keep their order whatever the executor does. What it refuses, once it is shut down, is dropped. */
        public Builder callbacks(Executor executor) {
            this.callbacks = executor;
            return this;
        }

        public Builder listener(CallClientListener choice) {
            this.listener = choice;
            return this;
        }

        /** Tags, branches, keys and jitter come from here; anything but a {@link SecureRandom} is for tests. */
        public Builder random(Random source) {
            this.random = source;
            return this;
        }

        /** What the User-Agent header says (promise C9). */
        public Builder userAgent(String product) {
            this.userAgent = ConfigBounds.product(product);
            return this;
        }

        /** What the app runs on: the User-Agent header says it, and nothing else that is sent does (promise C9). */
        public Builder device(DeviceInfo device) {
            return userAgent(device.userAgent());
        }

        /** How long a call rings, in either direction, before it ends as {@link CallEnding.NoAnswer}. */
        public Builder ringTimeout(Duration timeout) {
            this.ringTimeout = ConfigBounds.positive(timeout);
            return this;
        }

        /** How long an established call may receive no media at all, while some is due, before it ends. */
        public Builder mediaTimeout(Duration timeout) {
            this.mediaTimeout = ConfigBounds.positive(timeout);
            return this;
        }

        /** How often {@link CallEvent.QualityChanged} is told. */
        public Builder qualityInterval(Duration interval) {
            this.qualityInterval = ConfigBounds.positive(interval);
            return this;
        }

        /** Over how many threads the calls' media is spread. */
        public Builder mediaLoops(int loops) {
            this.mediaLoops = ConfigBounds.mediaLoops(loops);
            return this;
        }

        /** How many calls an account may have at once; further callers are told that it is busy. */
        public Builder maxCalls(int calls) {
            this.maxCalls = ConfigBounds.calls(calls);
            return this;
        }

        /** Whether accounts of the same phone system share one connection to it, which makes a thousand of them cheap. */
        public Builder sharedConnections(boolean shared) {
            this.sharedConnections = shared;
            return this;
        }

        /** Whether an incoming call can be answered while the app is locked, as on most phones; it can unless this says no. */
        public Builder answerWhileLocked(boolean permitted) {
            this.answerWhileLocked = permitted;
            return this;
        }

        /**
         * Hears of defects in the engine itself, and, as a {@link HostCallbackException}, of what a listener threw; by default they are
         * logged.
         */
        public Builder failures(Thread.UncaughtExceptionHandler handler) {
            this.failures = handler;
            return this;
        }

        public CallClientConfig build() {
            return new CallClientConfig(this);
        }
    }
}
