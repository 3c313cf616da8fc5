// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.device.DeviceInfo;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.ports.update.UpdatePort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The device that an app runs on, and the ports to it: see {@link CallClientConfig.Builder#platform}. */
public final class Platform {
    private final ClientSettings values;

    Platform(ClientSettings values) {
        this.values = values;
    }

    /**
     * The microphone and speaker of calls, unless a call's options name others. Pass null if you want silent calls.
     * If this method is not called, calls are silent too, and the first silent call is reported to the developer:
     * in the log or, if logging is not configured, on standard error.
     */
    public Platform audio(@Nullable AudioPort port) {
        values.audio = port;
        values.audioChosen = true;
        return this;
    }

    /**
     * What is done to a microphone's sound before it is sent; all by default. The engine applies the effects that the
     * device does not apply itself ({@link com.techpro.callclient.ports.audio.AudioStream#voiceEffects}).
     */
    public Platform voiceEffects(Set<VoiceEffect> choice) {
        values.voiceEffects = Set.copyOf(Objects.requireNonNull(choice, "choice"));
        return this;
    }

    /**
     * The store of the login, preferences, favourites, history and, if you ask for it, texts; you close it, after
     * the client.
     */
    public Platform store(SecureStorePort choice) {
        values.store = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /** The device's address book; read only while {@link #permissions} allows it (promise C3). */
    public Platform contacts(ContactsPort choice) {
        values.contacts = Objects.requireNonNull(choice, "choice");
        return this;
    }

    public Platform permissions(PermissionPort choice) {
        values.permissions = Objects.requireNonNull(choice, "choice");
        return this;
    }

    public Platform biometrics(BiometricPort choice) {
        values.biometrics = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * Shows calls, missed calls, voicemail and the connection state while {@link #permissions} allows it (promise U7).
     */
    public Platform notifications(NotificationPort choice) {
        values.notifications = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * The system's call screen. With one, microphone and speaker open only once the system gave its audio to calls.
     */
    public Platform callUi(CallUiPort choice) {
        values.callUi = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /** Reports when the device changes networks, so that accounts reconnect at once (promise C10). */
    public Platform networkMonitor(NetworkMonitor choice) {
        values.networkMonitor = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * The name servers that the JDK's network asks for SRV and NAPTR records, instead of those of
     * {@code /etc/resolv.conf}. On Android, use those of the current network's link properties. Without name
     * servers, a phone system is found by its address records alone, at the default port of the account's transport
     * (RFC 3263 §4.2). A network of your own has its own resolver.
     *
     * @param servers at most three are used; called for each lookup, on a worker, and must not return null
     */
    public Platform nameServers(Supplier<List<InetSocketAddress>> servers) {
        values.nameServers = Objects.requireNonNull(servers, "servers");
        return this;
    }

    /**
     * How the phone system wakes this app, while {@link #permissions} allows it to run in the background (RFC 8599).
     */
    public Platform push(PushPort choice) {
        values.push = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /** The port that {@link Updates#check} asks; without one, nothing is asked (promise T2). */
    public Platform updates(UpdatePort choice) {
        values.updates = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * A folder for voicemail while it is played, encrypted with a key that is never stored (promise S3). Use a
     * cache folder of the app's own. At the start, files that a killed process left there are removed.
     */
    public Platform voicemailCache(Path folder) {
        values.voicemailCache = Objects.requireNonNull(folder, "folder");
        return this;
    }

    /**
     * The device that the app runs on. Only the User-Agent header names it, and nothing else that is sent (promise C9).
     * Of this and {@link CallClientConfig.Builder#userAgent}, the last call counts.
     */
    public Platform device(DeviceInfo device) {
        Objects.requireNonNull(device, "device");
        values.userAgent = ConfigBounds.product(device.userAgent());
        return this;
    }
}
