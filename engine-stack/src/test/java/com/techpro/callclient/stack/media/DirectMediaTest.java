// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A re-INVITE names another address for sound, music on hold for one, while the source that was heard so far still sends. */
class DirectMediaTest {
    private static final SrtpSuite SUITE = SrtpSuite.AEAD_AES_128_GCM;
    private static final String ANOTHER_HOST = "203.0.113.7";
    private static final int OLD_SSRC = 0x01d;
    private static final int NEW_SSRC = 0x3e3;
    private static final double OLD = 440;
    private static final double NEW = 1000;

    @ParameterizedTest
    @ValueSource(strings = {TestCall.ALICE, ANOTHER_HOST})
    void in_clear_text_the_source_at_the_named_address_is_heard_at_once(String host) throws IOException {
        try (var call = new TestCall(801)) {
            var scene = new Scene(call, null, host);
            scene.reInvite(null, null);
            scene.bothSpeak(NEW_SSRC, 10);
            scene.bothSpeak(NEW_SSRC, 100);
            scene.theNewOneIsHeardAndSpokenTo();
        }
    }

    @Test
    void in_clear_text_a_source_that_takes_its_number_along_is_heard_at_once() throws IOException {
        try (var call = new TestCall(802)) {
            var scene = new Scene(call, null, TestCall.ALICE);
            scene.reInvite(null, null);
            scene.bothSpeak(OLD_SSRC, 110);
            scene.theNewOneIsHeardAndSpokenTo();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestCall.ALICE, ANOTHER_HOST})
    void with_the_keys_as_they_were_the_named_address_wins_over_the_old_one(String host) throws IOException {
        try (var call = new TestCall(803)) {
            SrtpKeys keys = SrtpKeys.generate(SUITE, call.time.random("far"));
            var scene = new Scene(call, keys, host);
            scene.reInvite(keys, new SrtpContext(keys));
            scene.bothSpeak(NEW_SSRC, 110);
            scene.theNewOneIsHeardAndSpokenTo();
        }
    }

    @Test
    void with_unchanged_keys_a_silent_new_source_does_not_lose_media_to_the_old_one() throws IOException {
        try (var call = new TestCall(804)) {
            SrtpKeys keys = SrtpKeys.generate(SUITE, call.time.random("far"));
            var scene = new Scene(call, keys, ANOTHER_HOST);
            scene.reInvite(keys, new SrtpContext(keys));
            scene.oldSpeaks(100);
            assertThat(call.network.trace().packets())
                    .filteredOn(packet -> packet.from().equals(call.bob.address()))
                    .isNotEmpty()
                    .allMatch(packet -> packet.to().equals(scene.moved.localAddress()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_source_that_authenticates_under_the_new_keys_is_heard_from_its_first_packet(SrtpSuite suite)
            throws IOException {
        try (var call = new TestCall(805)) {
            SrtpKeys keys = SrtpKeys.generate(suite, call.time.random("far"));
            SrtpKeys others = SrtpKeys.generate(suite, call.time.random("others"));
            var scene = new Scene(call, keys, ANOTHER_HOST);
            long before = call.bob.session.statistics().packetsReceived();
            scene.reInvite(others, new SrtpContext(others));
            scene.bothSpeak(NEW_SSRC, 110);
            scene.theNewOneIsHeardAndSpokenTo();
            call.run(Duration.ofSeconds(1));
            assertThat(call.bob.session.statistics().packetsReceived() - before).isGreaterThanOrEqualTo(110);
        }
    }

    @Test
    void a_far_end_behind_a_nat_is_found_again_after_naming_another_private_address() throws IOException {
        try (var call = new TestCall(806)) {
            SrtpKeys keys = SrtpKeys.generate(SUITE, call.time.random("far"));
            var scene = new Scene(call, keys, ANOTHER_HOST);
            scene.reInvite(keys, new SrtpContext(keys));
            scene.oldSpeaks(600);
            assertThat(call.bob.events)
                    .contains("latched " + TestCall.ALICE + ":"
                            + scene.old.localAddress().getPort());
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(OLD)).isGreaterThan(0.9);
        }
    }

    /** Bob in a call with a source that was heard for two seconds, and another that is about to be named. */
    private static final class Scene {
        private final TestCall call;
        private final DatagramLink old;
        private final DatagramLink moved;
        private final @Nullable SrtpContext oldContext;
        private @Nullable SrtpContext newContext;
        private int oldPacket = 100;
        private int newPacket = 9_000;

        Scene(TestCall call, @Nullable SrtpKeys keys, String host) throws IOException {
            this.call = call;
            SrtpKeys ours = keys == null ? null : SrtpKeys.generate(keys.suite(), call.time.random("bob"));
            call.bob.configure(TestCall.parameters(call.alice, ours, keys));
            call.alice.session.close();
            call.run(Duration.ofMillis(1));
            old = call.alice.host.openDatagram(call.alice.address(), (packet, from) -> {});
            var there = host.equals(TestCall.ALICE) ? call.alice.host : call.network.host(host);
            moved = there.openDatagram(new InetSocketAddress(host, 4444), (packet, from) -> {});
            oldContext = keys == null ? null : new SrtpContext(keys);
            oldSpeaks(100);
            assertThat(call.bob.heard(Duration.ofSeconds(1)).power(OLD)).isGreaterThan(0.9);
        }

        void reInvite(@Nullable SrtpKeys remote, @Nullable SrtpContext context) {
            newContext = context;
            MediaParameters now = call.bob.parameters;
            call.bob.configure(new MediaParameters(
                    moved.localAddress(),
                    null,
                    now.codec(),
                    TestCall.EVENTS,
                    now.direction(),
                    TestCall.local(now),
                    remote));
            call.run(Duration.ofMillis(5));
            call.network.trace().clear();
        }

        void oldSpeaks(int packets) {
            for (int i = 0; i < packets; i++) {
                send(old, oldContext, OLD_SSRC, oldPacket++, OLD);
                call.run(Duration.ofMillis(20));
            }
        }

        void bothSpeak(int ssrc, int packets) {
            for (int i = 0; i < packets; i++) {
                send(old, oldContext, OLD_SSRC, oldPacket++, OLD);
                call.run(Duration.ofMillis(10));
                send(moved, newContext, ssrc, newPacket++, NEW);
                call.run(Duration.ofMillis(10));
            }
        }

        /** Over the last two seconds: "at once" leaves a fifth of one. */
        void theNewOneIsHeardAndSpokenTo() {
            assertThat(call.bob.heard(Duration.ofMillis(2_000)).power(NEW)).isGreaterThan(0.9);
            assertThat(call.network.trace().packets())
                    .filteredOn(packet -> packet.from().equals(call.bob.address()))
                    .isNotEmpty()
                    .allMatch(packet -> packet.to().equals(moved.localAddress()));
        }

        private void send(DatagramLink link, @Nullable SrtpContext context, int ssrc, int number, double frequency) {
            ByteBuffer packet = ByteBuffer.allocate(12 + 160 + SrtpContext.MAX_TRAILER);
            int timestamp = number * 160;
            RtpPacket.writeHeader(packet, false, 0, number & 0xFFFF, timestamp, ssrc);
            for (int i = 0; i < 160; i++) {
                double phase = 2 * Math.PI * frequency * (timestamp + i) / 8000;
                packet.put(G711.ULAW.encode((short) (8000 * Math.sin(phase))));
            }
            packet.flip();
            if (context != null) {
                assertThat(context.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            }
            link.send(packet, call.bob.address());
        }
    }
}
