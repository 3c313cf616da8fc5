// SPDX-License-Identifier: Apache-2.0
/**
 * The command line {@code ./callclient}: a soak, a terminal softphone, the embedded PBX,
 * benchmarks, the privacy check and the ports' kits. It is a program, not an API.
 */
module com.techpro.callclient.testkit.cli {
    requires com.techpro.callclient.testkit.soak;
    requires com.techpro.callclient.testkit.privacy;
    requires com.techpro.callclient.testkit.contracts;
    requires com.techpro.callclient.stack;
    requires com.techpro.callclient.adapters.javasound;
    requires com.techpro.callclient.adapters.phonesystems;
    requires com.techpro.callclient.adapters.keystore;
    requires static org.jspecify;
    requires com.google.gson;
    requires com.googlecode.ezvcard;
    requires info.picocli;
    requires java.logging;
    requires java.management;
    requires jdk.httpserver;
    requires jdk.management;
    // Required by the kits.
    requires org.assertj.core;
    requires org.junit.jupiter.api;
    requires org.junit.platform.engine;
    requires org.junit.platform.launcher;

    opens com.techpro.callclient.testkit.cli to
            info.picocli;
    opens com.techpro.callclient.testkit.cli.kit to
            info.picocli,
            org.junit.platform.commons;
    opens com.techpro.callclient.testkit.cli.phone to
            info.picocli;
}
