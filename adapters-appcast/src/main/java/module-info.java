// SPDX-License-Identifier: Apache-2.0
/** Update checks against a signed Sparkle appcast. */
module com.techpro.callclient.adapters.appcast {
    requires transitive com.techpro.callclient.ports;
    requires static org.jspecify;
    requires okhttp3;
    requires org.bouncycastle.provider;

    exports com.techpro.callclient.adapters.appcast;
}
