// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.PacketClass;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.rtp.RtcpPacket;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import java.net.InetSocketAddress;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The loop's part of a session: sockets, keys and addresses around the sender, the receiver and
 * RTCP. Belongs to the media loop.
 */
final class MediaStream implements SlotTask {
    private static final long SECOND = 1_000_000_000;
    private static final int FRAMES_PER_SECOND = (int) (SECOND / MediaLoop.FRAME_NANOS);
    /** The format for rings and clocks until something is agreed. */
    private static final PayloadFormat UNTIL_AGREED = PayloadFormat.ofStatic(G711.ULAW);
    /** Consecutive frames, a second of them, that throw: it will not recover. */
    private static final int MOST_FAULTS = FRAMES_PER_SECOND;

    private final MediaLoop loop;
    private final MediaTransport transport;
    private final MediaListener listener;
    private final Runnable closedHook;
    private final AudioSender sender;
    private final AudioReceiver receiver;
    private final RtcpSession rtcp;
    private final StreamStatistics streamStatistics;
    private final DropCounters drops;
    private final RemoteAddress mediaTo = new RemoteAddress();
    private final RemoteAddress reportsTo = new RemoteAddress();
    private final RtpPacket view = new RtpPacket();
    private @Nullable MediaParameters parameters;
    private final Protection protection;
    private final OutgoingPackets outgoing;
    private final SsrcCollisions collisions = new SsrcCollisions();
    private final RtpTimeout timeout;
    private int faultsInARow;
    private int frames;
    private boolean failed;
    private boolean soundTold;
    private boolean signallingOnly;
    /** Whether nothing is sent or received any more. */
    private boolean closed;
    /** Whether the sockets are closed, too. */
    private boolean released;

    private volatile MediaStatistics statistics = MediaStatistics.NONE;

    MediaStream(
            MediaLoop loop,
            List<MediaLink[]> links,
            @Nullable IceParameters ice,
            MediaListener listener,
            Random random,
            DtlsHandshakes handshakes,
            DropCounters drops,
            Runnable closedHook) {
        this.loop = loop;
        protection = new Protection(
                handshakes,
                loop.scheduler(),
                List.of(from -> judge(MediaLink.RTP, from), from -> judge(MediaLink.RTCP, from)),
                this::take,
                drops);
        outgoing = new OutgoingPackets(protection::isBetweenKeys, loop::outbound, this::protectAndSend);
        this.drops = drops;
        this.listener = listener;
        timeout = new RtpTimeout(listener);
        this.closedHook = closedHook;
        transport = new MediaTransport(this::perform, links, loop::nanoTime);
        if (ice != null) {
            transport.use(new IceTransport(ice, loop.scheduler(), random, transport, listener, drops));
            selected(MediaLink.RTP, null);
            if (ice.components() > 1) {
                selected(MediaLink.RTCP, null);
            }
        }
        sender = new AudioSender(random, UNTIL_AGREED, outgoing);
        receiver = new AudioReceiver(drops, UNTIL_AGREED, listener::dtmf);
        rtcp = new RtcpSession(sender, receiver, random, loop.wallClock(), loop.nanoTime(), drops);
        streamStatistics = new StreamStatistics(sender, receiver, rtcp, drops);
    }

    /** Starts receiving packets and taking turns. */
    void start() {
        attach();
        transport.start();
        loop.add(this);
    }

    MediaTransport transport() {
        return transport;
    }

    AudioSender sender() {
        return sender;
    }

    AudioReceiver receiver() {
        return receiver;
    }

    MediaStatistics statistics() {
        return statistics;
    }

    /** See {@link MediaSession#signallingOnly()}. */
    void signallingOnly() {
        signallingOnly = true;
    }

    void configure(MediaParameters wanted) {
        MediaParameters agreed = signallingOnly ? wanted.withDirection(MediaDirection.INACTIVE) : wanted;
        MediaParameters before = parameters;
        if (closed || agreed.equals(before)) {
            return;
        }
        if (before != null && before.direction().sends() && !agreed.direction().sends()) {
            sender.pause();
        }
        if (before == null || !before.keying().equals(agreed.keying())) {
            failed = false;
        }
        boolean rekeyed = protection.rekeys(agreed.keying());
        mediaTo.signalled(agreed.remoteRtp(), rekeyed, loop.nanoTime());
        reportsTo.signalled(agreed.remoteRtcp(), rekeyed, loop.nanoTime());
        if (protection.agree(agreed.keying(), agreed.remoteRtcp() == null)) {
            sender.changeSsrc();
        }
        if (rekeyed) {
            receiver.sources().rekeyed();
        }
        if (before != null && !before.remoteRtp().equals(agreed.remoteRtp()) && !transport.usesIce()) {
            receiver.sources().addressed(agreed.remoteRtp());
        }
        if (agreed.remoteRtcp() == null) {
            transport.multiplex();
        }
        parameters = agreed;
        doubtIce();
        receiver.expects(agreed.direction().receives());
        if (before == null || !before.direction().receives()) {
            timeout.start(loop.nanoTime());
        } else if (!agreed.direction().receives()) {
            timeout.heard(loop.nanoTime());
        }
        rtcp.extended().permit(agreed.extendedReports());
    }

