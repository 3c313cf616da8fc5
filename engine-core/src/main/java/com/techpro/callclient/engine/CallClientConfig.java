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

/** The configuration of a {@link CallClient}: its ports, its limits and its listener. Immutable. */
public final class CallClientConfig extends ClientSettings {
    private CallClientConfig() {}

    /** The values are immutable or the host's own, so copying references is enough. */
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

    /** A builder of configurations. Every setting has a default. */
    public static final class Builder {
        private final CallClientConfig values = new CallClientConfig();

        private Builder() {}

        /** The source of loops and workers; you close it, after the client. */
        public Builder schedulers(Schedulers choice) {
            values.schedulers = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** The source of sockets; you close it, after the client. */
        public Builder network(Network choice) {
            values.network = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * The name servers that the JDK's network asks for SRV and NAPTR records if the system has no
         * {@code /etc/resolv.conf}. On Android, use those of the current network's link properties. Without name
         * servers, a phone system is found by its address records alone, at the default port of the account's transport
         * (RFC 3263 §4.2). A network of your own has its own resolver.
         *
         * @param servers at most three are used; called for each lookup, on a worker, and must not return null
         */
        public Builder nameServers(Supplier<List<InetSocketAddress>> servers) {
            values.nameServers = Objects.requireNonNull(servers, "servers");
            return this;
        }

        /**
         * The microphone and speaker of calls, unless a call's options name others. Pass null if you want silent calls.
         * If this method is not called, calls are silent too, and the first silent call is reported to the developer:
         * in the log or, if logging is not configured, on standard error.
         */
        public Builder audio(@Nullable AudioPort port) {
            values.audio = port;
            values.audioChosen = true;
            return this;
        }

        /**
         * The ring and the call progress tones; {@link CallTones#DEFAULT} unless set. Use {@link CallTones#OFF} if the
         * host plays its own.
         */
        public Builder tones(CallTones choice) {
            values.tones = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * The store of the login, preferences, favourites, history and, if you ask for it, texts; you close it, after
         * the client.
         */
        public Builder store(SecureStorePort choice) {
            values.store = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** The device's address book; read only while {@link #permissions} allows it (promise C3). */
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

        /**
         * Shows calls, missed calls, voicemail and the connection state while {@link #permissions} allows it (promise
         * U7).
         */
        public Builder notifications(NotificationPort choice) {
            values.notifications = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * The system's call screen. With one, microphone and speaker open only once the system gave its audio to calls.
         */
        public Builder callUi(CallUiPort choice) {
            values.callUi = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Reports when the device changes networks, so that accounts reconnect at once (promise C10). */
        public Builder networkMonitor(NetworkMonitor choice) {
            values.networkMonitor = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * How the phone system wakes this app, while {@link #permissions} allows it to run in the background (RFC
         * 8599).
         */
        public Builder push(PushPort choice) {
            values.push = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** The port that {@link CallClient#checkForUpdate} asks; without one, nothing is asked (promise T2). */
        public Builder updates(UpdatePort choice) {
            values.updates = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** Conference rooms in addition to those of the phone system, as of {@link ConferenceDirectory#of}. */
        public Builder conferences(ConferenceDirectory rooms) {
            values.conferences = Objects.requireNonNull(rooms, "rooms");
            return this;
        }

        /** The ISO 3166-1 country whose way of dialling the user follows, unless the phone system knows better. */
        public Builder region(String country) {
            Objects.requireNonNull(country, "country");
            values.region = ConfigBounds.country(country);
            return this;
        }

        /**
         * A folder for voicemail while it is played, encrypted with a key that is never stored (promise S3). Use a
         * cache folder of the app's own. At the start, files that a killed process left there are removed.
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
         * The executor on which listener methods run and stages complete. They keep their order on any executor. Once
         * it is shut down, events are dropped: listeners receive nothing more. Stages still complete, on a thread of
         * the engine or on the caller's. Without an executor they run on a daemon thread of the engine.
         */
        public Builder callbacks(@Nullable Executor executor) {
            values.callbacks = executor;
            return this;
        }

        public Builder listener(CallClientListener choice) {
            values.listener = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** The source of tags, branches, keys and jitter; anything but a {@link SecureRandom} is for tests. */
        public Builder random(Random source) {
            values.random = Objects.requireNonNull(source, "source");
            return this;
        }

        /** The content of the User-Agent header (promise C9). */
        public Builder userAgent(String product) {
            Objects.requireNonNull(product, "product");
            values.userAgent = ConfigBounds.product(product);
            return this;
        }

        /**
         * The device that the app runs on. Only the User-Agent header names it, and nothing else that is sent (promise
         * C9).
         */
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

        /** How long an established call may receive no media at all, while media is due, before it ends. */
        public Builder mediaTimeout(Duration timeout) {
            Objects.requireNonNull(timeout, "timeout");
            values.mediaTimeout = ConfigBounds.positive(timeout);
            return this;
        }

        /** The interval between two {@link CallEvent.QualityChanged} events. */
        public Builder qualityInterval(Duration interval) {
            Objects.requireNonNull(interval, "interval");
            values.qualityInterval = ConfigBounds.positive(interval);
            return this;
        }

        /** The number of threads for the media of calls. */
        public Builder mediaLoops(int loops) {
            values.mediaLoops = ConfigBounds.mediaLoops(loops);
            return this;
        }

        /**
         * Whether a call is answered automatically if the phone system asks for it, as an intercom does ({@link
         * com.techpro.callclient.engine.call.CallSnapshot#answerAfter}). It is answered only if there is no other call,
         * and if the app lock allows answering. Off by default, as it opens the microphone.
         */
        public Builder autoAnswer(boolean permitted) {
            values.autoAnswer = permitted;
            return this;
        }

        /**
         * What happens when the other side of a call asks this side to call somebody else. By default the host is
         * asked. Where a phone system passes on requests of strangers, following them at once lets strangers make calls
         * at its cost.
         */
        public Builder incomingTransfers(IncomingTransfers choice) {
            values.incomingTransfers = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * Whether senders of texts who ask for it are told that a text was delivered (RFC 5438). Off by default, as it
         * shows that this client runs. Only {@link Account#confirmDisplayed} tells that a text was shown.
         */
        public Builder deliveryReceipts(boolean told) {
            values.deliveryReceipts = told;
            return this;
        }

        /**
         * How many texts are kept in the {@link #store}, encrypted, for {@link CallClient#textMessages}. The newest are
         * kept, for one year at most, until they are deleted or the user logs out. By default none is kept, and texts
         * kept earlier are removed.
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

        /**
         * Whether accounts of the same phone system share one connection to it. This makes a thousand accounts cheap.
         */
        public Builder sharedConnections(boolean shared) {
            values.sharedConnections = shared;
            return this;
        }

        /** Whether an incoming call can be answered while the app is locked, as on most phones. On by default. */
        public Builder answerWhileLocked(boolean permitted) {
            values.answerWhileLocked = permitted;
            return this;
        }

        /**
         * The handler of defects in the engine itself and, as a {@link HostCallbackException}, of exceptions that a
         * listener threw. By default they are logged. If logging is not configured, exceptions of listeners are printed
         * on standard error, once a kind. {@link ClientCounters#callbackFailures} counts them in any case.
         */
        public Builder failures(Thread.UncaughtExceptionHandler handler) {
            values.failures = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /**
         * The headers of the host's own: it may send them with calls ({@link
         * com.techpro.callclient.engine.call.CallOptions#headers}) and read them from incoming calls ({@link
         * com.techpro.callclient.engine.call.CallSnapshot#headers}). Other headers are neither sent nor passed on.
         *
         * @throws IllegalArgumentException for a header that the engine itself writes or reads, such as Contact or
         *     Authorization
         */
        public Builder customHeaders(String... names) {
            values.customHeaders = ConfigBounds.customHeaders(Objects.requireNonNull(names, "names"));
            return this;
        }

        /** A trace of each SIP message, without anything that names a person. */
        public Builder sipTrace(SipTrace choice) {
            values.sipTrace = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * For a lab: the trace gets messages unchanged, with names, numbers, texts, digest answers and media keys.
         * Whoever reads such a trace can listen to the calls in it.
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
