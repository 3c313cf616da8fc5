// SPDX-License-Identifier: Apache-2.0
/** The secure store on the operating system's keyring, or on a passphrase. */
module com.techpro.callclient.adapters.keystore {
    requires transitive com.techpro.callclient.ports;
    requires static org.jspecify;
    requires java.keyring;
    requires secret.service;
    requires org.freedesktop.dbus;
    requires org.bouncycastle.provider;

    exports com.techpro.callclient.adapters.keystore;
}
