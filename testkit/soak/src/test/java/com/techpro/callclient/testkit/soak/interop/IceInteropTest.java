// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.testkit.contracts.Precondition;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls with a real baresip that finds its way by ICE, with keys of either kind. */
@Tag("interop")
@Tag("day-1")
class IceInteropTest {
    @TempDir
    Path directory;

    private Kamailio kamailio;
    private Recitation speech;

    @BeforeEach
    void start() throws IOException {
        Precondition.require(hasAddress(), "address but loopback, of which this peer makes no candidate,");
        kamailio = new Kamailio(directory, "MD5");
        speech = Recitation.writeForUnevenPeer(directory.resolve("speech.wav"));
    }

    private static boolean hasAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet4Address && !address.isLoopbackAddress());
    }

    @AfterEach
    void stop() {
        if (kamailio != null) {
            kamailio.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"dtls_srtp, PREFER_SDES, opus", "dtls_srtp, PREFER_SDES, G722", "srtp-mand, PREFER_SDES, PCMU"})
    void the_engine_takes_the_peers_offer(String encryption, KeyingPolicy keying, String codec) {
        HeadlessAudio ear = speech.phone();
        try (Baresip peer = baresip(encryption, codec);
                EnginePhone phone = phone(keying, IceSettings.Use.WHEN_OFFERED, ear)
                        .answering()
                        .awaitRegistered()) {
            peer.dial("1001");
            Call call = phone.awaitIncoming();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            talk(call, ear, peer, codec);
        }
    }

    @ParameterizedTest
    @CsvSource({"dtls_srtp, PREFER_DTLS, opus", "dtls_srtp, PREFER_DTLS, G722", "srtp-mand, PREFER_SDES, PCMU"})
    void the_peer_takes_the_engines_offer(String encryption, KeyingPolicy keying, String codec) {
        HeadlessAudio ear = speech.phone();
        try (Baresip peer = baresip(encryption, codec);
                EnginePhone phone = phone(keying, IceSettings.Use.OFFERED, ear).awaitRegistered()) {
            Call call = phone.account().dial("2001");
            peer.answer();
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            talk(call, ear, peer, codec);
        }
    }

    private void talk(Call call, HeadlessAudio ear, Softphone peer, String codec) {
        assertThat(call.snapshot().codec()).isEqualTo(codec);
        speech.assertHeard(ear);
        speech.assertHeard(peer);
        call.hold();
        EnginePhone.awaitHold(call, HoldState.LOCAL);
        call.resume();
        EnginePhone.awaitHold(call, HoldState.NONE);
        speech.assertHeard(ear);
        call.hangUp();
        assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.LocalHangUp.class);
    }

    private Baresip baresip(String encryption, String codec) {
        return Baresip.speaking(
                directory.resolve("baresip"), kamailio, "2001", encryption + ";medianat=ice", codec, speech);
    }

    private EnginePhone phone(KeyingPolicy keying, IceSettings.Use use, HeadlessAudio ear) {
        // With ICE this peer begins its answer before it reads the offer, and names the first of its suites by the
        // first of our tags.
        SecurityFloor first = SecurityFloor.DEFAULT.withSuites(List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80));
        return new EnginePhone(
                kamailio.account("1001", SipTransport.TLS)
                        .securityFloor(keying == KeyingPolicy.PREFER_SDES ? first : SecurityFloor.DEFAULT)
                        .keyingPolicy(keying)
                        .ice(IceSettings.DEFAULT.withUse(use)),
                ear);
    }
}
