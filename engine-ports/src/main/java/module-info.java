// SPDX-License-Identifier: Apache-2.0
/** What the engine needs from its host. */
module com.techpro.callclient.ports {
    requires static transitive org.jspecify;
    requires java.xml;

    exports com.techpro.callclient.ports.audio;
    exports com.techpro.callclient.ports.audio.pcm to
            com.techpro.callclient.engine,
            com.techpro.callclient.adapters.javasound;
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
    exports com.techpro.callclient.ports.update;
    exports com.techpro.callclient.ports.voicemail;
    exports com.techpro.callclient.ports.xml to
            com.techpro.callclient.engine,
            com.techpro.callclient.adapters.appcast;
}
