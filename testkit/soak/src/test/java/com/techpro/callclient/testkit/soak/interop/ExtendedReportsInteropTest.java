// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RemoteQuality;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RTCP XR (RFC 3611) with linphonec, which answers {@code a=rtcp-xr} and sends VoIP metrics unless it is told not to. */
@Tag("interop")
class ExtendedReportsInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @Test
    void the_figures_of_linphone_are_read_in_a_call_either_way() throws IOException {
        Recitation speech = Recitation.writeForUnevenPeer(directory.resolve("speech.wav"));
        HeadlessAudio ear = speech.phone();
        try (Kamailio kamailio = new Kamailio(directory, "MD5");
                Linphone peer = new Linphone(
                        directory.resolve("linphone"),
                        kamailio,
                        "2001",
                        speech.at(8_000, 1),
                        "srtp",
                        false,
                        "PCMU",
                        false);
                EnginePhone phone = new EnginePhone(
                                kamailio.account("1001", SipTransport.TLS)
                                        .codecs(Set.of("pcmu"))
                                        .keyingPolicy(KeyingPolicy.SDES_ONLY),
                                ear)
                        .answering()
                        .awaitRegistered()) {
            Call call = phone.account().dial("2001");
            peer.answer();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            assertReported(call);
            call.hangUp();
            EnginePhone.awaitEnding(call);
            phone.awaitNoCalls();

            peer.call("1001");
            Call back = phone.awaitIncoming();
            EnginePhone.awaitState(back, CallState.ESTABLISHED);
            assertReported(back);
            back.hangUp();
            EnginePhone.awaitEnding(back);
        }
    }

    private static void assertReported(Call call) {
        Await.until(
                "linphonec reports VoIP metrics",
                () -> {
                    CallQuality quality = call.snapshot().quality();
                    RemoteQuality remote = quality == null ? null : quality.remote();
                    // Its first report comes before it has one of ours to answer
                    return remote != null
                            && remote.voip() != null
                            && quality.latest().roundTrip() != null;
                },
                LIMIT);
        RemoteQuality.VoipMetrics theirs = call.snapshot().quality().remote().voip();
        assertThat(theirs.lossPercent()).isLessThan(5);
        assertThat(theirs.mosListening()).isGreaterThan(3);
    }
}
