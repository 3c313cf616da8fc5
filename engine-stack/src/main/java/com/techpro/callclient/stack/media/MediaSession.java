// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The media of one call. Methods may be called from any thread and return at once; their effects
 * happen on the session's media loop, in the order of the calls.
 */
public final class MediaSession implements AudioEndpoint, AutoCloseable {
    // Below the ephemeral ports of operating systems (RFC 6335's dynamic ports; Linux's from
    // 32768).
    private static final int FIRST_PORT = 16_384;
    private static final int PORT_PAIRS = 8_192;
    private static final int PORT_ATTEMPTS = 64;

    private final MediaLoop loop;
    private final MediaStream stream;
    private final Random random;
    private volatile InetSocketAddress localRtp;
    private volatile InetSocketAddress localRtcp;

    private MediaSession(
            MediaLoop loop,
            MediaStream stream,
            Random random,
            InetSocketAddress localRtp,
            InetSocketAddress localRtcp) {
        this.loop = loop;
        this.stream = stream;
        this.random = random;
        this.localRtp = localRtp;
        this.localRtcp = localRtcp;
    }

    static MediaSession open(
            MediaLoop loop,
            InetAddress local,
            @Nullable IceParameters ice,
            MediaListener listener,
            Random random,
            DtlsHandshakes handshakes,
            DropCounters drops,
            Runnable closedHook)
            throws IOException {
        List<MediaLink[]> pairs = openPairs(loop, local, ice == null ? List.of() : ice.otherAddresses(), random);
        var stream = new MediaStream(loop, pairs, ice, listener, random, handshakes, drops, closedHook);
        loop.execute(stream::start);
        MediaLink[] pair = pairs.get(0);
        return new MediaSession(loop, stream, random, pair[0].localAddress(), pair[1].localAddress());
    }

