// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signalling and sound over IPv6 alone: Kamailio at {@code ::1}, between the engine and other people's phones. */
@Tag("interop")
@Tag("day-0")
class Ipv6InteropTest {
    @TempDir
    Path directory;

    private Kamailio kamailio;
    private Recitation speech;

    @BeforeEach
    void start() throws IOException {
        speech = Recitation.write(directory.resolve("speech.wav"));
        kamailio = new Kamailio(directory, "MD5", ServerHost.LOOPBACK_6);
    }

    @AfterEach
    void stop() {
        kamailio.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = SipTransport.class,
            names = {"UDP", "TLS"})
    void baresip_calls_and_is_called(SipTransport transport) {
        try (Baresip peer =
                new Baresip(directory.resolve("baresip"), kamailio, "2001", transport, "srtp-mand", speech.file())) {
            talkBothWays(peer, transport);
        }
    }

    @Test
    void linphonec_calls_and_is_called() {
        try (Linphone peer = new Linphone(directory.resolve("linphone"), kamailio, "2001", speech.file())) {
            talkBothWays(peer, SipTransport.TLS);
        }
    }

    private void talkBothWays(Softphone peer, SipTransport transport) {
        HeadlessAudio ear = speech.phone();
        try (EnginePhone phone = new EnginePhone(
                        kamailio.account("1001", transport).codecs(Set.copyOf(MediaChoice.G711)), ear)
                .answering()
                .awaitRegistered()) {
            Call out = phone.account().dial("2001");
            peer.answer();
            EnginePhone.awaitState(out, CallState.ESTABLISHED);
            speech.assertHeard(ear);
            out.hold();
            EnginePhone.awaitHold(out, HoldState.LOCAL);
            out.resume();
            EnginePhone.awaitHold(out, HoldState.NONE);
            out.sendDtmf("5");
            peer.awaitKey('5');
            peer.end();
            assertThat(EnginePhone.awaitEnding(out)).isInstanceOf(CallEnding.RemoteHangUp.class);

            peer.call("1001");
            Call in = phone.awaitIncoming();
            EnginePhone.awaitState(in, CallState.ESTABLISHED);
            speech.assertHeard(ear);
            speech.assertHeard(peer);
            in.hangUp();
            assertThat(EnginePhone.awaitEnding(in)).isInstanceOf(CallEnding.LocalHangUp.class);
            phone.awaitNoCalls();
        }
    }
}