    /** Applies the ICE part of the other side's description. */
    void remoteIce(IceAttributes theirs) {
        transport.remoteIce(theirs);
        doubtIce();
    }

    /**
     * If the signalled address is no candidate, sends there instead of waiting silently for a pair.
     */
    private void doubtIce() {
        MediaParameters agreed = parameters;
        if (agreed != null && mediaTo.current() == null && transport.doubtsIce(agreed.remoteRtp())) {
            iceStopped();
        }
    }

    /**
     * Packets to the old sockets are played for a while: they are in transit, or the other side
     * does not know the new sockets yet.
     */
    void moveTo(List<MediaLink[]> links) {
        if (closed) {
            for (MediaLink[] pair : links) {
                pair[0].close();
                pair[1].close();
            }
            return;
        }
        transport.moveTo(links, loop.nanoTime());
        attach();
        MediaParameters agreed = parameters;
        if (agreed != null && agreed.remoteRtcp() == null) {
            transport.multiplex();
        }
        timeout.moved(loop.nanoTime());
    }

    private void attach() {
        transport.links().forEach(link -> link.attach(this));
    }

    /** A packet from a socket. */
    void received(MediaLink link, ByteBuffer packet, InetSocketAddress from) {
        PacketClass kind = transport.received(link, packet, from);
        if (kind != null) {
            received(link.component(), kind, packet, from);
        }
    }

    private void received(int component, PacketClass kind, ByteBuffer packet, InetSocketAddress from) {
        MediaParameters agreed = parameters;
        if (kind == PacketClass.DTLS) {
            if (!closed) {
                protection.dtls(component, packet, from);
            }
        } else if (agreed == null || closed || signallingOnly) {
            drops.unwanted++;
        } else {
            ByteBuffer copy = loop.inbound(packet);
            if (component == MediaLink.RTCP || RtcpPacket.isRtcp(copy)) {
                report(agreed, copy, from);
            } else {
                media(agreed, copy, from);
            }
        }
    }

    private void perform(MediaTransport.IceOutcome outcome) {
        if (outcome instanceof MediaTransport.IceOutcome.Selected selected) {
            selected(selected.component(), selected.remote());
        } else if (outcome instanceof MediaTransport.IceOutcome.Relayed relayed) {
            received(relayed.component(), relayed.kind(), relayed.packet(), relayed.from());
        } else if (outcome instanceof MediaTransport.IceOutcome.Stopped) {
            iceStopped();
        }
    }

    private void selected(int component, @Nullable InetSocketAddress remote) {
        address(component).select(remote);
        protection.pathFound(component);
    }

    private RemoteAddress address(int component) {
        return component == MediaLink.RTP ? mediaTo : reportsTo;
    }

    private void iceStopped() {
        mediaTo.iceStopped();
        reportsTo.iceStopped();
        protection.pathFound(MediaLink.RTP);
        protection.pathFound(MediaLink.RTCP);
    }

    private void media(MediaParameters agreed, ByteBuffer packet, InetSocketAddress from) {
        long now = loop.now();
        if (protection.isPending()) {
            protection.hold(packet, from, false);
            return;
        }
        boolean secured = !protection.isClear();
        if (secured) {
            SrtpStatus status = protection.unprotectRtp(packet);
            if (status == SrtpStatus.AUTH_FAILED && protection.mayBeEarly(from)) {
                protection.hold(packet, from, false);
                return;
            }
            if (status != SrtpStatus.OK) {
                drops.refused(status);
                return;
            }
        } else if (!mediaTo.isSignalledHost(from)) {
            drops.unknownSource++;
            return;
        }
        if (!view.wrap(packet)) {
            drops.malformed++;
            return;
        }
        if (view.ssrc() == sender.outgoing().ssrc() && collides(from)) {
            return;
        }
        if (secured && protection.isReadByFormerKeys()) {
            late(agreed, packet, from, now);
            return;
        }
        timeout.sound(now);
        if (secured && mediaTo.authentic(from, now)) {
            listener.remoteLatched(from);
        }
        receiver.received(agreed, view, packet, from, now);
        if (!soundTold && receiver.sources().hasSource() && agreed.direction().receives()) {
            soundTold = true;
            listener.soundCame();
        }
    }

