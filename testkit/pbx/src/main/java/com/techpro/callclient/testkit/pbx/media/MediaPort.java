// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.ice.PacketClass;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.pbx.fault.PhoneMediaFaults;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One leg's media socket. RTP, RTCP, ICE checks and DTLS handshakes share it
 * (RFC 7983). Configured from any thread; packets are handled on the media loop. It sends to the
 * source of authentic packets (RFC 4961), or before the first one to the signalled address. With
 * ICE it sends to the nominated address.
 */
public final class MediaPort implements DatagramReceiver, AutoCloseable {
    private final MediaPlane plane;
    private final PhoneMediaFaults faults;
    private final ImpairedPath fromPhone;
    private final ImpairedPath toPhone;
    private final ImpairedStream saidByPhone;
    private final ImpairedStream saidToPhone;
    private final PortKeys keys;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable DatagramLink link;

    // Owned by the media loop:
    private @Nullable MediaAgreement agreement;
    private @Nullable InetSocketAddress remoteRtp;
    private @Nullable InetSocketAddress remoteRtcp;
    private final IceLite ice = new IceLite();

    private final PortTap tap;
    private final ReceptionStatistics reception = new ReceptionStatistics();
    private volatile PacketSink sink = PacketSink.NOWHERE;

    MediaPort(MediaPlane plane, PhoneMediaFaults faults, PortTap tap) {
        this.plane = plane;
        this.faults = faults;
        this.tap = tap;
        this.fromPhone =
                new ImpairedPath(faults.fromPhone(), plane.loop(), (packet, from) -> media(agreement, packet, from));
        this.toPhone = new ImpairedPath(faults.toPhone(), plane.loop(), this::transmit);
        this.saidByPhone = new ImpairedStream(faults.fromPhone(), plane.loop(), this::heard);
        this.saidToPhone = new ImpairedStream(faults.toPhone(), plane.loop(), this::protectAndSend);
        this.keys = new PortKeys(
                plane,
                faults,
                () -> remoteRtp,
                (datagram, to) -> link().send(datagram, to),
                (packet, from) -> media(agreement, packet, from));
    }

    /** Returns the media faults of the device. */
    PhoneMediaFaults faults() {
        return faults;
    }

    /** Returns the leg's number for taps: {@link TappedRtp#leg()}. */
    public int leg() {
        return tap.leg();
    }

    void bind(DatagramLink opened) {
        this.link = opened;
        tap.bound(opened.localAddress());
    }

    public InetSocketAddress localAddress() {
        return link().localAddress();
    }

    /** Returns the statistics of the device's stream. */
    public ReceptionStatistics reception() {
        return reception;
    }

    /** Sets what the device can receive from now on, according to its SDP. */
    void describedByPhone(Sdp.Section audio) {
        saidToPhone.expect(audio);
    }

    /**
     * Sets what the PBX's SDP tells the device: what it may send, and the payload types of both
     * directions. From any thread.
     */
    void describedToPhone(Sdp.Section audio) {
        reception.expect(audio.attributes());
        saidByPhone.expect(audio);
        tap.describe(audio);
    }

    /** Answers checks that have these credentials (RFC 8445). */
    void expectChecks(IceCredentials credentials) {
        plane.loop().execute(() -> ice.expect(credentials));
    }

    /**
     * Puts an agreement into force. An unchanged key keeps its counters; a new key starts from
     * zero.
     */
    public void configure(MediaAgreement agreed) {
        plane.loop().execute(() -> {
            MediaAgreement before = agreement;
            keys.agree(before, agreed);
            String ufrag = agreed.ufrag();
            if (ufrag != null) {
                remoteRtp = ice.nominatedBy(ufrag);
                remoteRtcp = null;
            } else if (before == null
                    || agreed.remoteRtp() == null
                    || before.ufrag() != null
                    || !agreed.remoteRtp().equals(before.remoteRtp())) {
                remoteRtp = agreed.remoteRtp();
                remoteRtcp = agreed.remoteRtcp();
            }
            agreement = agreed;
        });
    }

    /** Chooses the receiver of packets from now on, even while arrived packets are being read. */
    public void deliverTo(PacketSink chosen) {
        sink = chosen;
    }

    @Override
    public void received(ByteBuffer packet, InetSocketAddress from) {
        try {
            deliver(packet, from);
        } catch (RuntimeException | Error e) {
            // Otherwise the network would log it and go on.
            plane.failures().uncaughtException(Thread.currentThread(), e);
        }
    }

    private void deliver(ByteBuffer packet, InetSocketAddress from) {
        if (packet.remaining() < 8 || !MediaPlane.fits(packet) || plane.faults().loses()) {
            plane.countRefused();
            return;
        }
        switch (PacketClass.of(packet)) {
            case STUN -> check(packet, from);
            case DTLS -> handshake(packet, from);
            default -> fromPhone.pass(packet, from, isRtcp(packet));
        }
    }