    /**
     * Opens sockets on the other addresses as far as possible; an address that has just gone is
     * skipped.
     */
    private static List<MediaLink[]> openPairs(
            MediaLoop loop, InetAddress first, List<InetAddress> others, Random random) throws IOException {
        List<MediaLink[]> pairs = new ArrayList<>();
        pairs.add(openPair(loop, first, random));
        for (InetAddress other : others) {
            MediaLink[] pair = openPairIfThere(loop, other, random);
            if (pair != null) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static MediaLink @Nullable [] openPairIfThere(MediaLoop loop, InetAddress local, Random random) {
        try {
            return openPair(loop, local, random);
        } catch (IOException gone) {
            return null;
        }
    }

    /**
     * RTP takes an even port and RTCP the odd one above (RFC 3550 §11). They come from our own
     * range: the system assigns even and odd ports alike, and a socket opened in vain costs as much
     * as the rest of the call's media.
     */
    private static MediaLink[] openPair(MediaLoop loop, InetAddress local, Random random) throws IOException {
        IOException problem = null;
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = FIRST_PORT + 2 * random.nextInt(PORT_PAIRS);
            MediaLink rtp = null;
            try {
                rtp = new MediaLink(loop, new InetSocketAddress(local, port), MediaLink.RTP);
                MediaLink rtcp = new MediaLink(loop, new InetSocketAddress(local, port + 1), MediaLink.RTCP);
                return new MediaLink[] {rtp, rtcp};
            } catch (IOException inUse) {
                problem = inUse;
                if (rtp != null) {
                    rtp.close();
                }
            }
        }
        throw new IOException("no pair of ports is free", problem);
    }

    /**
     * Continues from another address of this machine, on new ports. Sequence numbers, keys and the
     * other side's address stay. Packets that still arrive on the old ports within five seconds are
     * played.
     *
     * @throws IOException if the address is not ours or no port is free; then nothing changes
     */
    public void moveTo(InetAddress local) throws IOException {
        moveTo(local, List.of());
    }

    /**
     * As {@link #moveTo(InetAddress)}, with additional addresses among which ICE may find a better
     * one. With ICE this is a restart.
     */
    public void moveTo(InetAddress local, List<InetAddress> others) throws IOException {
        List<MediaLink[]> pairs = openPairs(loop, local, others, random);
        MediaLink[] pair = pairs.get(0);
        localRtp = pair[0].localAddress();
        localRtcp = pair[1].localAddress();
        loop.execute(() -> stream.moveTo(pairs));
    }

    /**
     * Returns our ICE description for the other side, as far as it is known: credentials at once,
     * candidates as they are found.
     *
     * @return null without ICE
     */
    public @Nullable IceAttributes iceDescription() {
        IceTransport ice = stream.transport().ice();
        return ice == null ? null : ice.description();
    }

    /**
     * Applies the ICE part of the other side's description. Changed credentials are a restart (RFC
     * 8445 §9), for which this side gathers anew. A description without credentials means that the
     * peer does not use ICE.
     */
    public void remoteIce(IceAttributes description) {
        loop.execute(() -> stream.remoteIce(description));
    }

    /** Adds a candidate that arrives after the description (RFC 8838). */
    public void addRemoteCandidate(IceCandidate candidate) {
        withIce(ice -> ice.addRemote(candidate));
    }

    /**
     * Sets whether the other side is known to take later candidates, from the next restart on: then
     * {@link MediaListener#candidatesGathered} waits for no server.
     */
    public void setIceTrickled(boolean taken) {
        withIce(ice -> ice.setTrickled(taken));
    }

    /** The other side has no more candidates. */
    public void remoteCandidatesComplete() {
        withIce(IceTransport::remotesComplete);
    }

    /**
     * Restarts ICE with new credentials; the current pair stays in use until there is a new one.
     */
    public void restartIce() {
        loop.execute(() -> stream.transport().restartIce());
    }

    private void withIce(Consumer<IceTransport> action) {
        IceTransport ice = stream.transport().ice();
        if (ice != null) {
            loop.execute(() -> action.accept(ice));
        }
    }

    MediaLoop loop() {
        return loop;
    }

    /** The address at which RTP arrives. */
    public InetSocketAddress localRtp() {
        return localRtp;
    }

    /** The address at which RTCP arrives, unless it shares the RTP port. */
    public InetSocketAddress localRtcp() {
        return localRtcp;
    }

    /** Starts or changes the session as agreed. The same parameters again change nothing. */
    public void configure(MediaParameters parameters) {
        loop.execute(() -> stream.configure(parameters));
    }

    @Override
    public CaptureSink audioIn(int sampleRate) {
        return stream.sender().capture(sampleRate);
    }

    @Override
    public PlaybackSource audioOut(int sampleRate) {
        return stream.receiver().playback(sampleRate);
    }

    /**
     * Queues a telephone event (RFC 4733). Ignored if none were agreed.
     *
     * @param digit 0 to 9, *, #, A to D
     * @param length how long the key is held
     */
    public void sendDtmf(char digit, Duration length) {
        loop.execute(() -> stream.sender().press(digit, length));
    }

    /** While muted, silence is sent instead of the microphone's sound. */
    public void setMuted(boolean muted) {
        loop.execute(() -> stream.sender().setMuted(muted));
    }

    /**
     * From now on RTP and RTCP are neither sent nor expected, whatever is agreed; arriving packets
     * are dropped.
     */
    public void signallingOnly() {
        loop.execute(stream::signallingOnly);
    }

    /**
     * Returns the SSRCs of the participants whom the far end, a mixer, lists as heard now; null if
     * it never listed any. Do not modify it.
     */
    public int @Nullable [] contributing() {
        return stream.receiver().contributing().current();
    }

    /** Returns what the loop last published, about once a second and at closing. */
    public MediaStatistics statistics() {
        return stream.statistics();
    }

    /**
     * Sends RTCP BYE and releases the ports. Relays are released first, which may take two seconds.
     * A second call does nothing.
     */
    @Override
    public void close() {
        loop.executeNow(stream::release);
    }
}
