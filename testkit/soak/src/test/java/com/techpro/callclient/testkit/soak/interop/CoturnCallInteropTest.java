// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceServer.Transport;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.IceSettings.Candidates;
import com.techpro.callclient.ports.phonesystem.IceSettings.Use;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of two engines through a real coturn that they reach by TCP and by TLS, and by nothing else. */
@Tag("interop")
@Tag("day-1")
class CoturnCallInteropTest {
    @TempDir
    Path directory;

    private Kamailio kamailio;
    private Coturn coturn;
    private Recitation speech;

    @BeforeEach
    void start() throws IOException {
        kamailio = new Kamailio(directory, "MD5");
        coturn = new Coturn(Files.createDirectory(directory.resolve("coturn")), Duration.ofMinutes(10));
        speech = Recitation.writeForUnevenPeer(directory.resolve("speech.wav"));
    }

    @AfterEach
    void stop() {
        if (coturn != null) {
            coturn.close();
        }
        if (kamailio != null) {
            kamailio.close();
        }
    }

    /** It is the only address that either tells, so that what is heard came through it. */
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TLS"})
    void both_hear_each_other_through_the_relay(Transport transport) {
        HeadlessAudio one = speech.phone();
        HeadlessAudio other = speech.phone();
        try (EnginePhone callee =
                        phone("2001", transport, other, trust()).answering().awaitRegistered();
                EnginePhone caller = phone("1001", transport, one, trust()).awaitRegistered()) {
            Call call = caller.account().dial("2001");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            speech.assertHeard(one);
            speech.assertHeard(other);
            call.hangUp();
            assertThat(EnginePhone.awaitEnding(call)).isInstanceOf(CallEnding.LocalHangUp.class);
        }
    }

    @Test
    void a_relay_with_an_untrusted_certificate_is_not_used() {
        try (EnginePhone caller =
                phone("1001", Transport.TLS, speech.phone(), TlsTrust.PLATFORM).awaitRegistered()) {
            Call call = caller.account().dial("2001");
            assertThat(EnginePhone.awaitEnding(call))
                    .isEqualTo(new CallEnding.Failed(new Failure.MediaRefused(Failure.MediaProblem.NO_RELAY)));
        }
    }

    private TlsTrust trust() {
        return PemAuthority.anchoredAt(directory.resolve("coturn").resolve("ca.pem"));
    }

    private EnginePhone phone(String user, Transport transport, HeadlessAudio ear, TlsTrust trust) {
        int port = transport == Transport.TLS ? coturn.tlsPort() : coturn.port();
        IceServer server = IceServer.turn("127.0.0.1:" + port, transport, Coturn.USER, Secret.of(Coturn.PASSWORD));
        return new EnginePhone(
                kamailio.account(user, SipTransport.UDP)
                        .tlsTrust(trust)
                        .ice(IceSettings.DEFAULT
                                .withUse(Use.OFFERED)
                                .withServers(List.of(server))
                                .withCandidates(Candidates.RELAYED_ONLY)),
                ear);
    }
}
