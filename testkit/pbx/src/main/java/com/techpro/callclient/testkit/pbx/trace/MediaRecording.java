// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.testkit.pbx.media.RtpTap;
import com.techpro.callclient.testkit.pbx.media.TappedRtp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The RTP of a PBX's calls in clear text, from {@code EmbeddedPbx.recordMedia} until it is closed: what phones sent, as the PBX read it, and what they were sent. The newest
 * 8 MiB are kept, which is two minutes of a call of two phones in G.711, in memory alone; {@link TraceFiles} writes them, as sound too. Media that two phones
 * send each other directly are not there. From any thread; never waits.
 *
 * <p>Whoever has it can listen to the calls.
 */
public final class MediaRecording implements RtpTap, AutoCloseable {
    static final int MOST_BYTES = 8 << 20;

    /** About what a packet takes besides its bytes. */
    private static final int BYTES_BESIDE = 100;

    private final int mostBytes;
    private final Consumer<MediaRecording> end;
    private final Deque<TappedRtp> kept = new ArrayDeque<>();
    private int bytes;
    private long dropped;

    /**
     * Nothing yet.
     *
     * @param end takes it from where it is told of packets
     */
    public MediaRecording(Consumer<MediaRecording> end) {
        this(MOST_BYTES, end);
    }

    MediaRecording(int mostBytes, Consumer<MediaRecording> end) {
        this.mostBytes = mostBytes;
        this.end = end;
    }

    @Override
    public synchronized void rtp(TappedRtp packet) {
        kept.addLast(packet);
        bytes += size(packet);
        while (bytes > mostBytes) {
            bytes -= size(kept.removeFirst());
            dropped++;
        }
    }

    private static int size(TappedRtp packet) {
        return packet.packet().length + BYTES_BESIDE;
    }

    /** Those that are kept, oldest first. */
    synchronized List<TappedRtp> packets() {
        return List.copyOf(kept);
    }

    /** How many packets are kept. */
    public synchronized int count() {
        return kept.size();
    }

    /** How many packets had to make room for others. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Ends it. What is kept stays as long as this object does. Closing twice does nothing. */
    @Override
    public void close() {
        end.accept(this);
    }
}
