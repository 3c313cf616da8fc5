// SPDX-License-Identifier: Apache-2.0
/** What the engine needs from its host. */
module com.techpro.callclient.ports {
    requires static transitive org.jspecify;

    exports com.techpro.callclient.ports.audio;
    exports com.techpro.callclient.ports.net;
    exports com.techpro.callclient.ports.phonesystem;
    exports com.techpro.callclient.ports.secret;
    exports com.techpro.callclient.ports.time;
}
