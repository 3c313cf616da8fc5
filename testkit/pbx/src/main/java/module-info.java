// SPDX-License-Identifier: Apache-2.0
/**
 * A small real PBX in one JVM, and its JUnit 5 extension.
 *
 * <p>The way in is {@link com.techpro.callclient.testkit.pbx.EmbeddedPbx}; in a test,
 * {@link com.techpro.callclient.testkit.pbx.PbxExtension}, and {@link com.techpro.callclient.testkit.pbx.TraceExtension} for ladders and
 * captures.
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
    exports com.techpro.callclient.testkit.pbx.call;
    exports com.techpro.callclient.testkit.pbx.fault;
    exports com.techpro.callclient.testkit.pbx.request;
    exports com.techpro.callclient.testkit.pbx.settings;
    exports com.techpro.callclient.testkit.pbx.sound;
    exports com.techpro.callclient.testkit.pbx.tls;
    exports com.techpro.callclient.testkit.pbx.trace;
    exports com.techpro.callclient.testkit.pbx.voicemail;
}
