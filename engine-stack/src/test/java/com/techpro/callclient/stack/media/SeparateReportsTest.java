// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DTLS where RTCP has a port of its own, and so a handshake and keys of its own (RFC 5764 §4.2); the far end is the test's. */
class SeparateReportsTest {
    private static final InetSocketAddress RTP = new InetSocketAddress("203.0.113.9", 30_000);
    private static final InetSocketAddress RTCP = new InetSocketAddress("203.0.113.9", 30_001);
    private static final int RECEIVER_REPORT = 201;

    private final TestCall call = new TestCall(31);
    private final DtlsIdentity alice = new DtlsIdentity(call.time.random("alice"), call.time.now());
    private final DtlsIdentity far = new DtlsIdentity(call.time.random("far"), call.time.now());
    private final Loop loop = call.time.openLoop("far end");
    private final DtlsHandshakes handshakes = new DtlsHandshakes(call.time.workers(), call.time.random("far end"));
    private final List<Port> ports = new ArrayList<>();

    @AfterEach
    void close() {
        ports.forEach(Port::close);
        call.close();
        loop.close();
    }

    private void agree(DtlsRole alices, Port sound, Port reports) {
        agree(alices, 0, sound, reports);
    }

    /**
     * @param alices which role she has in both handshakes
     * @param resets how often the far end has said that its association is new
     */
    private void agree(DtlsRole alices, int resets, Port sound, Port reports) {
        call.alice.speak(440);
        PayloadFormat codec = PayloadFormat.ofStatic(G711.ULAW);
        call.alice.configure(new MediaParameters(
                RTP,
                RTCP,
                codec,
                TestCall.EVENTS,
                PayloadTypeMap.of(List.of(codec), List.of()),
                20,
                MediaDirection.SENDRECV,
                new Keying.Dtls(
                        alices,
                        alice,
                        List.of(far.fingerprint()),
                        List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80),
                        null,
                        resets)));
        call.time.settle();
        DtlsRole theirs = alices == DtlsRole.CLIENT ? DtlsRole.SERVER : DtlsRole.CLIENT;
        sound.begin(theirs, call.alice.session.localRtp());
        reports.begin(theirs, call.alice.session.localRtcp());
        call.run(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void S4_reports_are_sent_under_the_keys_of_their_own_handshake(DtlsRole alices) throws IOException {
        Port sound = new Port(RTP, far);
        Port reports = new Port(RTCP, far);
        agree(alices, sound, reports);

        assertThat(reports.received).isNotEmpty();
        SrtpContext own = new SrtpContext(reports.keys().remote());
        SrtpContext ofSound = new SrtpContext(sound.keys().remote());
        for (byte[] report : reports.received) {
            assertThat(ofSound.unprotectRtcp(ByteBuffer.wrap(report.clone()))).isEqualTo(SrtpStatus.AUTH_FAILED);
            assertThat(own.unprotectRtcp(ByteBuffer.wrap(report.clone()))).isEqualTo(SrtpStatus.OK);
        }
        SrtpContext sounds = new SrtpContext(sound.keys().remote());
        assertThat(sound.received)
                .hasSizeGreaterThan(100)
                .allMatch(packet -> sounds.unprotectRtp(ByteBuffer.wrap(packet.clone())) == SrtpStatus.OK);
    }

    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void RFC8842_a_new_association_gives_new_keys_on_both_ports(DtlsRole alices) throws IOException {
        Port sound = new Port(RTP, far);
        Port reports = new Port(RTCP, far);
        agree(alices, sound, reports);
        DtlsKeys soundBefore = sound.keys();
        DtlsKeys reportsBefore = reports.keys();
        reports.received.clear();

        agree(alices, 1, sound, reports);

        assertThat(sound.keys().remote()).isNotEqualTo(soundBefore.remote());
        assertThat(reports.keys().remote()).isNotEqualTo(reportsBefore.remote());
        byte[] report = reports.received.get(reports.received.size() - 1);
        assertThat(new SrtpContext(reports.keys().remote()).unprotectRtcp(ByteBuffer.wrap(report)))
                .isEqualTo(SrtpStatus.OK);
    }

    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void S4_reports_in_clear_or_under_other_keys_are_not_believed(DtlsRole alices) throws IOException {
        Port sound = new Port(RTP, far);
        Port reports = new Port(RTCP, far);
        agree(alices, sound, reports);
        byte[] secured = reports.received.get(0);
        int ssrc = ByteBuffer.wrap(secured).getInt(4);

        reports.send(receiverReport(ssrc, 64));
        reports.send(secured(receiverReport(ssrc, 64), sound.keys().local()));
        call.run(Duration.ofSeconds(1));
        assertThat(call.alice.session.statistics().remoteLossPercent()).isNull();

        reports.send(secured(receiverReport(ssrc, 128), reports.keys().local()));
        call.run(Duration.ofSeconds(1));
        assertThat(call.alice.session.statistics().remoteLossPercent()).isEqualTo(50);
    }

    /** The certificate is looked at on each port, and a wrong one on either ends it. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void S4_another_certificate_on_the_port_of_the_reports_ends_it(DtlsRole alices) throws IOException {
        DtlsIdentity mallory = new DtlsIdentity(call.time.random("mallory"), call.time.now());
        Port sound = new Port(RTP, far);
        Port reports = new Port(RTCP, mallory);
        agree(alices, sound, reports);

        assertThat(call.alice.events).contains("failed SOMEBODY_ELSE");
        assertThat(reports.received).isEmpty();
    }

    /** RFC 5764 §4.2: keys of one port are none of the other. */
    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    void S4_without_a_handshake_on_their_port_no_report_is_sent_or_believed(DtlsRole alices) throws IOException {
        Port sound = new Port(RTP, far);
        Port reports = new Port(RTCP, null);
        agree(alices, sound, reports);

        assertThat(sound.received).hasSizeGreaterThan(100);
        assertThat(reports.received).isEmpty();

        int ssrc = ByteBuffer.wrap(sound.received.get(0)).getInt(8);
        reports.send(receiverReport(ssrc, 64));
        reports.send(secured(receiverReport(ssrc, 64), sound.keys().local()));
        call.run(Duration.ofSeconds(1));
        assertThat(call.alice.session.statistics().remoteLossPercent()).isNull();
    }

    /** RFC 5763 §6.7.1: a NAT gives the handshake for reports an address of its own, as it does that for sound. */
    @Test
    void RTCP_follows_its_own_handshake_to_the_source_address_and_this_is_reported() throws IOException {
        Port sound = new Port(RTP, far);
        Port reports = new Port(new InetSocketAddress("203.0.113.9", 40_001), far);
        agree(DtlsRole.SERVER, sound, reports);

        assertThat(reports.received).isNotEmpty();
        assertThat(call.alice.events)
                .filteredOn(event -> event.contains("latched"))
                .containsExactly("reports latched 203.0.113.9:40001");
    }

    /** With one block about a source, of which so many of 256 packets were lost (RFC 3550 §6.4.2). */
    private static ByteBuffer receiverReport(int ssrc, int lost) {
        ByteBuffer report = ByteBuffer.allocate(32 + SrtpContext.MAX_TRAILER);
        report.put((byte) 0x81).put((byte) RECEIVER_REPORT).putShort((short) 7).putInt(0xCAFE);
        report.putInt(ssrc).put((byte) lost).position(32);
        report.flip();
        return report;
    }

    private static ByteBuffer secured(ByteBuffer report, SrtpKeys keys) {
        assertThat(new SrtpContext(keys).protectRtcp(report)).isEqualTo(SrtpStatus.OK);
        return report;
    }

    /** One port of the far end, with a handshake of its own. */
    private final class Port implements DtlsHandshake.Listener, AutoCloseable {
        private final DatagramLink link;
        private final @Nullable DtlsIdentity identity;
        private @Nullable InetSocketAddress to;
        private @Nullable DtlsHandshake handshake;
        private @Nullable DtlsKeys keys;

        /** What came that is none of a handshake's. */
        final List<byte[]> received = new ArrayList<>();

        private final List<byte[]> early = new ArrayList<>();

        /** @param identity null for none, and no handshake */
        Port(InetSocketAddress address, @Nullable DtlsIdentity identity) throws IOException {
            this.identity = identity;
            link = call.network.host(address.getAddress().getHostAddress()).openDatagram(address, (packet, from) -> {
                byte[] bytes = new byte[packet.remaining()];
                packet.get(bytes);
                loop.execute(() -> arrived(bytes));
            });
            ports.add(this);
        }

        void begin(DtlsRole role, InetSocketAddress alices) {
            to = alices;
            DtlsIdentity own = identity;
            if (own == null) {
                return;
            }
            loop.execute(() -> {
                handshake = handshakes.begin(
                        role,
                        own,
                        List.of(alice.fingerprint()),
                        List.of(SrtpSuite.AES_CM_128_HMAC_SHA1_80),
                        loop,
                        this);
                early.forEach(this::arrived);
                early.clear();
            });
        }

        private void arrived(byte[] bytes) {
            if (bytes[0] < 20 || bytes[0] > 63) {
                received.add(bytes);
            } else if (handshake != null) {
                handshake.received(ByteBuffer.wrap(bytes));
            } else {
                early.add(bytes);
            }
        }

        DtlsKeys keys() {
            return Objects.requireNonNull(keys, "the handshake is not done");
        }

        @Override
        public void send(ByteBuffer datagram) {
            link.send(datagram, Objects.requireNonNull(to));
        }

        @Override
        public void established(DtlsKeys agreed) {
            keys = agreed;
        }

        @Override
        public void failed(DtlsFailure reason) {
            // What became of it is asked of the other end.
        }

        @Override
        public void close() {
            if (handshake != null) {
                handshake.close();
            }
            link.close();
        }
    }
}
