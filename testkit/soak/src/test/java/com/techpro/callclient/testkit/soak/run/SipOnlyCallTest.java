// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call without sound sends no datagram of media, as the peer's own sockets count them. */
@Timeout(60)
class SipOnlyCallTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    /** Of sound, 25 packets. */
    private static final Duration CONNECTED = Duration.ofMillis(500);

    @Test
    void the_peer_of_a_call_without_sound_receives_no_datagram_of_media() throws Exception {
        try (RunEnvironment environment = RunEnvironment.open();
                CountingPeer peer = new CountingPeer();
                LoadUser user = new LoadUser(environment, SpeechClip.builtIn(), SpeechLimits.CLEAN)) {
            SipAccount at = SipAccount.builder("1001", "pbx.test", Secret.of("of-nobody"))
                    .transport(SipTransport.UDP)
                    .outboundProxy(new HostPort("127.0.0.1", peer.port()))
                    .securityFloor(SoakPhoneSystem.floor(SipTransport.UDP, null))
                    .build();
            LoadAccount account = user.register(at, MediaChoice.PLAIN, LIMIT);

            LoadCall silent = account.dialWithoutSound("600");
            silent.awaitAnswered();
            silent.last("connected", CONNECTED);
            silent.hangUp();
            assertThat(peer.media()).isZero();

            LoadCall spoken = account.dial("600");
            spoken.awaitAnswered();
            peer.awaitMedia();
            spoken.hangUp();
            assertThat(peer.requests()).containsSubsequence("REGISTER", "INVITE", "BYE", "INVITE");
        }
    }
}
