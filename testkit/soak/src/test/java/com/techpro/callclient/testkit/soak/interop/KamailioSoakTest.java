// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.network.Impairment;
import com.techpro.callclient.testkit.soak.report.ReportTable;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.run.SoakRun;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.MediaMix;
import com.techpro.callclient.testkit.soak.settings.SoakSettings;
import com.techpro.callclient.testkit.soak.settings.VaultKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job where neither signalling nor sound passes anything of ours between two engines, or between an engine and a softphone: Kamailio is the registrar and
 * proxy, rtpengine relays all sound. What each end heard is judged as in the main job.
 */
@Tag("interop")
@Tag("day-0")
@Timeout(300) // Warming up takes up to two minutes.
class KamailioSoakTest {
    private static final int USERS = 8;
    private static final double CALLS_A_SECOND = 1;
    private static final Duration DURATION = Duration.ofSeconds(10);
    /** Of a call are a hundred, on hold as well; what its beginning and its end take off must leave these. */
    private static final int PACKETS_A_SECOND = 90;

    private static final Duration LIMIT = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private RtpEngine relay;
    private Kamailio kamailio;

    @BeforeEach
    void start() {
        relay = new RtpEngine(directory);
        kamailio = new Kamailio(directory, "MD5", relay);
    }

    @AfterEach
    void stop() {
        if (kamailio != null) {
            kamailio.close();
        }
        relay.close();
    }

    @Test
    void engines_talk_to_each_other_and_every_gate_of_the_main_job_holds() throws IOException {
        SoakSettings settings = new SoakSettings(
                USERS,
                0,
                VaultKind.PASSPHRASE,
                CALLS_A_SECOND,
                DURATION,
                SipTransport.TLS,
                null,
                4475,
                Impairment.NONE,
                SpeechClip.builtIn(),
                MediaMix.THIRDS.withKeying(KeyingPolicy.PREFER_SDES).withIce(IceSettings.Use.WHEN_OFFERED),
                Set.of(CallFeature.BLIND_TRANSFER, CallFeature.ATTENDED_TRANSFER, CallFeature.TEXTS));

        SoakReport report =
                new SoakRun(settings, () -> new KamailioExtensions(kamailio, USERS), progress -> {}).execute();

        assertThat(report.green()).as(ReportTable.of(report)).isTrue();
        assertRelayed(report.calls().attempted());
        assertThat((double) relay.count("totalstatistics", "relayedpackets"))
                .isGreaterThan(PACKETS_A_SECOND * report.calls().callSeconds());
        // of softphones it is not: some send keep-alives that are no RTP
        assertThat(relay.count("totalstatistics", "relayedpacketerrors")).isZero();
    }

    /** Plain RTP on its side of the relay, SRTP on the engine's. */
    @Test
    void the_engine_and_baresip_talk_through_it() throws IOException {
        Recitation speech = Recitation.write(directory.resolve("speech.wav"));
        try (Softphone peer =
                new Baresip(directory.resolve("baresip"), kamailio, "3001", SipTransport.TLS, "", speech.file())) {
            talkBothWays(speech, peer, "3001");
        }
    }

    /** SRTP on both sides of the relay. */
    @Test
    void the_engine_and_linphonec_talk_through_it() throws IOException {
        Recitation speech = Recitation.write(directory.resolve("speech.wav"));
        try (Softphone peer = new Linphone(directory.resolve("linphone"), kamailio, "2001", speech.file())) {
            talkBothWays(speech, peer, "2001");
        }
    }

    private void talkBothWays(Recitation speech, Softphone peer, String number) {
        HeadlessAudio ear = speech.phone();
        try (EnginePhone phone = new EnginePhone(
                        kamailio.account("1001", SipTransport.TLS).codecs(Set.copyOf(MediaChoice.G711)), ear)
                .answering()
                .awaitRegistered()) {
            Call out = phone.account().dial(number);
            peer.answer();
            EnginePhone.awaitState(out, CallState.ESTABLISHED);
            speech.assertHeard(ear);
            speech.assertHeard(peer);
            out.sendDtmf("5");
            peer.awaitKey('5');
            out.hold();
            EnginePhone.awaitHold(out, HoldState.LOCAL);
            out.resume();
            EnginePhone.awaitHold(out, HoldState.NONE);
            speech.assertHeard(ear);
            peer.end();
            assertThat(EnginePhone.awaitEnding(out)).isInstanceOf(CallEnding.RemoteHangUp.class);
            phone.awaitNoCalls();

            peer.call("1001");
            Call in = phone.awaitIncoming();
            EnginePhone.awaitState(in, CallState.ESTABLISHED);
            speech.assertHeard(ear);
            speech.assertHeard(peer);
            peer.press('7');
            assertThat(phone.awaitDtmf()).isEqualTo('7');
            peer.hold();
            EnginePhone.awaitHold(in, HoldState.REMOTE);
            peer.resume();
            EnginePhone.awaitHold(in, HoldState.NONE);
            speech.assertHeard(ear);
            in.hangUp();
            assertThat(EnginePhone.awaitEnding(in)).isInstanceOf(CallEnding.LocalHangUp.class);
            phone.awaitNoCalls();
        }
        assertRelayed(2);
    }

    /** rtpengine counts by itself. */
    private void assertRelayed(long calls) {
        Await.until(
                "the relay has ended every session",
                () -> relay.count("currentstatistics", "sessionstotal") == 0,
                LIMIT);
        assertThat(relay.count("totalstatistics", "managedsessions")).isGreaterThanOrEqualTo(calls);
        assertThat(relay.count("totalstatistics", "regularterminatedsessions"))
                .isEqualTo(relay.count("totalstatistics", "managedsessions"));
        assertThat(relay.count("totalstatistics", "onewaystreams")).isZero();
        assertThat(relay.count("totalstatistics", "zerowaystreams")).isZero();
        assertThat(relay.count("totalstatistics", "relayedpackets")).isPositive();
    }
}
