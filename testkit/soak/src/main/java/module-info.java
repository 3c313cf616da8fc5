// SPDX-License-Identifier: Apache-2.0
/**
 * Headless calls whose speech is judged, gates, and a report. The way in is {@link com.techpro.callclient.testkit.soak.run.SoakRun}.
 */
module com.techpro.callclient.testkit.soak {
    requires transitive com.techpro.callclient.testkit.pbx;
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
    exports com.techpro.callclient.testkit.soak.disk;
    exports com.techpro.callclient.testkit.soak.gate;
    exports com.techpro.callclient.testkit.soak.network;
    exports com.techpro.callclient.testkit.soak.privacy;
    exports com.techpro.callclient.testkit.soak.report;
    exports com.techpro.callclient.testkit.soak.run;
    exports com.techpro.callclient.testkit.soak.speech;
    exports com.techpro.callclient.testkit.soak.verify;
}
