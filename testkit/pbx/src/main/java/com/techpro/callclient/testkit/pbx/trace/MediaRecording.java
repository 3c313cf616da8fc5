// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.testkit.pbx.media.RtpTap;
import com.techpro.callclient.testkit.pbx.media.TappedRtp;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The RTP of a PBX's calls in clear text, from {@code EmbeddedPbx.recordMedia} until it is closed: what phones sent, as the PBX read it, and what they were sent. The newest
 * 8 MiB are kept unless it is told otherwise, which is two minutes of a call of two phones in G.711, in memory alone; {@link TraceFiles} writes them, as sound too. Media that two phones
 * send each other directly are not there. From any thread; never waits.
 *
 * <p>Whoever has it can listen to the calls.
 */
public final class MediaRecording implements RtpTap, AutoCloseable {
    /** What is kept where nobody says how much. */
    public static final int MOST_BYTES = 8 << 20;

    private static final int CHANNELS = 2;

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

    /**
     * Likewise.
     *
     * @param mostBytes of which the newest packets are kept
     */
    public MediaRecording(int mostBytes, Consumer<MediaRecording> end) {
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

    /**
     * What is kept of one leg as a WAV file of 16-bit PCM in two channels that begin at the same moment: left what its phone sent, right what it was sent. The newest minute of it.
     *
     * @param leg as of {@link com.techpro.callclient.testkit.pbx.live.LiveCall.Side}
     * @return null if no sound of it is kept
     */
    public byte @Nullable [] wav(int leg) {
        List<TappedRtp> own =
                packets().stream().filter(packet -> packet.leg() == leg).toList();
        if (own.isEmpty()) {
            return null;
        }
        RecordedLeg recorded = RecordedLeg.atOneRate(own);
        short[] left = recorded.sent().samples();
        short[] right = recorded.heard().samples();
        int length = Math.max(left.length, right.length);
        short[] both = new short[CHANNELS * length];
        for (int i = 0; i < length; i++) {
            both[CHANNELS * i] = i < left.length ? left[i] : 0;
            both[CHANNELS * i + 1] = i < right.length ? right[i] : 0;
        }
        return length == 0 ? null : WavFile.write(both, recorded.sent().rate(), CHANNELS);
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
