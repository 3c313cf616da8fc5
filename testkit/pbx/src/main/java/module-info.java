// SPDX-License-Identifier: Apache-2.0
/**
 * A small real PBX in one JVM: registrar, calls, voicemail, conference rooms, login by e-mail, and
 * injected faults.
 *
 * <p>A JUnit 5 test starts with {@link com.techpro.callclient.testkit.pbx.PbxExtension}. It runs a
 * PBX for a test class and provides accounts.
 * {@link com.techpro.callclient.testkit.pbx.TraceExtension} writes ladders, captures and audio of
 * failed tests. Other programs start with {@link com.techpro.callclient.testkit.pbx.EmbeddedPbx}.
 */
module com.techpro.callclient.testkit.pbx {
    requires transitive com.techpro.callclient.testkit.contracts;
    requires com.techpro.callclient.adapters.phonesystems;
    requires com.techpro.callclient.stack;
    requires static transitive org.jspecify;
    requires java.logging;
    requires jdk.httpserver;
    requires jakarta.activation;
    requires jakarta.mail;
    requires org.bouncycastle.provider;
    requires static greenmail;

    exports com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.testkit.pbx.live;
    exports com.techpro.callclient.testkit.pbx.fault;
    exports com.techpro.callclient.testkit.pbx.request;
    exports com.techpro.callclient.testkit.pbx.settings;
    exports com.techpro.callclient.testkit.pbx.sound;
    exports com.techpro.callclient.testkit.pbx.tls;
    exports com.techpro.callclient.testkit.pbx.trace;
    exports com.techpro.callclient.testkit.pbx.voicemail;
}
