// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.ice.PacketClass;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.pbx.fault.PhoneMediaFaults;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One leg's media socket with its SRTP contexts. RTP, RTCP, ICE checks and DTLS handshakes share it
 * (RFC 7983). Configured from any thread; packets are handled on the media loop. It sends to the
 * source of authentic packets (RFC 4961), or before the first one to the signalled address. With
 * ICE it sends to the nominated address.
 */
public final class MediaPort implements DatagramReceiver, AutoCloseable {
    /** Time for packets of the previous handshake to arrive. */
    private static final Duration STRAY_FLIGHTS = Duration.ofMillis(100);

    /**
     * A device that starts no new handshake after the forgotten one is no longer heard after this
     * time.
     */
    private static final Duration FORGOTTEN_KEYS = Duration.ofSeconds(1);

    /** Half a second of audio. */
    private static final int MOST_HELD = 25;

    private record Held(ByteBuffer packet, InetSocketAddress from) {}

    private final MediaPlane plane;
    private final PhoneMediaFaults faults;
    private final ImpairedPath fromPhone;
    private final ImpairedPath toPhone;
    private final ImpairedStream saidByPhone;
    private final ImpairedStream saidToPhone;
    private final ImpairedHandshake handshakeFromPhone;
    private final ImpairedHandshake handshakeToPhone;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable DatagramLink link;

    // Owned by the media loop:
    private @Nullable MediaAgreement agreement;
    private @Nullable InetSocketAddress remoteRtp;
    private @Nullable InetSocketAddress remoteRtcp;
    private @Nullable SrtpContext inbound;
    private @Nullable SrtpContext outbound;
    private final IceLite ice = new IceLite();
    private @Nullable DtlsHandshake handshake;
    private boolean handshaking;
    /** Packets that arrived during a handshake and fit no known key. */
    private final Deque<Held> held = new ArrayDeque<>();

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
        this.handshakeFromPhone = new ImpairedHandshake(faults.fromPhone(), this::shake);
        this.handshakeToPhone = new ImpairedHandshake(faults.toPhone(), (datagram, to) -> link().send(datagram, to));
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
            Keying.Dtls dtls = agreed.dtls();
            if (dtls == null) {
                endHandshake();
                inbound = context(inbound, before == null ? null : before.remote(), agreed.remote());
                outbound = context(outbound, before == null ? null : before.local(), agreed.local());
            } else if (before == null || !dtls.equals(before.dtls())) {
                endHandshake();
                begin(dtls);
                if (dtls.resets() > 0) {
                    forgetKeysUnless(dtls);
                }
            }
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
        DtlsHandshake running = handshake;
        if (running == null || !from.equals(remoteRtp)) {
            // The client retransmits; by then the answer has arrived.
            plane.countRefused();
        } else {
            handshakeFromPhone.pass(packet, from);
        }
    }

    private void shake(ByteBuffer packet, InetSocketAddress from) {
        if (handshake != null) {
            handshake.received(packet);
        }
    }

    /** The SRTP session stays until a handshake supplies other keys, as in Asterisk. */
    private void forgetKeysUnless(Keying.Dtls dtls) {
        SrtpContext before = inbound;
        plane.loop().schedule(FORGOTTEN_KEYS, () -> {
            if (inbound == before && agreement != null && dtls.equals(agreement.dtls())) {
                inbound = null;
                outbound = null;
            }
        });
    }

    private void begin(Keying.Dtls dtls) {
        handshaking = true;
        handshakeFromPhone.begin();
        handshakeToPhone.begin();
        handshake = plane.handshakes()
                .begin(
                        dtls.role(),
                        dtls.own(),
                        dtls.theirs(),
                        dtls.suites(),
                        plane.loop(),
                        new DtlsHandshake.Listener() {
                            @Override
                            public void send(ByteBuffer datagram) {
                                InetSocketAddress to = remoteRtp;
                                if (to != null) {
                                    handshakeToPhone.pass(datagram, to);
                                }
                            }

                            @Override
                            public void established(DtlsKeys keys) {
                                inbound = new SrtpContext(keys.remote());
                                outbound = new SrtpContext(keys.local());
                                handshaking = false;
                                // Most stacks compute the keys on the reading thread, so they too
                                // read these packets afterwards.
                                for (Held next = held.poll(); next != null; next = held.poll()) {
                                    media(agreement, next.packet(), next.from());
                                }
                            }

                            @Override
                            public void failed(DtlsFailure reason) {
                                handshaking = false;
                                held.clear();
                                // The device reports it too, or hears nothing and hangs up. Or it
                                // was in the middle of the forgotten handshake.
                                if (dtls.resets() > 0 && reason == DtlsFailure.PROTOCOL) {
                                    beginAgain(dtls);
                                }
                            }
                        });
    }

    /** Starts a new handshake once the packets of the previous one have arrived. */
    private void beginAgain(Keying.Dtls dtls) {
        DtlsHandshake failed = handshake;
        plane.loop().schedule(STRAY_FLIGHTS, () -> {
            if (handshake == failed) {
                begin(dtls);
            }
        });
    }

    private void endHandshake() {
        DtlsHandshake running = handshake;
        handshaking = false;
        held.clear();
        if (running != null) {
            running.close();
            handshake = null;
        }
    }

    private void media(@Nullable MediaAgreement agreed, ByteBuffer packet, InetSocketAddress from) {
        if (agreed == null || (agreed.dtls() != null && inbound == null)) {
            holdOrRefuse(packet, from);
            return;
        }
        boolean rtcp = isRtcp(packet);
        ByteBuffer clear = plane.scratchCopyOf(packet);
        SrtpContext context = inbound;
        if (context != null) {
            SrtpStatus status = rtcp ? context.unprotectRtcp(clear) : context.unprotectRtp(clear);
            if (status == SrtpStatus.AUTH_FAILED) {
                holdOrRefuse(clear, from);
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

    private void holdOrRefuse(ByteBuffer packet, InetSocketAddress from) {
        if (handshaking && held.size() < MOST_HELD) {
            byte[] copy = new byte[packet.remaining()];
            packet.duplicate().get(copy);
            held.add(new Held(ByteBuffer.wrap(copy), from));
        } else {
            plane.countRefused();
        }
    }

    /** Protects and sends; the buffer is changed. Media loop only. */
    void sendRtp(ByteBuffer packet) {
        saidToPhone.rtp(packet);
    }

    private void protectAndSend(ByteBuffer packet) {
        SrtpContext context = outbound;
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
        SrtpContext context = outbound;
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
                endHandshake();
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

    private static @Nullable SrtpContext context(
            @Nullable SrtpContext current, @Nullable SrtpKeys before, @Nullable SrtpKeys now) {
        if (now == null) {
            return null;
        }
        return current != null && before != null && now.equals(before) ? current : new SrtpContext(now);
    }

    private boolean ready(ByteBuffer packet) {
        boolean keyed = agreement != null && (agreement.dtls() == null || outbound != null);
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
