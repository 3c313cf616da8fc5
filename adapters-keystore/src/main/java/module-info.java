// SPDX-License-Identifier: Apache-2.0
/**
 * The secure store on the operating system's keyring, or on a passphrase.
 *
 * <p>Start with {@link com.techpro.callclient.adapters.keystore.Vault}, an encrypted file that a
 * host passes to the engine as its {@link com.techpro.callclient.ports.storage.SecureStorePort}:
 * {@code withKeyring} if there is a keyring, {@code withPassphrase} elsewhere.
 */
module com.techpro.callclient.adapters.keystore {
    requires transitive com.techpro.callclient.ports;
    requires static org.jspecify;
    requires java.keyring;
    requires secret.service;
    requires org.freedesktop.dbus;
    requires org.bouncycastle.provider;

    exports com.techpro.callclient.adapters.keystore;
}
