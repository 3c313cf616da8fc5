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
 * Records the RTP of a PBX's calls in clear text, from {@code EmbeddedPbx.recordMedia} until it is
 * closed, in both directions. It keeps the newest 8 MiB in memory by default: two minutes of a
 * G.711 call of two phones. {@link TraceFiles} writes it, as audio too. Direct media between two
 * phones is not included. Callable from any thread; never waits.
 *
 * <p>Anyone with a recording can listen to the calls.
 */
public final class MediaRecording implements RtpTap, AutoCloseable {
    /** The default limit. */
    public static final int MOST_BYTES = 8 << 20;

    private static final int CHANNELS = 2;

    /** The approximate overhead of a packet. */
    private static final int BYTES_BESIDE = 100;

    private final int mostBytes;
    private final Consumer<MediaRecording> end;
    private final Deque<TappedRtp> kept = new ArrayDeque<>();
    private int bytes;
    private long dropped;

    /**
     * Starts an empty recording.
     *
     * @param end detaches it from the source of packets
     */
    public MediaRecording(Consumer<MediaRecording> end) {
        this(MOST_BYTES, end);
    }

    /**
     * Starts an empty recording.
     *
     * @param mostBytes the limit; the newest packets are kept
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

    /** Returns the kept packets, oldest first. */
    synchronized List<TappedRtp> packets() {
        return List.copyOf(kept);
    }

    /**
     * Returns the newest minute of one leg as a WAV file of 16-bit PCM. It has two channels that
     * begin at the same moment: left from the phone, right to the phone.
     *
     * @param leg as in {@link com.techpro.callclient.testkit.pbx.live.LiveCall.Side}
     * @return null if no audio of it is kept
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

    /** Returns how many packets are kept. */
    public synchronized int count() {
        return kept.size();
    }

    /** Returns how many packets were discarded because the limit was reached. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Ends the recording. Kept packets remain readable. Closing twice does nothing. */
    @Override
    public void close() {
        end.accept(this);
    }
}
