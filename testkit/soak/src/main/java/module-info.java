// SPDX-License-Identifier: Apache-2.0
/**
 * A soak as a library: extensions of a phone system call each other for any length of time, and a
 * judge listens.
 *
 * <p>{@link com.techpro.callclient.testkit.soak.run.SoakRun} runs the
 * {@link com.techpro.callclient.testkit.soak.settings.SoakSettings} at a
 * {@link com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem}, the embedded one or another. It
 * returns a {@link com.techpro.callclient.testkit.soak.report.SoakReport} with the gates and
 * whether they are green. The command line {@code ./callclient soak} uses it too.
 */
module com.techpro.callclient.testkit.soak {
    requires transitive com.techpro.callclient.engine;
    requires transitive com.techpro.callclient.testkit.judge;
    requires transitive com.techpro.callclient.testkit.pbx;
    requires com.techpro.callclient.testkit.privacy;
    requires com.techpro.callclient.stack;
    requires com.techpro.callclient.adapters.javasound;
    requires com.techpro.callclient.adapters.keystore;
    requires static transitive org.jspecify;
    requires com.google.gson;
    requires HdrHistogram;
    requires greenmail;
    requires java.logging;
    requires java.management;
    requires java.xml;
    requires jdk.management;

    exports com.techpro.callclient.testkit.soak.audio;
    exports com.techpro.callclient.testkit.soak.conditions;
    exports com.techpro.callclient.testkit.soak.gate;
    exports com.techpro.callclient.testkit.soak.network;
    exports com.techpro.callclient.testkit.soak.report;
    exports com.techpro.callclient.testkit.soak.run;
    exports com.techpro.callclient.testkit.soak.settings;
    exports com.techpro.callclient.testkit.soak.swarm;
}
