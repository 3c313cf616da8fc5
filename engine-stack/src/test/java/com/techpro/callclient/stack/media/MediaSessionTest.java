// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.rtp.RtcpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MediaSessionTest {
    @ParameterizedTest
    @EnumSource
    void each_party_hears_the_other(SrtpSuite suite) {
        try (var call = new TestCall(1)) {
            call.connect(suite);
            call.alice.speak(440);
            call.bob.speak(1000);
            call.run(Duration.ofSeconds(3));

            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(call.alice.heard(Duration.ofSeconds(1)).power(1000)).isGreaterThan(0.9);
            MediaStatistics statistics = call.bob.session.statistics();
            assertThat(statistics.packetsReceived()).isBetween(90L, 151L);
            assertThat(statistics.lost()).isZero();
            assertThat(statistics.concealed()).isZero();
            assertThat(statistics.framesLate()).isZero();
            assertThat(statistics.mos()).isGreaterThan(4.2);
            assertThat(statistics.drops()).isEqualTo(MediaStatistics.Drops.NONE);
        }
    }

    @Test
    void clear_text_works_for_a_lab() {
        try (var call = new TestCall(2)) {
            call.connect(null);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void RFC3264_5_1_the_two_sides_number_a_codec_as_each_likes() {
        try (var call = new TestCall(32)) {
            call.connect(SrtpSuite.AEAD_AES_256_GCM);
            // Given that Alice expects A-law under 97 and Bob under 98
            call.alice.configure(sending(call.alice, 98, 97));
            call.bob.configure(sending(call.bob, 97, 98));
            call.alice.speak(440);
            call.bob.speak(660);
            call.run(Duration.ofSeconds(2));

            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(call.alice.heard(Duration.ofSeconds(1)).power(660)).isGreaterThan(0.9);
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
        }
    }

    private static MediaParameters sending(TestCall.Party party, int theirs, int ours) {
        MediaParameters now = party.parameters;
        return new MediaParameters(
                now.remoteRtp(),
                now.remoteRtcp(),
                new PayloadFormat(G711.ALAW, theirs),
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(new PayloadFormat(G711.ALAW, ours)), List.of()),
                20,
                now.direction(),
                now.keying());
    }

    @Test
    void both_laws_and_a_payload_type_of_ones_own_are_spoken() {
        try (var call = new TestCall(31)) {
            call.connect(SrtpSuite.AEAD_AES_256_GCM);
            call.alice.configure(withCodec(call.alice, new PayloadFormat(G711.ALAW, 97)));
            call.bob.configure(withCodec(call.bob, new PayloadFormat(G711.ALAW, 97)));
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);

            // And the other law under its static payload type is understood although not agreed (RFC 3551 §6)
            call.alice.configure(withCodec(call.alice, PayloadFormat.ofStatic(G711.ULAW)));
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(call.bob.session.statistics().drops()).isEqualTo(MediaStatistics.Drops.NONE);
        }
    }

    @Test
    void keys_pressed_arrive_once_each_also_over_a_bad_network() {
        try (var call = new TestCall(4)) {
            call.network.defaultConditions(
                    LinkConditions.LAN.withJitter(Duration.ofMillis(30)).withLoss(0.1));
            call.connect(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(1));
            for (char digit : "12#".toCharArray()) {
                call.alice.session.sendDtmf(digit, Duration.ofMillis(120));
            }
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.events).hasSize(3);
            assertThat(String.join(" ", call.bob.events)).matches("dtmf 1 \\d+ dtmf 2 \\d+ dtmf # \\d+");
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.5);
            // And what the keys displaced does not count as missed
            assertThat(call.bob.session.statistics().framesLate()).isLessThan(15);
        }
    }

    @Test
    void a_key_cut_by_a_hold_ends_at_the_far_end_before_sound_pauses() {
        try (var call = new TestCall(41)) {
            call.connect(null);
            call.run(Duration.ofSeconds(1));
            call.network.trace().clear();
            call.alice.session.sendDtmf('7', Duration.ofSeconds(2));
            call.alice.session.sendDtmf('8', Duration.ofSeconds(2));
            call.run(Duration.ofMillis(200));
            call.alice.configure(call.alice.parameters.withDirection(MediaDirection.RECVONLY));
            call.run(Duration.ofMillis(60));
            List<byte[]> events = call.sentTo(call.bob).stream()
                    .filter(packet -> !isReport(packet) && (packet[1] & 0x7f) == TestCall.EVENTS)
                    .toList();
            assertThat(events.stream().filter(packet -> packet[13] < 0)).hasSize(3);
            assertThat(events.get(events.size() - 1)[13]).as("end bit").isNegative();
            assertThat(call.bob.events).singleElement().asString().startsWith("dtmf 7 ");
            call.network.trace().clear();
            call.run(Duration.ofSeconds(5));
            assertThat(call.sentTo(call.bob)).allMatch(MediaSessionTest::isReport);
            assertThat(call.bob.events)
                    .filteredOn(event -> event.startsWith("dtmf"))
                    .hasSize(1);
        }
    }

    @Test
    void a_far_end_that_reports_but_never_sends_sound_is_missed() {
        try (var call = new TestCall(42)) {
            // Given a far end that sends nothing from the start, though it said that it would
            SrtpKeys aliceKeys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, call.time.random("alice keys"));
            SrtpKeys bobKeys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, call.time.random("bob keys"));
            call.alice.configure(
                    TestCall.parameters(call.bob, aliceKeys, bobKeys).withDirection(MediaDirection.RECVONLY));
            call.bob.configure(TestCall.parameters(call.alice, bobKeys, aliceKeys));
            call.run(Duration.ofMillis(35_500));
            assertThat(call.sentTo(call.bob)).hasSizeGreaterThan(3).allMatch(MediaSessionTest::isReport);
            assertThat(call.bob.events).startsWith("silent 2", "silent 3").endsWith("silent 34");
            assertThat(call.bob.session.statistics().mos()).isEqualTo(1);

            // And once it has been heard, reports say that it is there while it is silent
            call.alice.configure(call.alice.parameters.withDirection(MediaDirection.SENDRECV));
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.events).endsWith("resumed");
            call.alice.configure(call.alice.parameters.withDirection(MediaDirection.RECVONLY));
            int before = call.bob.events.size();
            call.run(Duration.ofSeconds(40));
            assertThat(call.bob.events.subList(before, call.bob.events.size()))
                    .filteredOn(event -> event.startsWith("silent"))
                    .allMatch(event -> Integer.parseInt(event.substring(7)) < 10);
        }
    }

    @Test
    void an_RTP_timeout_is_cleared_when_no_media_is_expected() {
        try (var call = new TestCall(43)) {
            call.network.partition(TestCall.ALICE, TestCall.BOB);
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.run(Duration.ofSeconds(4));
            call.bob.configure(call.bob.parameters.withDirection(MediaDirection.SENDONLY));
            call.run(Duration.ofSeconds(4));
            assertThat(call.bob.events).endsWith("resumed");
        }
    }

    @Test
    void muted_is_silent_and_keeps_the_pace() {
        try (var call = new TestCall(5)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.alice.speak(440);
            call.alice.session.setMuted(true);
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.heard(Duration.ofSeconds(2)).loudness()).isZero();
            assertThat(call.bob.session.statistics().packetsReceived()).isGreaterThan(90);
            call.alice.session.setMuted(false);
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void on_hold_nothing_flows_but_reports_and_afterwards_speech_is_back() {
        try (var call = new TestCall(6)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            MediaParameters aliceActive = call.alice.parameters;
            MediaParameters bobActive = call.bob.parameters;
            call.alice.configure(aliceActive.withDirection(MediaDirection.INACTIVE));
            call.bob.configure(bobActive.withDirection(MediaDirection.INACTIVE));
            call.run(Duration.ofSeconds(1));
            call.network.trace().clear();
            call.run(Duration.ofSeconds(20));

            assertThat(call.sentTo(call.bob)).isNotEmpty().allMatch(MediaSessionTest::isReport);
            assertThat(call.bob.heard(Duration.ofSeconds(5)).loudness()).isZero();
            assertThat(call.bob.events).isEmpty();

            call.alice.configure(aliceActive);
            call.bob.configure(bobActive);
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(call.bob.session.statistics().framesLate()).isLessThan(3);
            assertThat(call.bob.session.statistics().concealed()).isLessThan(3);
        }
    }

    @Test
    void one_way_directions_let_sound_through_one_way() {
        try (var call = new TestCall(7)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.alice.speak(440);
            call.bob.speak(1000);
            call.alice.configure(call.alice.parameters.withDirection(MediaDirection.SENDONLY));
            call.run(Duration.ofSeconds(3));
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
            assertThat(call.alice.heard(Duration.ofSeconds(1)).loudness()).isZero();
            assertThat(call.alice.session.statistics().drops().unwanted()).isGreaterThan(50);
        }
    }

    @Test
    void a_microphone_that_stops_or_never_started_is_heard_as_silence_at_full_pace() {
        try (var call = new TestCall(8)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.bob.closeMicrophone();
            call.alice.speak(440);
            call.run(Duration.ofSeconds(2));
            call.alice.closeMicrophone();
            call.run(Duration.ofSeconds(2));
            long before = call.bob.session.statistics().packetsReceived();
            call.run(Duration.ofSeconds(10));
            assertThat(call.bob.session.statistics().packetsReceived() - before).isBetween(450L, 550L);
            assertThat(call.bob.heard(Duration.ofSeconds(5)).loudness()).isZero();
            assertThat(call.alice.session.statistics().packetsReceived()).isGreaterThan(600);
            call.alice.openMicrophone(Duration.ofMillis(20));
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void device_clocks_that_drift_against_the_loop_lose_nothing() {
        // Given a microphone that is 500 ppm fast and a speaker that is 500 ppm slow, ten minutes long
        try (var call = new TestCall(9)) {
            call.network.trace().recording(false);
            call.alice.closeMicrophone();
            call.bob.closeSpeaker();
            call.run(Duration.ofMillis(100));
            call.alice.openMicrophone(Duration.ofNanos(19_990_000));
            call.bob.openSpeaker(Duration.ofNanos(20_010_000));
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.alice.speak(440);
            call.run(Duration.ofMinutes(10));
            assertThat(call.bob.heard(Duration.ofSeconds(5)).power(440)).isGreaterThan(0.8);
            MediaStatistics statistics = call.bob.session.statistics();
            assertThat(statistics.framesLate()).isLessThan(5);
            assertThat(statistics.bufferDelay()).isLessThan(Duration.ofMillis(120));
            assertThat(statistics.packetsReceived()).isBetween(29_900L, 30_030L);
        }
    }

    @Test
    void a_speaker_held_up_for_a_moment_costs_that_moment_and_no_lasting_delay() {
        try (var call = new TestCall(32)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(3));
            Duration delay = call.bob.session.statistics().bufferDelay();
            // Given a speaker that misses 160 ms and makes up for it at once, every second for ten seconds
            for (int i = 0; i < 10; i++) {
                call.bob.closeSpeaker();
                call.run(Duration.ofMillis(160));
                call.bob.fetchAtOnce(8);
                call.bob.openSpeaker(Duration.ofMillis(20));
                call.run(Duration.ofMillis(840));
            }
            MediaStatistics statistics = call.bob.session.statistics();
            // Then what the ring had not in store was made up and counted, less and less as the ring is kept fuller
            assertThat(statistics.framesLate()).isBetween(6L, 60L);
            assertThat(statistics.concealed()).isEqualTo(statistics.framesLate());
            call.run(Duration.ofSeconds(90));
            assertThat(call.bob.session.statistics().bufferDelay()).isLessThan(delay.plus(Duration.ofMillis(20)));
            assertThat(call.bob.heard(Duration.ofSeconds(2)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void a_bad_network_is_measured() {
        try (var call = new TestCall(10)) {
            call.network.defaultConditions(LinkConditions.PERFECT
                    .withDelay(Duration.ofMillis(50))
                    .withJitter(Duration.ofMillis(20))
                    .withLoss(0.05)
                    .withDuplicates(0.02));
            call.connect(null);
            call.alice.speak(440);
            call.run(Duration.ofSeconds(60));
            MediaStatistics statistics = call.bob.session.statistics();
            assertThat(statistics.lossPercent()).isBetween(1.0, 10.0);
            assertThat(statistics.lost()).isBetween(80L, 220L);
            assertThat(statistics.duplicate()).isBetween(30L, 100L);
            assertThat(statistics.concealed()).isBetween(80L, 240L);
            assertThat(statistics.jitter()).isBetween(Duration.ofMillis(3), Duration.ofMillis(15));
            assertThat(statistics.roundTrip()).isBetween(Duration.ofMillis(95), Duration.ofMillis(150));
            assertThat(statistics.remoteLossPercent()).isBetween(0.5, 12.0);
            assertThat(statistics.mos()).isBetween(2.0, 4.2);
        }
    }

    @Test
    void silence_of_the_far_end_is_told_once_a_second_and_so_is_its_return() {
        try (var call = new TestCall(11)) {
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.run(Duration.ofSeconds(3));
            call.network.partition(TestCall.ALICE, TestCall.BOB);
            call.run(Duration.ofMillis(5500));
            assertThat(call.bob.events).containsExactly("silent 2", "silent 3", "silent 4");
            assertThat(call.bob.session.statistics().mos()).isEqualTo(1);
            call.network.heal(TestCall.ALICE, TestCall.BOB);
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.events).last().isEqualTo("resumed");
            call.run(Duration.ofSeconds(8));
            assertThat(call.bob.session.statistics().mos()).isGreaterThan(4);
        }
    }

    @Test
    void a_far_end_that_never_speaks_is_missed_too() {
        try (var call = new TestCall(12)) {
            call.network.partition(TestCall.ALICE, TestCall.BOB);
            call.connect(SrtpSuite.AEAD_AES_128_GCM);
            call.run(Duration.ofSeconds(4));
            assertThat(call.bob.events).startsWith("silent 2");
        }
    }

    @Test
    void the_last_packet_is_goodbye() {
        var call = new TestCall(13);
        call.connect(null);
        call.run(Duration.ofSeconds(2));
        call.alice.session.close();
        call.run(Duration.ofSeconds(1));
        List<byte[]> sent = call.sentTo(call.bob);
        byte[] last = sent.get(sent.size() - 1);
        assertThat(isReport(last)).isTrue();
        assertThat(last[last.length - 7] & 0xFF).as("packet type").isEqualTo(203);
        call.close();
    }

    @Test
    void on_an_encrypted_session_every_packet_is_encrypted_the_last_one_too() {
        var call = new TestCall(14);
        call.connect(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        call.run(Duration.ofSeconds(10));
        SrtpKeys keys = TestCall.local(call.alice.parameters);
        call.close();
        var context = new SrtpContext(keys);
        int reports = 0;
        for (byte[] packet : call.sentTo(call.bob)) {
            ByteBuffer buffer = ByteBuffer.wrap(packet);
            boolean report = isReport(packet);
            assertThat(report ? context.unprotectRtcp(buffer) : context.unprotectRtp(buffer))
                    .isEqualTo(SrtpStatus.OK);
            if (report) {
                reports++;
            }
        }
        assertThat(reports).isGreaterThan(1);
    }

    @Test
    void a_session_never_configured_says_nothing() {
        var call = new TestCall(15);
        call.run(Duration.ofSeconds(2));
        call.close();
        assertThat(call.network.trace().packets()).isEmpty();
    }

    @Test
    void a_key_that_is_used_up_stops_the_session_and_a_new_one_revives_it() {
        try (var call = new TestCall(16)) {
            SrtpKeys scarce = new SrtpKeys(SrtpSuite.AEAD_AES_128_GCM, new byte[28], 100);
            SrtpKeys other = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, call.time.random("other"));
            call.alice.configure(TestCall.parameters(call.bob, scarce, other));
            call.bob.configure(TestCall.parameters(call.alice, other, scarce));
            call.alice.speak(440);
            call.run(Duration.ofSeconds(5));
            assertThat(call.alice.events).containsOnlyOnce("failed KEY_EXPIRED");
            assertThat(call.bob.session.statistics().packetsReceived()).isEqualTo(100);

            SrtpKeys fresh = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, call.time.random("fresh"));
            call.alice.configure(TestCall.parameters(call.bob, fresh, other));
            call.bob.configure(TestCall.parameters(call.alice, other, fresh));
            call.run(Duration.ofSeconds(2));
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(440)).isGreaterThan(0.9);
        }
    }

    @Test
    void reports_may_have_a_port_of_their_own() {
        try (var call = new TestCall(17)) {
            call.alice.configure(new MediaParameters(
                    call.bob.session.localRtp(),
                    call.bob.session.localRtcp(),
                    PayloadFormat.ofStatic(G711.ALAW),
                    -1,
                    MediaDirection.SENDRECV,
                    null,
                    null));
            call.bob.configure(new MediaParameters(
                    call.alice.session.localRtp(),
                    call.alice.session.localRtcp(),
                    PayloadFormat.ofStatic(G711.ALAW),
                    -1,
                    MediaDirection.SENDRECV,
                    null,
                    null));
            assertThat(call.alice.session.localRtp().getPort() % 2).isZero();
            assertThat(call.alice.session.localRtcp().getPort())
                    .isEqualTo(call.alice.session.localRtp().getPort() + 1);
            call.run(Duration.ofSeconds(20));
            assertThat(call.alice.session.statistics().roundTrip()).isNotNull();
            assertThat(call.sentTo(call.bob)).noneMatch(MediaSessionTest::isReport);
        }
    }

    @Test
    void the_same_seed_gives_the_same_packets() {
        assertThat(trace(18)).isEqualTo(trace(18)).isNotEqualTo(trace(19));
    }

    private static byte[] trace(long seed) {
        var call = new TestCall(seed);
        call.network.defaultConditions(
                LinkConditions.LAN.withJitter(Duration.ofMillis(20)).withLoss(0.05));
        call.connect(SrtpSuite.AEAD_AES_256_GCM);
        call.alice.speak(440);
        call.run(Duration.ofSeconds(5));
        call.alice.session.sendDtmf('5', Duration.ofMillis(100));
        call.run(Duration.ofSeconds(5));
        call.close();
        return call.network.trace().toBytes();
    }

    @Test
    void closing_releases_ports_timers_and_loops() {
        var call = new TestCall(3);
        call.connect(SrtpSuite.AEAD_AES_128_GCM);
        call.run(Duration.ofSeconds(1));
        call.close();
        assertThat(call.network.openLinks()).isZero();
        assertThat(call.time.pendingTimers()).isZero();
        assertThat(call.alice.engine.openSessions()).isZero();
    }

    private static MediaParameters withCodec(TestCall.Party party, PayloadFormat codec) {
        MediaParameters now = party.parameters;
        return new MediaParameters(
                now.remoteRtp(),
                now.remoteRtcp(),
                codec,
                TestCall.EVENTS,
                now.direction(),
                TestCall.local(now),
                TestCall.remote(now));
    }

    private static boolean isReport(byte[] packet) {
        return RtcpPacket.isRtcp(ByteBuffer.wrap(packet));
    }
}
