// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
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
            MediaListener listener,
            Random random,
            DropCounters drops,
            Runnable closedHook)
            throws IOException {
        MediaLink[] pair = openPair(loop, local, random);
        var stream = new MediaStream(loop, pair[0], pair[1], listener, random, drops, closedHook);
        loop.execute(stream::start);
        return new MediaSession(loop, stream, random, pair[0].localAddress(), pair[1].localAddress());
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
        MediaLink[] pair = openPair(loop, local, random);
        localRtp = pair[0].localAddress();
        localRtcp = pair[1].localAddress();
        loop.execute(() -> stream.moveTo(pair[0], pair[1]));
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

    /** The SSRCs of those whom the far end, a mixer, names as heard now; null if it never named anybody. Not to be changed. */
    public int @Nullable [] contributing() {
        return stream.receiver().contributing().current();
    }

    /** What the loop last published, about once a second and at closing. */
    public MediaStatistics statistics() {
        return stream.statistics();
    }

    /** Says goodbye (RTCP BYE) and releases the ports. Closing twice does nothing. */
    @Override
    public void close() {
        loop.executeNow(stream::close);
    }
}
