// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Wireshark sees of the engine's differentiated services field (RFC 2474). */
@Tag("interop")
class MarkedPacketsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String EXPEDITED_FORWARDING = "46";
    private static final String CLASS_SELECTOR_3 = "24";

    @TempDir
    Path directory;

    /** A JDK's TCP sockets are of IPv6, whose mark does not reach IPv4 packets. */
    @Test
    void sound_is_marked_for_expedited_forwarding_and_signalling_over_UDP_by_its_class() throws IOException {
        SipTransport transport = SipTransport.UDP;
        Recitation speech = Recitation.write(directory.resolve("speech.wav"));
        HeadlessAudio ear = speech.phone();
        try (Kamailio kamailio = new Kamailio(directory, "MD5");
                Tshark capture = new Tshark(directory, "127.0.0.1");
                EnginePhone callee = new EnginePhone(kamailio.account("2001", transport), speech.phone())
                        .answering()
                        .awaitRegistered();
                EnginePhone caller = new EnginePhone(kamailio.account("1001", transport), ear).awaitRegistered()) {
            Call call = caller.account().dial("2001");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            Await.until("something is heard", () -> ear.heard().length > 8_000, LIMIT);
            call.hangUp();
            EnginePhone.awaitEnding(call);
            capture.stop();

            int port = kamailio.port(transport);
            capture.takeForSip(port);
            String ours = capture.fields("sdp.media.port", "sdp.media.port").stream()
                    .distinct()
                    .map(media -> "udp.srcport == " + media)
                    .collect(Collectors.joining(" || "));
            assertThat(capture.fields("!icmp && (" + ours + ")", "ip.dsfield.dscp"))
                    .as("sound")
                    .hasSizeGreaterThan(20)
                    .containsOnly(EXPEDITED_FORWARDING);
            assertThat(capture.fields("!icmp && udp.dstport == " + port, "ip.dsfield.dscp"))
                    .as("signalling to the phone system")
                    .hasSizeGreaterThan(3)
                    .containsOnly(CLASS_SELECTOR_3);
        }
    }
}
