// SPDX-License-Identifier: Apache-2.0
/**
 * The interfaces and value types between the engine and its host: one package per capability, with
 * no dependency but the JDK.
 *
 * <p>An app developer meets two values first.
 * {@link com.techpro.callclient.ports.phonesystem.SipAccount} says which account to register and
 * how; {@link com.techpro.callclient.ports.secret.Secret} holds a password. The engine itself is
 * the module {@code com.techpro.callclient.engine}.
 *
 * <p>An integrator implements one port per capability of the platform.
 * {@link com.techpro.callclient.ports.audio.AudioPort} is for microphones and speakers,
 * {@link com.techpro.callclient.ports.storage.SecureStorePort} for stored data,
 * {@link com.techpro.callclient.ports.callui.CallUiPort} for the system's own call screen. The
 * Javadoc of a port is its contract. Every clause has an ID, and the contract test of that port in
 * {@code callclient-testkit-contracts} checks an adapter against each clause. Leave out the ports
 * of capabilities that the platform lacks; the engine works without them.
 *
 * <p>The engine implements {@link com.techpro.callclient.ports.time.Scheduler} and
 * {@link com.techpro.callclient.ports.net.Network} on the JDK. A host replaces them only to run the
 * engine in virtual time or over its own links.
 */
module com.techpro.callclient.ports {
    requires static transitive org.jspecify;

    exports com.techpro.callclient.engine.failure;
    exports com.techpro.callclient.ports.audio;
    exports com.techpro.callclient.ports.audio.pcm to
            com.techpro.callclient.engine,
            com.techpro.callclient.stack,
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
    exports com.techpro.callclient.ports.trace;
    exports com.techpro.callclient.ports.update;
    exports com.techpro.callclient.ports.voicemail;
}
