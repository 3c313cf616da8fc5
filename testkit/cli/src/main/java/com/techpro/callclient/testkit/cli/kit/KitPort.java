// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.AudioPortContract;
import com.techpro.callclient.testkit.contracts.BiometricPortContract;
import com.techpro.callclient.testkit.contracts.CallUiPortContract;
import com.techpro.callclient.testkit.contracts.ContactsPortContract;
import com.techpro.callclient.testkit.contracts.DatagramContract;
import com.techpro.callclient.testkit.contracts.LoopContract;
import com.techpro.callclient.testkit.contracts.NetworkContract;
import com.techpro.callclient.testkit.contracts.NetworkMonitorContract;
import com.techpro.callclient.testkit.contracts.NotificationPortContract;
import com.techpro.callclient.testkit.contracts.PermissionPortContract;
import com.techpro.callclient.testkit.contracts.PhoneSystemContract;
import com.techpro.callclient.testkit.contracts.PushPortContract;
import com.techpro.callclient.testkit.contracts.ResolverContract;
import com.techpro.callclient.testkit.contracts.SchedulerContract;
import com.techpro.callclient.testkit.contracts.SchedulersContract;
import com.techpro.callclient.testkit.contracts.SecureStoreContract;
import com.techpro.callclient.testkit.contracts.StreamContract;
import com.techpro.callclient.testkit.contracts.UpdatePortContract;
import com.techpro.callclient.testkit.contracts.VoicemailBoxContract;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ports that have kits. */
enum KitPort {
    AUDIO(AudioPort.class, List.of(), AudioPortContract.class),
    NETWORK(Network.class, List.of(), NetworkContract.class, DatagramContract.class, StreamContract.class),
    STORE(SecureStorePort.class, List.of(Path.class), SecureStoreContract.class),
    BIOMETRIC(BiometricPortContract.class),
    CALLUI(CallUiPortContract.class),
    CONTACTS(ContactsPortContract.class),
    MONITOR(NetworkMonitorContract.class),
    NOTIFICATION(NotificationPortContract.class),
    PERMISSION(PermissionPortContract.class),
    PHONESYSTEM(PhoneSystemContract.class),
    PUSH(PushPortContract.class),
    RESOLVER(ResolverContract.class),
    TIME(SchedulersContract.class, SchedulerContract.class, LoopContract.class),
    UPDATE(UpdatePortContract.class),
    VOICEMAIL(VoicemailBoxContract.class);

    private final @Nullable Class<?> port;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Class<?>> parameters;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Class<?>> kits;

    /** A port that the kits can construct themselves, by a constructor with these parameters. */
    KitPort(Class<?> port, List<Class<?>> parameters, Class<?>... kits) {
        this.port = port;
        this.parameters = parameters;
        this.kits = List.of(kits);
    }

    /** A port whose author has to describe the platform in a class that extends the kit. */
    KitPort(Class<?>... kits) {
        this.port = null;
        this.parameters = List.of();
        this.kits = List.of(kits);
    }

    /** The interface of the class under test; null if it extends the kit itself. */
    @Nullable
    Class<?> port() {
        return port;
    }

    /** Returns the parameters of the required constructor. */
    List<Class<?>> parameters() {
        return parameters;
    }

    List<Class<?>> kits() {
        return kits;
    }
}
