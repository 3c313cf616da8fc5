// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.PayloadTypeMap.Redundancy;
import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.G722;
import com.techpro.callclient.stack.media.codec.Opus;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.codec.SyntheticSpeech;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redundant audio data (RFC 2198) between two sessions, over networks that lose packets. */
@Tag("slow")
class RedundantCallTest {
    private static final int ALICES = 97;
    private static final int BOBS = 98;
    private static final int OPUS = 111;

    @ParameterizedTest
    @CsvSource({
        "PCMU, 0",
        "PCMU, 5",
        "PCMU, 10",
        "PCMU, 15",
        "PCMA, 0",
        "G722, 0",
        "G722, 5",
        "G722, 10",
        "G722, 15",
        "opus, 0",
        "opus, 5",
        "opus, 10",
        "opus, 15"
    })
    void most_lost_packets_are_recovered_in_both_directions(String name, int phase) {
        Codec codec = codec(name);
        MediaStatistics[] without = over(0.05, codec, phase, false);
        MediaStatistics[] with = over(0.05, codec, phase, true);
        for (int side = 0; side < 2; side++) {
            long ownRedundancy = codec == Opus.INSTANCE ? without[side].recovered() : 0;
            assertThat(without[side].concealed() + ownRedundancy).isGreaterThan(60);
            assertThat(with[side].concealed()).isLessThanOrEqualTo(10);
            assertThat(with[side].concealed()).isLessThan(without[side].concealed());
            assertThat(with[side].recovered()).isGreaterThanOrEqualTo(60);
            assertThat(with[side].lost()).isEqualTo(without[side].lost());
            assertThat(with[side].mos()).isGreaterThan(4.3);
            assertThat(with[side].drops()).isEqualTo(MediaStatistics.Drops.NONE);
        }
    }

    /** From 10 % on a packet holds two: then two in a row may be lost. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2})
    void at_much_loss_few_frames_are_concealed(double loss) {
        MediaStatistics[] without = over(loss, G711.ULAW, 5, false);
        MediaStatistics[] with = over(loss, G711.ULAW, 5, true);
        for (int side = 0; side < 2; side++) {
            assertThat(without[side].concealed()).isGreaterThan(100);
            assertThat(with[side].concealed()).isLessThan(without[side].concealed() * 2 / 5);
            assertThat(with[side].mos()).isGreaterThan(4.2);
        }
    }

    @Test
    void nothing_is_sent_twice_before_a_report_of_loss_and_after_reports_of_none() {
        try (var call = new TestCall(1)) {
            agree(call, G711.ULAW, true);
            call.alice.speak(500);
            call.run(Duration.ofSeconds(20));
            assertThat(types(call)).containsOnly(0);

            call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.LAN.withLoss(0.05));
            call.run(Duration.ofSeconds(20));
            call.network.trace().clear();
            call.run(Duration.ofSeconds(2));
            assertThat(types(call)).containsOnly(BOBS);

            call.network.conditions(TestCall.ALICE, TestCall.BOB, LinkConditions.LAN);
            call.run(Duration.ofSeconds(120));
            call.network.trace().clear();
            call.run(Duration.ofSeconds(2));
            assertThat(types(call)).containsOnly(0);
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
        }
    }

    private static List<Integer> types(TestCall call) {
        return call.sentTo(call.bob).stream()
                .map(packet -> packet[1] & 0x7F)
                .filter(type -> type < 72 || type > 76)
                .distinct()
                .toList();
    }

    /** What alice and bob have counted. */
    private static MediaStatistics[] over(double loss, Codec codec, int phase, boolean redundant) {
        try (var call = new TestCall(2198)) {
            call.network.defaultConditions(LinkConditions.LAN.withLoss(loss));
            agree(call, codec, redundant);
            call.alice.closeSpeaker();
            call.bob.closeSpeaker();
            call.run(Duration.ofMillis(40 + phase));
            call.alice.openSpeaker(Duration.ofMillis(20));
            call.bob.openSpeaker(Duration.ofMillis(20));
            call.alice.say(SyntheticSpeech.samples(4));
            call.bob.say(SyntheticSpeech.samples(3));
            call.run(Duration.ofSeconds(30));
            return new MediaStatistics[] {call.alice.session.statistics(), call.bob.session.statistics()};
        }
    }

    private static Codec codec(String name) {
        for (Codec codec : List.of(G711.ULAW, G711.ALAW, G722.INSTANCE, Opus.INSTANCE)) {
            if (codec.encodingName().equals(name)) {
                return codec;
            }
        }
        throw new AssertionError(name);
    }

    private static void agree(TestCall call, Codec codec, boolean redundant) {
        call.alice.rate = codec.sampleRate();
        call.bob.rate = codec.sampleRate();
        call.connect(SrtpSuite.AEAD_AES_128_GCM);
        int clock = codec.clockRate();
        call.alice.configure(with(call.alice, codec, redundant ? new Redundancy(BOBS, ALICES, clock) : null));
        call.bob.configure(with(call.bob, codec, redundant ? new Redundancy(ALICES, BOBS, clock) : null));
    }

    private static MediaParameters with(TestCall.Party party, Codec codec, @Nullable Redundancy redundancy) {
        MediaParameters now = party.parameters;
        PayloadFormat format = codec == Opus.INSTANCE
                ? new PayloadFormat(Opus.INSTANCE, OPUS, "useinbandfec=1")
                : PayloadFormat.ofStatic(codec);
        return new MediaParameters(
                now.remoteRtp(),
                now.remoteRtcp(),
                format,
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(format), List.of(new TelephoneEvents(TestCall.EVENTS, codec.clockRate())))
                        .with(redundancy),
                20,
                now.direction(),
                now.keying());
    }
}
