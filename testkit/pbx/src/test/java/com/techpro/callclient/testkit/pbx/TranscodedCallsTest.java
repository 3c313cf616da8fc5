// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls between phones that have no codec in common, in virtual time. */
class TranscodedCallsTest {
    private final PbxScene scene = new PbxScene(11, builder -> builder);

    @AfterEach
    void close() {
        scene.close();
    }

    private Phone phone(String extension, SipTransport transport, KeyingPolicy keying, String codec) {
        return scene.phone(
                        extension,
                        scene.pbx
                                .account(extension, transport)
                                .keyingPolicy(keying)
                                .codecs(Set.of(codec))
                                .build())
                .registered();
    }

    private void assertBothHeard(Phone alice, Phone bob) {
        assertThat(alice.hears(880)).as("alice").isGreaterThan(5_000);
        assertThat(bob.hears(440)).as("bob").isGreaterThan(5_000);
    }

    @ParameterizedTest
    @CsvSource({"opus, pcma", "pcmu, opus", "g722, pcmu", "pcma, g722", "opus, g722", "pcmu, pcma"})
    void speech_keys_and_holds_pass_between_one_codec_and_another(String callers, String callees) {
        Phone alice =
                phone("1001", SipTransport.WSS, KeyingPolicy.DTLS_ONLY, callers).speaking(440);
        Phone bob =
                phone("1002", SipTransport.TLS, KeyingPolicy.SDES_ONLY, callees).speaking(880);
        Call call = scene.talk(alice, bob);
        scene.pass(Duration.ofSeconds(1));
        assertBothHeard(alice, bob);
        assertThat(call.snapshot().codec()).isEqualToIgnoringCase(callers);
        assertThat(bob.incoming.snapshot().codec()).isEqualToIgnoringCase(callees);

        for (Call holder : new Call[] {call, bob.incoming}) {
            Call held = holder == call ? bob.incoming : call;
            holder.hold();
            scene.until(() -> held.snapshot().hold() == HoldState.REMOTE);
            scene.pass(Duration.ofSeconds(1));
            holder.resume();
            scene.until(() -> held.snapshot().hold() == HoldState.NONE);
            scene.pass(Duration.ofSeconds(1));
            assertBothHeard(alice, bob);
        }
        call.sendDtmf("42");
        bob.incoming.sendDtmf("7");
        scene.until(() -> bob.keys().equals("42") && alice.keys().equals("7"));
        scene.pass(Duration.ofSeconds(20));
        assertThat(call.snapshot().quality().receiving().lost()).isZero();
        assertThat(call.snapshot().quality().receiving().framesConcealed()).isLessThan(20);
        assertBothHeard(alice, bob);
        call.hangUp();
        scene.until(() -> bob.ending() != null);
        scene.assertQuiet();
    }
}