    private void check(ByteBuffer packet, InetSocketAddress from) {
        ByteBuffer answer = ice.received(packet, from);
        if (answer == null) {
            plane.countRefused();
            return;
        }
        link().send(answer, from);
        String ufrag = agreement == null ? null : agreement.ufrag();
        if (ufrag != null) {
            remoteRtp = ice.nominatedBy(ufrag);
        }
    }

    private void handshake(ByteBuffer packet, InetSocketAddress from) {
        if (!from.equals(remoteRtp) || !keys.handshake(packet, from)) {
            // The client retransmits; by then the answer has arrived.
            plane.countRefused();
        }
    }

    private void media(@Nullable MediaAgreement agreed, ByteBuffer packet, InetSocketAddress from) {
        if (agreed == null || (agreed.dtls() != null && keys.inbound() == null)) {
            keys.holdOrRefuse(packet, from);
            return;
        }
        boolean rtcp = isRtcp(packet);
        ByteBuffer clear = plane.scratchCopyOf(packet);
        SrtpContext context = keys.inbound();
        if (context != null) {
            SrtpStatus status = rtcp ? context.unprotectRtcp(clear) : context.unprotectRtp(clear);
            if (status == SrtpStatus.AUTH_FAILED) {
                keys.holdOrRefuse(clear, from);
                return;
            }
            if (status != SrtpStatus.OK) {
                plane.countRefused();
                return;
            }
        }
        plane.countIn();
        if (rtcp) {
            reception.reported(clear);
            saidByPhone.rtcp(clear, sink::rtcp);
        } else {
            latch(from);
            // Before anything may change the packet.
            tap.received(clear, from, context != null);
            saidByPhone.rtp(clear);
        }
    }

    private void heard(ByteBuffer clear) {
        reception.received(clear, plane.loop().nanoTime());
        sink.rtp(clear);
    }

    /** RFC 5761 §4: packet types 192 to 223 are RTCP. */
    private static boolean isRtcp(ByteBuffer packet) {
        return isRtcp(packet.get(packet.position() + 1));
    }

    static boolean isRtcp(byte packetType) {
        int type = packetType & 0xff;
        return type >= 192 && type <= 223;
    }

    /** Protects and sends; the buffer is changed. Media loop only. */
    void sendRtp(ByteBuffer packet) {
        saidToPhone.rtp(packet);
    }

    private void protectAndSend(ByteBuffer packet) {
        SrtpContext context = keys.outbound();
        if (!ready(packet)) {
            return;
        }
        tap.sending(packet, context != null);
        if (context == null || context.protectRtp(packet) == SrtpStatus.OK) {
            send(packet, remoteRtp, false);
        }
    }

    /** Protects and sends; the buffer is changed. Media loop only. */
    void sendRtcp(ByteBuffer packet) {
        saidToPhone.rtcp(packet, this::protectAndSendReport);
    }

    private void protectAndSendReport(ByteBuffer packet) {
        SrtpContext context = keys.outbound();
        if (ready(packet) && (context == null || context.protectRtcp(packet) == SrtpStatus.OK)) {
            send(packet, remoteRtcp != null ? remoteRtcp : remoteRtp, true);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // Runs after earlier tasks of the loop, such as a last RTCP report.
            plane.loop().execute(() -> {
                agreement = null;
                keys.end();
                sink = PacketSink.NOWHERE;
                fromPhone.close();
                toPhone.close();
                saidByPhone.close();
                saidToPhone.close();
                link().close();
                plane.portClosed();
            });
        }
    }

    private boolean ready(ByteBuffer packet) {
        boolean keyed = agreement != null && (agreement.dtls() == null || keys.outbound() != null);
        return keyed && remoteRtp != null && packet.hasRemaining();
    }

    private void send(ByteBuffer packet, @Nullable InetSocketAddress to, boolean rtcp) {
        if (to != null) {
            toPhone.pass(packet, to, rtcp);
        }
    }

    private void transmit(ByteBuffer packet, InetSocketAddress to) {
        int start = packet.position();
        if (link().send(packet, to) == DatagramLink.SendStatus.SENT) {
            plane.countOut();
            tap.sent(packet, start, to);
        }
    }

    private void latch(InetSocketAddress from) {
        boolean chosen = agreement != null && agreement.ufrag() != null;
        if (!chosen && remoteRtp != null && !from.equals(remoteRtp)) {
            remoteRtp = from;
        }
    }

    MediaPlane plane() {
        return plane;
    }

    private DatagramLink link() {
        DatagramLink opened = link;
        if (opened == null) {
            throw new IllegalStateException("not bound yet");
        }
        return opened;
    }
}
