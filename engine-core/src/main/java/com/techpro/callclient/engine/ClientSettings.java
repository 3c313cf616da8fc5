// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.diagnostics.SipTrace;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.contacts.ContactsPort;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link CallClientConfig} and their defaults. */
abstract class ClientSettings implements Cloneable {
    @Nullable
    Schedulers schedulers;

    @Nullable
    Network network;

    @Nullable
    Supplier<List<InetSocketAddress>> nameServers;

    @Nullable
    AudioPort audio;

    /** Whether the host has set the audio port, be it to null. */
    boolean audioChosen;

    @Nullable
    SecureStorePort store;

    @Nullable
    ContactsPort contacts;

    @Nullable
    PermissionPort permissions;

    @Nullable
    BiometricPort biometrics;

    @Nullable
    NotificationPort notifications;

    @Nullable
    CallUiPort callUi;

    @Nullable
    NetworkMonitor networkMonitor;

    @Nullable
    PushPort push;

    @Nullable
    UpdatePort updates;

    @Nullable
    ConferenceDirectory conferences;

    @Nullable
    String region;

    @Nullable
    Path voicemailCache;

    Policy policy = Policy.OPEN;

    @Nullable
    Executor callbacks;

    CallClientListener listener = new CallClientListener() {};
    Random random = new SecureRandom();
    String userAgent = "CallClient";
    boolean autoAnswer;
    IncomingTransfers incomingTransfers = IncomingTransfers.ASK;
    boolean deliveryReceipts;
    int keptTextMessages;
    Duration ringTimeout = Duration.ofSeconds(60);
    Duration mediaTimeout = Duration.ofSeconds(30);
    Duration qualityInterval = Duration.ofSeconds(5);
    int mediaLoops = 1;
    int maxCalls = 100;
    boolean sharedConnections;
    CallTones tones = CallTones.DEFAULT;
    boolean answerWhileLocked = true;

    @Nullable
    SipTrace sipTrace;

    boolean labTraceRaw;
    Set<String> customHeaders = Set.of();
    Thread.@Nullable UncaughtExceptionHandler failures;

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

    /** Null means that calls have no microphone or speaker unless their options name one. */
    public @Nullable AudioPort audio() {
        return audio;
    }

    /** Whether {@link #audio} was set, be it to null: then silent calls are intended and not reported. */
    public boolean audioChosen() {
        return audioChosen;
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

    /** Null means that the user is not notified while the app is not in front. */
    public @Nullable NotificationPort notifications() {
        return notifications;
    }

    /** Null means that the system has no call screen. */
    public @Nullable CallUiPort callUi() {
        return callUi;
    }

    /** Null means that a lost network is noticed only by its silence. */
    public @Nullable NetworkMonitor networkMonitor() {
        return networkMonitor;
    }

    /** Null means that a sleeping app is not woken. */
    public @Nullable PushPort push() {
        return push;
    }

    /** Null means that no updates are looked for. */
    public @Nullable UpdatePort updates() {
        return updates;
    }

    /** Null means that there are only the rooms that the phone system names. */
    public @Nullable ConferenceDirectory conferences() {
        return conferences;
    }

    /** Null means that national numbers are read only if the phone system names its country. */
    public @Nullable String region() {
        return region;
    }

    /** Null means that voicemail being played is kept in memory only. */
    public @Nullable Path voicemailCache() {
        return voicemailCache;
    }

    public Policy policy() {
        return policy;
    }

    /** Null means a daemon thread of the engine. */
    public @Nullable Executor callbacks() {
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

    public boolean autoAnswer() {
        return autoAnswer;
    }

    public IncomingTransfers incomingTransfers() {
        return incomingTransfers;
    }

    public boolean deliveryReceipts() {
        return deliveryReceipts;
    }

    public int keptTextMessages() {
        return keptTextMessages;
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

    public CallTones tones() {
        return tones;
    }

    public boolean sharedConnections() {
        return sharedConnections;
    }

    public boolean answerWhileLocked() {
        return answerWhileLocked;
    }

    /** Null means that they are logged. */
    public Thread.@Nullable UncaughtExceptionHandler failures() {
        return failures;
    }

    /** The names of headers that a host may send and read. */
    public Set<String> customHeaders() {
        return customHeaders;
    }

    /** Null means that messages are not traced, which costs nothing. */
    public @Nullable SipTrace sipTrace() {
        return sipTrace;
    }

    public boolean labTraceRaw() {
        return labTraceRaw;
    }
}
