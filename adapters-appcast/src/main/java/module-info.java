// SPDX-License-Identifier: Apache-2.0
/**
 * Update checks with a signed Sparkle appcast.
 *
 * <p>Start with {@link com.techpro.callclient.adapters.appcast.AppcastUpdates}, which a host passes
 * to the engine as its {@link com.techpro.callclient.ports.update.UpdatePort}. Without it there are
 * no update checks.
 */
module com.techpro.callclient.adapters.appcast {
    requires transitive com.techpro.callclient.ports;
    requires static org.jspecify;
    requires java.xml;
    requires okhttp3;
    requires org.bouncycastle.provider;

    exports com.techpro.callclient.adapters.appcast;
}
