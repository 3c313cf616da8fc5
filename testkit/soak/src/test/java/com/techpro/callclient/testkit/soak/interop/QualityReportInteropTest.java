// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of calls' quality (RFC 6035) at a real Kamailio, which prints them, or refuses them with 489. */
@Tag("interop")
class QualityReportInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String COLLECTOR = "sip:collector@pbx.test";

    @TempDir
    Path directory;

    @Test
    void kamailio_takes_the_report_of_a_call_over_TLS() {
        try (Kamailio kamailio = Kamailio.collectingQuality(directory, "SHA-256")) {
            callOnce(kamailio.account("1001", SipTransport.TLS).qualityCollector(COLLECTOR), kamailio, phone -> {
                kamailio.awaitPrinted("end of the report");
                assertThat(kamailio.printed())
                        .contains("quality report of 1001 as application/vq-rtcpxr:")
                        .contains("VQSessionReport: CallTerm")
                        .contains("LocalID: <sip:1001@pbx.test>")
                        .contains("RemoteID: <sip:1002@pbx.test>")
                        .containsPattern("LocalAddr: IP=127\\.0\\.0\\.1 PORT=\\d+ SSRC=0x[0-9a-f]{8}")
                        .containsPattern("PacketLoss: NLR=\\d+\\.\\d JDR=\\d+\\.\\d")
                        .containsPattern("QualityEst: RCQ=\\d+ MOSLQ=4\\.\\d MOSCQ=4\\.\\d QoEEstAlg=G\\.107");
            });
        }
    }

    @Test
    void a_refusal_of_kamailio_ends_the_reports_and_disturbs_no_call() {
        try (Kamailio kamailio = new Kamailio(directory, "SHA-256")) {
            callOnce(
                    kamailio.account("1001", SipTransport.TLS).qualityCollector(COLLECTOR),
                    kamailio,
                    phone -> Await.until(
                            "the refusal is counted",
                            () -> phone.counters().drops().getOrDefault("quality-report", 0L) == 1,
                            LIMIT));
        }
    }

    private interface Check {
        void of(EnginePhone caller);
    }

    private void callOnce(SipAccount.Builder account, Kamailio kamailio, Check check) {
        SpokenFile speech = SpokenFile.write(directory.resolve("speech.wav"));
        SpokenFile.Ear ear = speech.ear();
        try (EnginePhone caller = new EnginePhone(account, ear).awaitRegistered();
                EnginePhone called = new EnginePhone(kamailio.account("1002", SipTransport.TLS), speech.ear())
                        .answering()
                        .awaitRegistered()) {
            Call call = caller.account().dial("1002");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            ear.awaitHeard(SpokenFile.ENOUGH);
            call.hangUp();
            EnginePhone.awaitEnding(call);
            check.of(caller);
            called.awaitNoCalls();
        }
    }
}
