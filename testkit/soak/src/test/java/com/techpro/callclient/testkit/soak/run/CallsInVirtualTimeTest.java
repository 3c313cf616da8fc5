// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsInVirtualTimeTest {
    private static List<JudgedCall> made(long seed, LinkConditions network, int count) throws IOException {
        try (CallsInVirtualTime calls = CallsInVirtualTime.builder()
                .codecs("pcmu")
                .network(network)
                .seed(seed)
                .start()) {
            return calls.make(count);
        }
    }

    @Test
    void an_undisturbed_call_is_faultless_and_uses_the_requested_codec() throws IOException {
        try (CallsInVirtualTime calls =
                CallsInVirtualTime.builder().codecs("g722").start()) {
            JudgedCall call = calls.make();
            assertThat(call.faultless()).as(call.toString()).isTrue();
            assertThat(call.toString()).startsWith("call 1: callee verified, ");
            assertThat(call.quality()).hasSize(2).extracting(CallQuality::codec).containsOnly("G722");
            assertThat(call.keysPressed()).isPositive();
            assertThat(calls.make().number()).isEqualTo(2);
        }
    }

    @Test
    void network_conditions_apply_once_to_each_voice() throws IOException {
        Duration delay = Duration.ofMillis(150);
        JudgedCall near = made(1, LinkConditions.LAN, 1).get(0);
        JudgedCall far = made(1, LinkConditions.LAN.withDelay(delay), 1).get(0);
        assertThat(far.heard()).hasSize(2);
        for (int ear = 0; ear < 2; ear++) {
            Duration more =
                    far.heard().get(ear).delay().minus(near.heard().get(ear).delay());
            // The clocks of two calls differ in phase, by up to a frame at each end.
            assertThat(more).isBetween(Duration.ofMillis(110), Duration.ofMillis(190));
        }
    }

    @Test
    void the_same_seed_gives_the_same_calls_and_another_others() throws IOException {
        LinkConditions network = LinkConditions.LAN.withLoss(0.08).withJitter(Duration.ofMillis(30));
        List<JudgedCall> calls = made(4, network, 2);
        assertThat(made(4, network, 2)).hasToString(calls.toString());
        assertThat(made(5, network, 2).toString()).isNotEqualTo(calls.toString());
        assertThat(calls.get(0).heard()).isNotEqualTo(calls.get(1).heard());
    }

    @Test
    void lost_speech_is_reported_until_the_loss_ends() throws IOException {
        try (CallsInVirtualTime calls = CallsInVirtualTime.builder()
                .codecs("pcma")
                .network(LinkConditions.LAN.withLoss(0.4))
                .start()) {
            JudgedCall bad = calls.make();
            assertThat(bad.verified()).isFalse();
            assertThat(bad.faultless()).isFalse();
            assertThat(bad.heard()).extracting(SpeechVerdict::score).allMatch(score -> score < 4);
            calls.network()
                    .conditions(CallsInVirtualTime.PBX_ADDRESS, CallsInVirtualTime.PHONES_ADDRESS, LinkConditions.LAN);
            assertThat(calls.make()).matches(JudgedCall::faultless);
            calls.pbx().faults().media(CallsInVirtualTime.CALLEE).toPhone().silence(true);
            assertThat(calls.make().heard().get(0).outcome()).isEqualTo(SpeechVerdict.Outcome.NOTHING_HEARD);
        }
    }

    @Test
    void an_impossible_codec_or_network_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallsInVirtualTime.builder().codecs("mp3").start());
        assertThatIllegalStateException()
                .isThrownBy(() -> made(1, LinkConditions.LAN.withPartition(true), 1))
                .withMessage("the phones cannot register over such a network");
    }
}
