// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.diagnostics.SipTrace;
import com.techpro.callclient.engine.tone.CallTones;
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
import org.jspecify.annotations.Nullable;

/** Everything a {@link CallClient} is made of. Immutable. */
public final class CallClientConfig extends ClientSettings {
    private CallClientConfig() {}

    /** What is set is immutable, or the host's: the references are enough. */
    private CallClientConfig copy() {
        try {
            return (CallClientConfig) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings. Everything has a default. */
    public static final class Builder {
        private final CallClientConfig values = new CallClientConfig();

        private Builder() {}

        /** Where loops and workers come from; the caller closes it, after the client. */
        public Builder schedulers(Schedulers choice) {
            values.schedulers = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Where sockets come from; the caller closes it, after the client. */
        public Builder network(Network choice) {
            values.network = Objects.requireNonNull(choice, "choice");
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
            values.nameServers = Objects.requireNonNull(servers, "servers");
            return this;
        }

        /**
         * Microphone and speaker of calls, unless their options name another. Null says that silent calls are meant; without this call they are
         * silent too, and the first of them is told to the developer, in the log or, where nobody configured logging, on standard error.
         */
        public Builder audio(@Nullable AudioPort port) {
            values.audio = port;
            values.audioChosen = true;
            return this;
        }

        /**
         * The ring and the tones of call progress; {@link CallTones#DEFAULT} unless this says otherwise, and {@link CallTones#OFF} for hosts
         * that play their own.
         */
        public Builder tones(CallTones choice) {
            values.tones = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Where the login, preferences, favourites, history and, if asked for, texts are kept; the caller closes it, after the client. */
        public Builder store(SecureStorePort choice) {
            values.store = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** The device's address book; read only while {@link #permissions} says that it may be (promise C3). */
        public Builder contacts(ContactsPort choice) {
            values.contacts = Objects.requireNonNull(choice, "choice");
            return this;
        }

        public Builder permissions(PermissionPort choice) {
            values.permissions = Objects.requireNonNull(choice, "choice");
            return this;
        }

        public Builder biometrics(BiometricPort choice) {
            values.biometrics = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Shows calls, missed calls, voicemail and the state of the connection while {@link #permissions} says that it may (promise U7). */
        public Builder notifications(NotificationPort choice) {
            values.notifications = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** The system's call screen. With one, microphone and speaker open only once the system gave its audio to calls. */
        public Builder callUi(CallUiPort choice) {
            values.callUi = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Tells when the device changes networks, so that accounts reconnect at once (promise C10). */
        public Builder networkMonitor(NetworkMonitor choice) {
            values.networkMonitor = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** How the phone system wakes this app, while {@link #permissions} says that it may run in the background (RFC 8599). */
        public Builder push(PushPort choice) {
            values.push = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Whom {@link CallClient#checkForUpdate} asks; without one, nobody (promise T2). */
        public Builder updates(UpdatePort choice) {
            values.updates = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Conference rooms beside those of the phone system, as of {@link ConferenceDirectory#of}. */
        public Builder conferences(ConferenceDirectory rooms) {
            values.conferences = Objects.requireNonNull(rooms, "rooms");
            return this;
        }

        /** The ISO 3166-1 country whose way of dialling is the user's, unless the phone system knows better. */
        public Builder region(String country) {
            Objects.requireNonNull(country, "country");
            values.region = ConfigBounds.country(country);
            return this;
        }

        /**
         * A folder for voicemail while it is played, encrypted with a key that is never stored (promise S3); a cache folder of the app's own is right.
         * What a killed process left there is removed at the start.
         */
        public Builder voicemailCache(Path folder) {
            values.voicemailCache = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /** What the host app's organisation permits; a phone system's own policy can only tighten it (promise O1). */
        public Builder policy(Policy choice) {
            values.policy = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * Where listener methods run and stages complete; they keep their order whatever the executor does. Once it is shut down, events are
         * dropped: listeners hear nothing more. Stages are not: each still completes, then on a thread of the engine's, or on the caller's.
         * Without one they run on a thread of the engine's own, a daemon.
         */
        public Builder callbacks(@Nullable Executor executor) {
            values.callbacks = executor;
            return this;
        }

        public Builder listener(CallClientListener choice) {
            values.listener = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Tags, branches, keys and jitter come from here; anything but a {@link SecureRandom} is for tests. */
        public Builder random(Random source) {
            values.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /** What the User-Agent header says (promise C9). */
        public Builder userAgent(String product) {
            Objects.requireNonNull(product, "product");
            values.userAgent = ConfigBounds.product(product);
            return this;
        }

        /** What the app runs on: the User-Agent header says it, and nothing else that is sent does (promise C9). */
        public Builder device(DeviceInfo device) {
            Objects.requireNonNull(device, "device");
            return userAgent(device.userAgent());
        }

        /** How long a call rings, in either direction, before it ends as {@link CallEnding.NoAnswer}. */
        public Builder ringTimeout(Duration timeout) {
            Objects.requireNonNull(timeout, "timeout");
            values.ringTimeout = ConfigBounds.positive(timeout);
            return this;
        }

        /** How long an established call may receive no media at all, while some is due, before it ends. */
        public Builder mediaTimeout(Duration timeout) {
            Objects.requireNonNull(timeout, "timeout");
            values.mediaTimeout = ConfigBounds.positive(timeout);
            return this;
        }

        /** How often {@link CallEvent.QualityChanged} is told. */
        public Builder qualityInterval(Duration interval) {
            Objects.requireNonNull(interval, "interval");
            values.qualityInterval = ConfigBounds.positive(interval);
            return this;
        }

        /** Over how many threads the calls' media is spread. */
        public Builder mediaLoops(int loops) {
            values.mediaLoops = ConfigBounds.mediaLoops(loops);
            return this;
        }

        /**
         * Whether a call is answered without anybody's doing where the phone system wants that, as an intercom
         * ({@link com.techpro.callclient.engine.call.CallSnapshot#answerAfter}): only if there is no other call, and the app may be answered as it
         * is locked. Off unless this says so, for it opens the microphone.
         */
        public Builder autoAnswer(boolean permitted) {
            values.autoAnswer = permitted;
            return this;
        }

        /**
         * What is done when the other side of a call asks this side to call somebody else; the host is asked unless this says otherwise. Where a
         * phone system passes on what strangers ask for, following it at once lets them make calls at its cost.
         */
        public Builder incomingTransfers(IncomingTransfers choice) {
            values.incomingTransfers = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * Whether senders of texts who ask for it are told that a text has come (RFC 5438); off by default, as it tells them that this client
         * runs. That a text was shown is told by {@link Account#confirmDisplayed} alone.
         */
        public Builder deliveryReceipts(boolean told) {
            values.deliveryReceipts = told;
            return this;
        }

        /**
         * How many texts are kept in the {@link #store}, encrypted, for {@link CallClient#textMessages}: the newest, of one year at most, until
         * they are deleted or the user logs out. None unless this says so; what was kept before is removed then.
         *
         * @param most 0 to {@link com.techpro.callclient.engine.message.TextMessages#MOST}
         */
        public Builder keepTextMessages(int most) {
            values.keptTextMessages = ConfigBounds.texts(most);
            return this;
        }

        /** How many calls an account may have at once; further callers are told that it is busy. */
        public Builder maxCalls(int calls) {
            values.maxCalls = ConfigBounds.calls(calls);
            return this;
        }

        /** Whether accounts of the same phone system share one connection to it, which makes a thousand of them cheap. */
        public Builder sharedConnections(boolean shared) {
            values.sharedConnections = shared;
            return this;
        }

        /** Whether an incoming call can be answered while the app is locked, as on most phones; it can unless this says no. */
        public Builder answerWhileLocked(boolean permitted) {
            values.answerWhileLocked = permitted;
            return this;
        }

        /**
         * Hears of defects in the engine itself, and, as a {@link HostCallbackException}, of what a listener threw; by default they are
         * logged. Where nobody configured logging, what a listener threw is on standard error, once a kind.
         * {@link ClientCounters#callbackFailures} counts it in any case.
         */
        public Builder failures(Thread.UncaughtExceptionHandler handler) {
            values.failures = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /**
         * Which headers of its own a host may send with calls ({@link com.techpro.callclient.engine.call.CallOptions#headers}) and reads from
         * those that come in ({@link com.techpro.callclient.engine.call.CallSnapshot#headers}). All others are neither sent nor told.
         *
         * @throws IllegalArgumentException for a header that the engine itself writes or reads, such as Contact or Authorization
         */
        public Builder customHeaders(String... names) {
            values.customHeaders = ConfigBounds.customHeaders(Objects.requireNonNull(names, "names"));
            return this;
        }

        /** Hears each SIP message, without anything in it that names somebody. */
        public Builder sipTrace(SipTrace choice) {
            values.sipTrace = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * For a lab: the trace gets messages as they are, with names, numbers, what is said in text, digest answers and media keys. Whoever
         * reads such a trace can listen to the calls in it.
         */
        public Builder labTraceRaw(boolean raw) {
            values.labTraceRaw = raw;
            return this;
        }

        public CallClientConfig build() {
            return values.copy();
        }
    }
}
