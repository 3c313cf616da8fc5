// SPDX-License-Identifier: Apache-2.0
/**
 * Update checks against a signed Sparkle appcast.
 *
 * <p>The way in is {@link com.techpro.callclient.adapters.appcast.AppcastUpdates}, which a host gives to the engine as its
 * {@link com.techpro.callclient.ports.update.UpdatePort}. Without it nobody is asked for updates.
 */
module com.techpro.callclient.adapters.appcast {
    requires transitive com.techpro.callclient.ports;
    requires static org.jspecify;
    requires okhttp3;
    requires org.bouncycastle.provider;

    exports com.techpro.callclient.adapters.appcast;
}
