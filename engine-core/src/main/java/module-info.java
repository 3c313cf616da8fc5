// SPDX-License-Identifier: Apache-2.0
/** The engine: SIP, media and accounts. Only its public package is exported; some internals are shared with the testkit's PBX. */
module com.techpro.callclient.engine {
    requires transitive com.techpro.callclient.ports;
    requires static transitive org.jspecify;
    requires jain.sip.ri;
    requires java.logging;
    requires minidns.core;

    exports com.techpro.callclient.engine;
}