    /**
     * A packet in transit when the keys changed: it is played, but does not tell the other side's
     * current address or source.
     */
    private void late(MediaParameters agreed, ByteBuffer packet, InetSocketAddress from, long now) {
        if (receiver.sources().is(view.ssrc())) {
            receiver.received(agreed, view, packet, from, now);
            receiver.sources().rekeyed();
        } else {
            drops.unknownSource++;
        }
    }

    private void report(MediaParameters agreed, ByteBuffer packet, InetSocketAddress from) {
        long now = loop.now();
        RemoteAddress to = agreed.remoteRtcp() == null ? mediaTo : reportsTo;
        if (protection.isPending()) {
            protection.hold(packet, from, true);
            return;
        }
        if (!protection.isClear()) {
            SrtpStatus status = protection.unprotectRtcp(packet);
            if (status != SrtpStatus.OK) {
                drops.refused(status);
                return;
            }
            if (to == reportsTo && to.authentic(from, now)) {
                listener.reportsLatched(from);
            }
        } else if (!to.isSignalledHost(from)) {
            drops.unknownSource++;
            return;
        }
        if (!rtcp.read(packet, now)) {
            drops.malformed++;
            return;
        }
        if (rtcp.takeCollision() && collides(from)) {
            return;
        }
        timeout.report(agreed.direction().receives(), now);
    }

    /**
     * Another source uses our SSRC (RFC 3550 §8.2). If this is a coincidence, sends BYE for the
     * SSRC and takes another. If our own packets come back, drops them.
     *
     * @return whether the packet is ours
     */
    private boolean collides(InetSocketAddress from) {
        if (collisions.isLoop(from, loop.now())) {
            drops.unknownSource++;
            return true;
        }
        sendReport(loop.now(), true);
        sender.changeSsrc();
        return false;
    }

    /** Called once a frame. */
    @Override
    public boolean serve(long now) {
        transport.serve(now);
        if (closed) {
            if (transport.isReleased(now)) {
                close();
            }
            return false;
        }
        MediaParameters agreed = parameters;
        boolean devices = false;
        if (agreed != null) {
            outgoing.look();
            receiver.serve(agreed, now);
            devices = receiver.isHeard() || sender.hasMicrophone();
            if (agreed.direction().sends() && protection.isPending()) {
                // Without keys nothing is sent, not even silence.
                sender.skipFrame(now);
            } else {
                sender.setReducedEffort(loop.isOverloaded());
                sender.serve(agreed, now);
            }
            if (rtcp.due(now)) {
                sendReport(now, false);
            }
        }
        faultsInARow = 0;
        if (++frames % FRAMES_PER_SECOND == 0) {
            statistics = streamStatistics.measure(
                    timeout.isTold(), timeout.interruption(), loop.scheduler().now());
            if (agreed != null && agreed.direction().receives()) {
                timeout.check(now);
            }
        }
        return devices;
    }

    @Override
    public void serveDevices(long now) {
        MediaParameters agreed = parameters;
        if (closed || agreed == null) {
            return;
        }
        receiver.serveSpeaker(now);
        if (agreed.direction().sends() && !protection.isPending()) {
            sender.serveMicrophone(agreed, now);
        }
    }

    @Override
    public void faulted() {
        drops.faults++;
        if (++faultsInARow == MOST_FAULTS) {
            fail(MediaListener.Reason.FAULT);
        }
    }

    private void protectAndSend(ByteBuffer packet) {
        if (protectedBy(protection.protectRtp(packet))) {
            send(MediaLink.RTP, packet);
        }
    }

    private void send(int component, ByteBuffer packet) {
        send(component, packet, address(component).current());
    }

    private void send(int component, ByteBuffer packet, @Nullable InetSocketAddress to) {
        if (to != null && !failed) {
            told(component == MediaLink.RTP ? transport.sendRtp(packet, to) : transport.sendRtcp(packet, to));
        }
    }

