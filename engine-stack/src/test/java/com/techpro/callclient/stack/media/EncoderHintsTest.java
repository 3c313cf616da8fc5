// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.Encoder;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.Opus;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an encoder is told of the network follows what the far end reports. */
class EncoderHintsTest {
    private static final int USUAL = 32_000;
    private static final int NUMBER = 96;
    private final Told told = new Told();

    @Test
    void expected_loss_follows_the_reports_of_a_call_up_and_down_and_so_does_the_bit_rate() {
        try (var call = new TestCall(1)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            PayloadFormat format = new PayloadFormat(new TellingCodec(told), NUMBER);
            call.alice.configure(sending(call.alice, format));
            call.bob.configure(sending(call.bob, PayloadFormat.ofStatic(G711.ULAW)));
            call.alice.speak(500);
            call.run(Duration.ofSeconds(30));
            assertThat(told.losses).isNotEmpty().containsOnly(0);

            call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.LAN.withLoss(0.08));
            call.run(Duration.ofSeconds(60));
            assertThat(told.latestLoss()).isBetween(4, 12);
            assertThat(told.latestBitrate()).isGreaterThan(USUAL * 3 / 4);

            call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.LAN.withLoss(0.4));
            call.run(Duration.ofSeconds(90));
            assertThat(told.latestLoss()).isBetween(20, 25);
            assertThat(told.latestBitrate()).isEqualTo(USUAL / 2);

            call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.LAN);
            call.run(Duration.ofSeconds(180));
            assertThat(told.latestLoss()).isZero();
            assertThat(told.latestBitrate()).isEqualTo(USUAL);
        }
    }

    @Test
    void one_report_of_much_loss_moves_it_half_the_way_and_one_of_none_a_quarter_back() {
        EncoderHints hints = new EncoderHints(told);
        hints.reported(0);
        hints.reported(100);
        hints.reported(0);
        hints.reported(-1);

        assertThat(told.losses).containsExactly(0, 13, 9, 7);
    }

    @Test
    void nothing_that_is_reported_leads_out_of_bounds() {
        EncoderHints hints = new EncoderHints(told);
        for (double percent : new double[] {100, 1e9, -5, 99.6, 100, 100, 100, 100, 100, 100}) {
            hints.reported(percent);
        }

        assertThat(told.losses).allSatisfy(loss -> assertThat(loss).isBetween(0, 25));
        assertThat(told.bitrates).allSatisfy(bitrate -> assertThat(bitrate).isBetween(USUAL / 2, USUAL));
        assertThat(told.latestLoss()).isEqualTo(25);
    }

    @Test
    void another_encoder_is_told_the_same_once_anything_was_reported() {
        EncoderHints hints = new EncoderHints(told);
        Told next = new Told();
        hints.take(next);
        assertThat(next.losses).isEmpty();
        for (int i = 0; i < 10; i++) {
            hints.reported(8);
        }
        Told last = new Told();
        hints.take(last);

        assertThat(last.losses).containsExactly(8);
        assertThat(last.bitrates).containsExactly(USUAL);
    }

    /** Redundancy of its own would take bits from the speech, and be of no use. */
    @Test
    void an_encoder_is_told_of_no_loss_while_packets_hold_those_before_them() {
        EncoderHints hints = new EncoderHints(told);
        hints.setRedundant(true);
        assertThat(told.losses).isEmpty();
        hints.reported(20);
        hints.setRedundant(false);
        hints.setRedundant(true);

        assertThat(told.losses).containsExactly(0, 10, 0);
        assertThat(hints.expectedLoss()).isEqualTo(10);
    }

    @Test
    void a_change_of_effort_is_told_once_and_another_encoder_is_told_of_reduced_effort() {
        EncoderHints hints = new EncoderHints(told);
        hints.setReducedEffort(false);
        hints.setReducedEffort(true);
        hints.setReducedEffort(true);
        Told next = new Told();
        hints.take(next);
        hints.setReducedEffort(false);
        Told last = new Told();
        hints.take(last);

        assertThat(told.efforts).containsExactly(true);
        assertThat(next.efforts).containsExactly(true, false);
        assertThat(last.efforts).isEmpty();
    }

    @Test
    void Opus_has_a_default_bit_rate_and_respects_the_limit_of_the_far_end() {
        Encoder encoder = Opus.INSTANCE.newEncoder("");
        assertThat(encoder.bitrate()).isEqualTo(USUAL);
        assertThat(Opus.INSTANCE.newEncoder("maxaveragebitrate=14000").bitrate())
                .isEqualTo(14_000);
        EncoderHints hints = new EncoderHints(encoder);
        for (int i = 0; i < 10; i++) {
            hints.reported(50);
        }
        assertThat(encoder.bitrate()).isEqualTo(USUAL / 2);
    }

    private static MediaParameters sending(TestCall.Party party, PayloadFormat format) {
        MediaParameters now = party.parameters;
        return new MediaParameters(
                now.remoteRtp(),
                now.remoteRtcp(),
                format,
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(new PayloadFormat(new TellingCodec(new Told()), NUMBER)), List.of()),
                20,
                now.direction(),
                now.keying());
    }

    /** An encoder that takes down what it is told. */
    private static final class Told implements Encoder {
        private final Encoder encoder = G711.ULAW.newEncoder("");
        private final List<Integer> losses = new ArrayList<>();
        private final List<Integer> bitrates = new ArrayList<>();
        private final List<Boolean> efforts = new ArrayList<>();

        private int latestLoss() {
            return losses.get(losses.size() - 1);
        }

        private int latestBitrate() {
            return bitrates.get(bitrates.size() - 1);
        }

        @Override
        public int encode(short[] samples, int offset, byte[] to, int toOffset, int count) {
            return encoder.encode(samples, offset, to, toOffset, count);
        }

        @Override
        public int bitrate() {
            return USUAL;
        }

        @Override
        public void setBitrate(int bitsPerSecond) {
            bitrates.add(bitsPerSecond);
        }

        @Override
        public void setExpectedLoss(int percent) {
            losses.add(percent);
        }

        @Override
        public void setReducedEffort(boolean enabled) {
            efforts.add(enabled);
        }
    }

    private record TellingCodec(Told told) implements Codec {
        @Override
        public String encodingName() {
            return "telling";
        }

        @Override
        public int clockRate() {
            return G711.ULAW.clockRate();
        }

        @Override
        public int sampleRate() {
            return G711.ULAW.sampleRate();
        }

        @Override
        public Impairment impairment() {
            return G711.ULAW.impairment();
        }

        @Override
        public Encoder newEncoder(String fmtp) {
            return told;
        }

        @Override
        public Decoder newDecoder() {
            return G711.ULAW.newDecoder();
        }
    }
}
