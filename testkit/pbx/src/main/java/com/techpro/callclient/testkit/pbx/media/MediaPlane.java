// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All media of the PBX on one loop. It polls all sockets together, and only while there are any.
 * Methods may be called from any thread.
 */
public final class MediaPlane implements AutoCloseable {
    /** A packet waits for half of it on average, which is part of each call's delay. */
    private static final Duration POLL_EVERY = Duration.ofMillis(1);

    private static final int LARGEST_PACKET = 2048;

    private final Loop loop;
    private final Thread.UncaughtExceptionHandler failures;
    private final DatagramPoller poller;
    private final MediaFaults faults;
    private final List<RtpTap> taps = new CopyOnWriteArrayList<>();
    private final AtomicInteger legs = new AtomicInteger();
    private final AtomicInteger openPorts = new AtomicInteger();
    private final LongAdder packetsIn = new LongAdder();
    private final LongAdder packetsOut = new LongAdder();
    private final LongAdder packetsRefused = new LongAdder();
    private final ByteBuffer scratch = ByteBuffer.allocate(LARGEST_PACKET);
    private final FrameClock frames;
    private final Random random;
    private final DtlsHandshakes handshakes;
    private final DtlsIdentity identity;
    private boolean polling;

    public MediaPlane(
            Schedulers schedulers,
            Network network,
            MediaFaults faults,
            Random random,
            Thread.UncaughtExceptionHandler failures)
            throws IOException {
        this.faults = faults;
        this.failures = failures;
        this.poller = network.openPoller();
        this.loop = schedulers.openAudioLoop("pbx-media", failures);
        this.frames = new FrameClock(loop, poller::poll);
        this.random = random;
        this.handshakes = new DtlsHandshakes(schedulers.workers(), random);
        this.identity = new DtlsIdentity(random, loop.now());
    }

    /** Opens a port on a free number for no extension. */
    public MediaPort openPort(InetAddress local) throws IOException {
        return openPort(local, null);
    }

    /** Opens a port on a free number for an extension's phone, or for none. */
    public MediaPort openPort(InetAddress local, @Nullable String extension) throws IOException {
        PortTap tap = new PortTap(this, legs.incrementAndGet(), extension);
        MediaPort port = new MediaPort(this, faults.ofStream(extension), tap);
        port.bind(poller.open(new InetSocketAddress(local, 0), port));
        openPorts.incrementAndGet();
        loop.execute(this::startPolling);
        return port;
    }

    public Scheduler loop() {
        return loop;
    }

    /** Adds a tap that receives all RTP from now on. */
    public void add(RtpTap tap) {
        taps.add(tap);
    }

    /** Removes a tap; packets in progress may still reach it. */
    public void remove(RtpTap tap) {
        taps.remove(tap);
    }

    boolean isTapped() {
        return !taps.isEmpty();
    }

    void tell(TappedRtp packet) {
        taps.forEach(tap -> tap.rtp(packet));
    }

    /** Returns the clock of generated audio. Media loop only. */
    public FrameClock frames() {
        return frames;
    }

    Random random() {
        return random;
    }

    DtlsHandshakes handshakes() {
        return handshakes;
    }

    /** Returns the PBX's DTLS certificate. */
    DtlsIdentity identity() {
        return identity;
    }

    MediaFaults faults() {
        return faults;
    }

    public int openPorts() {
        return openPorts.get();
    }

    public long packetsIn() {
        return packetsIn.sum();
    }

    public long packetsOut() {
        return packetsOut.sum();
    }

    /** Returns how many packets failed authentication or decoding, or were not media. */
    public long packetsRefused() {
        return packetsRefused.sum();
    }

    /** Sets the packet counters to 0. */
    public void resetCounters() {
        packetsIn.reset();
        packetsOut.reset();
        packetsRefused.reset();
    }

    Thread.UncaughtExceptionHandler failures() {
        return failures;
    }

    void countIn() {
        packetsIn.increment();
    }

    void countOut() {
        packetsOut.increment();
    }

    void countRefused() {
        packetsRefused.increment();
    }

    void portClosed() {
        openPorts.decrementAndGet();
    }

    /**
     * Copies a packet into a buffer where it may be changed and grow; it {@link #fits}. Media loop
     * only.
     */
    ByteBuffer scratchCopyOf(ByteBuffer packet) {
        scratch.clear();
        scratch.put(packet);
        scratch.flip();
        return scratch;
    }

    static boolean fits(ByteBuffer packet) {
        return packet.remaining() <= LARGEST_PACKET - 64;
    }

    @Override
    public void close() {
        poller.close();
        loop.close();
    }

    private void startPolling() {
        if (!polling) {
            polling = true;
            poll();
        }
    }

    private void poll() {
        if (openPorts.get() == 0) {
            polling = false;
            return;
        }
        poller.poll();
        loop.schedule(POLL_EVERY, this::poll);
    }
}
