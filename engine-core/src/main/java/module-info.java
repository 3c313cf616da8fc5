// SPDX-License-Identifier: Apache-2.0
/** The engine: SIP, media and accounts. Only its public package is exported; some internals are shared with the testkit's PBX. */
module com.techpro.callclient.engine {
    requires transitive com.techpro.callclient.ports;
    requires static transitive org.jspecify;
    requires jain.sip.ri;
    requires com.google.gson;
    requires java.logging;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires minidns.core;
    requires okhttp3;
    requires jakarta.mail;
    requires org.eclipse.angus.mail;
    requires concentus;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires org.slf4j;

    exports com.techpro.callclient.engine;
    exports com.techpro.callclient.engine.call;
    exports com.techpro.callclient.engine.conference;
    exports com.techpro.callclient.engine.diagnostics;
    exports com.techpro.callclient.engine.lock;
    exports com.techpro.callclient.engine.message;
    exports com.techpro.callclient.engine.people;
    exports com.techpro.callclient.engine.presence;
    exports com.techpro.callclient.engine.privacy;
    exports com.techpro.callclient.engine.voicemail;
}
