// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.failure.HostCallbackException;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.ports.trace.SipTrace;
import com.techpro.callclient.ports.update.UpdatePort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The configuration of a {@link CallClient}: its ports, its limits and its listener. Immutable. */
public final class CallClientConfig {
    private final ClientSettings values;

    private CallClientConfig(ClientSettings values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The settings of tests and load generators. */
    public Lab.Settings lab() {
        return values.lab();
    }

    /** Null means those of {@code /etc/resolv.conf}. */
    public @Nullable Supplier<List<InetSocketAddress>> nameServers() {
        return values.nameServers;
    }

    /** Null means that calls have no microphone or speaker unless their options name one. */
    public @Nullable AudioPort audio() {
        return values.audio;
    }

    /** Whether {@link #audio} was set, be it to null: then silent calls are intended and not reported. */
    public boolean audioChosen() {
        return values.audioChosen;
    }

    public Set<VoiceEffect> voiceEffects() {
        return values.voiceEffects;
    }

    /** Null means that nothing about the user survives the client. */
    public @Nullable SecureStorePort store() {
        return values.store;
    }

    /** Null means that there is no address book. */
    public @Nullable ContactsPort contacts() {
        return values.contacts;
    }

    /** Null means that everything optional is denied. */
    public @Nullable PermissionPort permissions() {
        return values.permissions;
    }

    /** Null means that there are no biometrics on this device. */
    public @Nullable BiometricPort biometrics() {
        return values.biometrics;
    }

    /** Null means that the user is not notified while the app is not in front. */
    public @Nullable NotificationPort notifications() {
        return values.notifications;
    }

    /** Null means that the system has no call screen. */
    public @Nullable CallUiPort callUi() {
        return values.callUi;
    }

    /** Null means that a lost network is noticed only by its silence. */
    public @Nullable NetworkMonitor networkMonitor() {
        return values.networkMonitor;
    }

    /** Null means that a sleeping app is not woken. */
    public @Nullable PushPort push() {
        return values.push;
    }

    /** Null means that no updates are looked for. */
    public @Nullable UpdatePort updates() {
        return values.updates;
    }

    /** Null means that there are only the rooms that the phone system names. */
    public @Nullable ConferenceDirectory conferences() {
        return values.conferences;
    }

    /** Null means that national numbers are read only if the phone system names its country. */
    public @Nullable String region() {
        return values.region;
    }

    /** Null means that voicemail being played is kept in memory only. */
    public @Nullable Path voicemailCache() {
        return values.voicemailCache;
    }

    public Policy policy() {
        return values.policy;
    }

    /** Null means a daemon thread of the engine. */
    public @Nullable Executor callbacks() {
        return values.callbacks;
    }

    public CallClientListener listener() {
        return values.listener;
    }

    public String userAgent() {
        return values.userAgent;
    }

    public boolean autoAnswer() {
        return values.autoAnswer;
    }

    public IncomingTransfers incomingTransfers() {
        return values.incomingTransfers;
    }

    public boolean deliveryReceipts() {
        return values.deliveryReceipts;
    }

    public int keptTextMessages() {
        return values.keptTextMessages;
    }

    public Duration ringTimeout() {
        return values.ringTimeout;
    }

    public Duration mediaTimeout() {
        return values.mediaTimeout;
    }

    public Duration qualityInterval() {
        return values.qualityInterval;
    }

    public int maxCalls() {
        return values.maxCalls;
    }

    public CallTones tones() {
        return values.tones;
    }

    public boolean answerWhileLocked() {
        return values.answerWhileLocked;
    }

    public boolean showCallerWhileLocked() {
        return values.showCallerWhileLocked;
    }

    /** Null means that they are logged. */
    public Thread.@Nullable UncaughtExceptionHandler failures() {
        return values.failures;
    }

    public Set<String> customHeaders() {
        return values.customHeaders;
    }

    /** Null means that messages are not traced, which costs nothing. */
    public @Nullable SipTrace sipTrace() {
        return values.sipTrace;
    }

    /** A builder of configurations. Every setting has a default. */
    public static final class Builder {
        private final ClientSettings values = new ClientSettings();

        private Builder() {}

        /**
         * The ports to the device, such as the microphone. Called again, it changes only what it sets.
         *
         * @param settings called at once, on the caller's thread
         */
        public Builder platform(Consumer<Platform> settings) {
            Objects.requireNonNull(settings, "settings").accept(new Platform(values));
            return this;
        }

        /** Settings for tests and load generators, given as to {@link #platform}. */
        public Builder lab(Consumer<Lab> settings) {
            Objects.requireNonNull(settings, "settings").accept(new Lab(values));
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

        /** What the host app's organisation permits; a phone system's own policy can only tighten it (promise O1). */
        public Builder policy(Policy choice) {
            values.policy = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /**
         * The executor on which listener methods run and stages complete. They keep their order on any executor. Once
         * it is shut down, events are dropped: listeners receive nothing more. Stages still complete, on a thread of
         * the engine or on the caller's. Without an executor they run on a daemon thread of the engine. It counts as
         * shut down once the client is closed.
         */
        public Builder callbacks(@Nullable Executor executor) {
            values.callbacks = executor;
            return this;
        }

        public Builder listener(CallClientListener choice) {
            values.listener = Objects.requireNonNull(choice, "choice");
            return this;
        }

        /** The content of the User-Agent header (promise C9). */
        public Builder userAgent(String product) {
            Objects.requireNonNull(product, "product");
            values.userAgent = ConfigBounds.product(product);
            return this;
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
         * How many texts are kept in the {@link Platform#store}, encrypted, for {@link CallClient#textMessages}. The newest are
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
         * Whether an incoming call can be answered while the app is locked, as on most phones. On by default. Otherwise
         * it rings, and {@link CallClientListener#unlockNeeded} reports that the user wants to answer. A policy can
         * forbid it too ({@link Policy.Feature#ANSWER_WHILE_LOCKED}).
         */
        public Builder answerWhileLocked(boolean permitted) {
            values.answerWhileLocked = permitted;
            return this;
        }

        /**
         * Whether the system's call screen and the notices name callers while the app is locked. On by default.
         * Otherwise they show a withheld number. After unlocking, the notice of a call that still rings names the
         * caller; the call screen and notices of missed calls do not change.
         */
        public Builder showCallerWhileLocked(boolean shown) {
            values.showCallerWhileLocked = shown;
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

        public CallClientConfig build() {
            return new CallClientConfig(values.copy());
        }
    }
}
