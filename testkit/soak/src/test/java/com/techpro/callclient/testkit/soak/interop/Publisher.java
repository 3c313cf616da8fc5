// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishes an event package's state at Kamailio with SIPp, each in the place of the one before (RFC 3903 §4.4). */
final class Publisher {
    private final Sipp sipp;
    private final Kamailio kamailio;
    private final Map<String, String> what;
    private String match = "";

    Publisher(Path directory, Kamailio kamailio, String whose, String event, String contentType) {
        this.sipp = new Sipp(directory, "t1");
        this.kamailio = kamailio;
        this.what = Map.of("WHOSE", whose, "EVENT", event, "TYPE", contentType);
    }

    void publish(String body) {
        Map<String, String> words = new HashMap<>(what);
        words.put("BODY", body);
        words.put("IF_MATCH", match);
        Sipp.Scenario scenario = sipp.launch("publish", words, List.of("127.0.0.1:" + kamailio.port(SipTransport.UDP)));
        scenario.awaitSuccess();
        match = "SIP-If-Match: " + scenario.logged("entity tag ") + "\n";
    }
}
