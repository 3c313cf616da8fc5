// SPDX-License-Identifier: Apache-2.0
/**
 * A small real PBX in one JVM: registrar, calls, voicemail, conference rooms, login by e-mail, and faults on purpose.
 *
 * <p>A JUnit 5 test starts with {@link com.techpro.callclient.testkit.pbx.PbxExtension}: it runs a PBX for a test class and gives accounts at it;
 * {@link com.techpro.callclient.testkit.pbx.TraceExtension} leaves ladders, captures and sound of tests that fail. Everything else, a program of its own for
 * instance, starts with {@link com.techpro.callclient.testkit.pbx.EmbeddedPbx}.
 */
module com.techpro.callclient.testkit.pbx {
    requires transitive com.techpro.callclient.engine;
    requires transitive com.techpro.callclient.testkit.contracts;
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
