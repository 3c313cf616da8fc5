// SPDX-License-Identifier: Apache-2.0
/**
 * The secure store on the operating system's keyring, or on a passphrase.
 *
 * <p>The way in is {@link com.techpro.callclient.adapters.keystore.Vault}, an encrypted file that a host gives to the engine as its
 * {@link com.techpro.callclient.ports.storage.SecureStorePort}: {@code withKeyring} where there is a keyring, {@code withPassphrase} elsewhere.
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
