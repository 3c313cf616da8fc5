// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.VoiceEffect;
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
import com.techpro.callclient.ports.trace.SipTrace;
import com.techpro.callclient.ports.update.UpdatePort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of a {@link CallClientConfig} and their defaults. {@link CallClientConfig.Builder}, {@link Platform} and
 * {@link Lab} set them.
 */
final class ClientSettings implements Cloneable {
    // What the app decides.
    @Nullable
    ConferenceDirectory conferences;

    @Nullable
    String region;

    Policy policy = Policy.OPEN;

    @Nullable
    Executor callbacks;

    CallClientListener listener = new CallClientListener() {};
    String userAgent = "CallClient";
    boolean autoAnswer;
    IncomingTransfers incomingTransfers = IncomingTransfers.ASK;
    boolean deliveryReceipts;
    int keptTextMessages;
    Duration ringTimeout = Duration.ofSeconds(60);
    Duration mediaTimeout = Duration.ofSeconds(30);
    Duration qualityInterval = Duration.ofSeconds(5);
    int maxCalls = 100;
    CallTones tones = CallTones.DEFAULT;
    boolean answerWhileLocked = true;
    boolean showCallerWhileLocked = true;

    @Nullable
    SipTrace sipTrace;

    Set<String> customHeaders = Set.of();
    Thread.@Nullable UncaughtExceptionHandler failures;

    // The platform.
    @Nullable
    AudioPort audio;

    /** Whether the host has set the audio port, be it to null. */
    boolean audioChosen;

    Set<VoiceEffect> voiceEffects = EnumSet.allOf(VoiceEffect.class);

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
    Supplier<List<InetSocketAddress>> nameServers;

    @Nullable
    PushPort push;

    @Nullable
    UpdatePort updates;

    @Nullable
    Path voicemailCache;

    // The lab.
    @Nullable
    Schedulers schedulers;

    @Nullable
    Network network;

    Random random = new SecureRandom();
    int mediaLoops = 1;
    boolean sharedConnections;
    boolean traceRaw;
    int traceCalls;

    Lab.Settings lab() {
        return new Lab.Settings(schedulers, network, random, mediaLoops, sharedConnections, traceRaw, traceCalls);
    }

    /** The values are immutable or the host's own, so copying references is enough. */
    ClientSettings copy() {
        try {
            return (ClientSettings) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
