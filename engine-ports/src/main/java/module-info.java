// SPDX-License-Identifier: Apache-2.0
/**
 * What the engine needs from its host: interfaces and value types, one package per capability, on nothing but the JDK.
 *
 * <p>An app team meets the values here first: {@link com.techpro.callclient.ports.phonesystem.SipAccount} says which account is registered and
 * how, {@link com.techpro.callclient.ports.secret.Secret} holds a password. The engine itself is the module
 * {@code com.techpro.callclient.engine}.
 *
 * <p>An integrator starts with the port of the capability that the platform has: {@link com.techpro.callclient.ports.audio.AudioPort} for
 * microphones and speakers, {@link com.techpro.callclient.ports.storage.SecureStorePort} for what is kept,
 * {@link com.techpro.callclient.ports.callui.CallUiPort} for the system's own call screens. The documentation of a port is its contract; every
 * clause has an ID, and the kit of that port in {@code callclient-testkit-contracts} tests an adapter clause by clause. A capability that a
 * platform lacks is left out: the engine does without it.
 *
 * <p>{@link com.techpro.callclient.ports.time.Scheduler} and {@link com.techpro.callclient.ports.net.Network} have implementations on the JDK in
 * the engine; a host replaces them only to run it in virtual time or over links of its own.
 */
module com.techpro.callclient.ports {
    requires static transitive org.jspecify;
    requires java.xml;

    exports com.techpro.callclient.ports.audio;
    exports com.techpro.callclient.ports.audio.pcm to
            com.techpro.callclient.engine,
            com.techpro.callclient.adapters.javasound,
            com.techpro.callclient.testkit.pbx,
            com.techpro.callclient.testkit.soak;
    exports com.techpro.callclient.ports.biometric;
    exports com.techpro.callclient.ports.callui;
    exports com.techpro.callclient.ports.contacts;
    exports com.techpro.callclient.ports.device;
    exports com.techpro.callclient.ports.net;
    exports com.techpro.callclient.ports.notification;
    exports com.techpro.callclient.ports.permission;
    exports com.techpro.callclient.ports.phonesystem;
    exports com.techpro.callclient.ports.push;
    exports com.techpro.callclient.ports.secret;
    exports com.techpro.callclient.ports.storage;
    exports com.techpro.callclient.ports.time;
    exports com.techpro.callclient.ports.update;
    exports com.techpro.callclient.ports.voicemail;
    exports com.techpro.callclient.ports.xml to
            com.techpro.callclient.engine,
            com.techpro.callclient.adapters.appcast;
}
