// SPDX-License-Identifier: Apache-2.0
/** The audio port on the JDK's own sound API. */
module com.techpro.callclient.adapters.javasound {
    requires transitive com.techpro.callclient.ports;
    requires static org.jspecify;
    requires java.desktop;

    exports com.techpro.callclient.adapters.javasound;
}
