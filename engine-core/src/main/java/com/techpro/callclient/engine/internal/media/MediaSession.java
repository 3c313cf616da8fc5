// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.ice.IceAttributes;
import com.techpro.callclient.engine.internal.ice.IceCandidate;
import com.techpro.callclient.engine.internal.media.dtls.DtlsHandshakes;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
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
 * The media of one call. Methods may be called from any thread and return at once; what they ask for happens on the session's media
 * loop, in the order asked.
 */
public final class MediaSession implements AudioEndpoint, AutoCloseable {
    // Below the ports that systems hand out by themselves (RFC 6335's dynamic ones, Linux's from 32768).
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

    /** Of the other addresses those where sockets can be opened: one that has just gone is one way fewer. */
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
     * RTP takes an even port and RTCP the odd one above (RFC 3550 §11). They are drawn from a range of our own: the system hands out ports of either kind, and
     * a socket opened in vain costs as much as the rest of the call's media.
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
     * Goes on from another address of this machine, on new ports and with nothing else changed: numbers, keys and the other side's address
     * stay. What still arrives on the old ports within five seconds is heard.
     *
     * @throws IOException if the address is not ours or no port is free; then everything stays as it was
     */
    public void moveTo(InetAddress local) throws IOException {
        moveTo(local, List.of());
    }

    /** As {@link #moveTo(InetAddress)}, with other addresses besides, of which ICE may find a better one. With ICE it is a restart. */
    public void moveTo(InetAddress local, List<InetAddress> others) throws IOException {
        List<MediaLink[]> pairs = openPairs(loop, local, others, random);
        MediaLink[] pair = pairs.get(0);
        localRtp = pair[0].localAddress();
        localRtcp = pair[1].localAddress();
        loop.execute(() -> stream.moveTo(pairs));
    }

    /**
     * What the other side is to be told of ICE, as far as it is known: name and password at once, candidates as they are found.
     *
     * @return null without ICE
     */
    public @Nullable IceAttributes iceDescription() {
        IceTransport ice = stream.transport().ice();
        return ice == null ? null : ice.description();
    }

    /**
     * What the other side's description says of ICE. Another name and password than before are a restart (RFC 8445 §9), for which this side gathers anew; a
     * description without them is one of a peer that does without.
     */
    public void remoteIce(IceAttributes description) {
        loop.execute(() -> stream.remoteIce(description));
    }

    /** A candidate that comes after the description (RFC 8838). */
    public void addRemoteCandidate(IceCandidate candidate) {
        withIce(ice -> ice.addRemote(candidate));
    }

    /** The other side has no more candidates. */
    public void remoteCandidatesComplete() {
        withIce(IceTransport::remotesComplete);
    }

    /** Another generation, with other credentials; what is in use stays in use until there is a better way. */
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

    /** Where RTP arrives. */
    public InetSocketAddress localRtp() {
        return localRtp;
    }

    /** Where RTCP arrives, unless it shares the port of RTP. */
    public InetSocketAddress localRtcp() {
        return localRtcp;
    }

    /** Starts, or changes, what was agreed. The same parameters again change nothing. */
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

    /** While muted, silence is sent in place of what the microphone hears. */
    public void setMuted(boolean muted) {
        loop.execute(() -> stream.sender().setMuted(muted));
    }

    /** From now on neither RTP nor RTCP is sent or waited for, whatever is agreed; what comes is dropped. */
    public void signallingOnly() {
        loop.execute(stream::signallingOnly);
    }

    /** The SSRCs of those whom the far end, a mixer, names as heard now; null if it never named anybody. Not to be changed. */
    public int @Nullable [] contributing() {
        return stream.receiver().contributing().current();
    }

    /** What the loop last published, about once a second and at closing. */
    public MediaStatistics statistics() {
        return stream.statistics();
    }

    /** Says goodbye (RTCP BYE) and releases the ports; relays are given back first, which may take two seconds. Closing twice does nothing. */
    @Override
    public void close() {
        loop.executeNow(stream::release);
    }
}