    private void sendReport(long now, boolean goodbye) {
        MediaParameters agreed = parameters;
        if (agreed == null || signallingOnly || protection.isPending()) {
            return;
        }
        ByteBuffer packet = loop.outbound();
        rtcp.write(packet, now, goodbye);
        ((Buffer) packet).flip();
        int octets = packet.remaining();
        if (!protectedBy(protection.protectRtcp(packet))) {
            return;
        }
        send(agreed.remoteRtcp() == null ? MediaLink.RTP : MediaLink.RTCP, packet);
        rtcp.sent(now, octets);
    }

    /** Performs the result of a handshake. */
    private void take(DtlsAssociation.Outcome outcome) {
        if (outcome instanceof DtlsAssociation.Datagram datagram) {
            if (!send(datagram)) {
                protection.unsent(datagram);
            }
        } else if (outcome instanceof DtlsAssociation.Established established) {
            keyed(established);
        } else if (outcome instanceof DtlsAssociation.Failed none) {
            boolean other = none.reason() == DtlsFailure.FINGERPRINT;
            fail(other ? MediaListener.Reason.SOMEBODY_ELSE : MediaListener.Reason.NO_KEYS);
        }
    }

    /**
     * @return false if there is no address yet
     */
    private boolean send(DtlsAssociation.Datagram datagram) {
        int component = datagram.component();
        InetSocketAddress to = datagram.to();
        RemoteAddress where = address(component);
        if (where.isByIce() && transport.answerDtls(component, datagram.bytes(), to)) {
            return true;
        }
        if (to != null && judge(component, to) == DtlsAssociation.Source.UNEXPECTED) {
            listener.handshakeFrom(to);
        }
        InetSocketAddress reached = to == null || where.isByIce() ? where.current() : to;
        send(component, datagram.bytes(), reached);
        return reached != null;
    }

    private DtlsAssociation.Source judge(int component, InetSocketAddress from) {
        RemoteAddress where = address(component);
        if (where.isByIce()) {
            return transport.isValid(component, from)
                    ? DtlsAssociation.Source.EXPECTED
                    : DtlsAssociation.Source.UNCHECKED;
        }
        return where.isExpected(from) ? DtlsAssociation.Source.EXPECTED : DtlsAssociation.Source.UNEXPECTED;
    }

    private void keyed(DtlsAssociation.Established established) {
        boolean rtp = established.component() == MediaLink.RTP;
        InetSocketAddress client = established.client();
        if (client != null && address(established.component()).authentic(client, loop.nanoTime())) {
            if (rtp) {
                listener.remoteLatched(client);
            } else {
                listener.reportsLatched(client);
            }
        }
        if (!rtp) {
            return;
        }
        outgoing.look();
        receiver.sources().rekeyed();
        timeout.extend(loop.nanoTime());
        listener.keyed(established.keys().local().suite());
        MediaParameters agreed = parameters;
        Protection.Held held = protection.nextHeld();
        while (agreed != null && held != null) {
            if (held.report()) {
                report(agreed, held.packet(), held.from());
            } else {
                media(agreed, held.packet(), held.from());
            }
            held = protection.nextHeld();
        }
    }

    private boolean protectedBy(SrtpStatus status) {
        if (status == SrtpStatus.KEY_EXPIRED) {
            fail(MediaListener.Reason.KEY_EXPIRED);
        }
        return status == SrtpStatus.OK;
    }

    private void told(SendStatus status) {
        // A full queue or an unreachable destination loses this packet; RTP tolerates that.
        if (status == SendStatus.CLOSED) {
            fail(MediaListener.Reason.SOCKET_CLOSED);
        }
    }

    private void fail(MediaListener.Reason reason) {
        if (!failed && !closed) {
            failed = true;
            listener.failed(reason);
        }
    }

    /** Ends the media, and closes the sockets once relays are released. */
    void release() {
        end();
        if (transport.isReleased(loop.nanoTime())) {
            close();
        }
    }

    @Override
    public void close() {
        end();
        if (!released) {
            released = true;
            transport.close();
            loop.remove(this);
            closedHook.run();
            listener.closed();
        }
    }

    private void end() {
        if (closed) {
            return;
        }
        if (rtcp.everHeard()) {
            sendReport(loop.nanoTime(), true);
        }
        closed = true;
        receiver.reception().end();
        statistics = streamStatistics.measure(
                timeout.isTold(), timeout.interruption(), loop.scheduler().now());
        transport.release(loop.nanoTime());
        // The host may keep a finished call; its keys are not kept with it.
        parameters = null;
        sender.end();
        protection.close();
    }
}
