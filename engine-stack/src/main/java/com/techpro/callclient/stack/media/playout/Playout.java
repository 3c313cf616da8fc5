// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

import com.techpro.callclient.ports.audio.pcm.Resampler;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.LossConcealment;
import com.techpro.callclient.stack.media.codec.TimeScaling;
import com.techpro.callclient.stack.media.quality.ReceptionLog;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns packets into a steady stream of samples: jitter buffer, decoder, resampler, concealment,
 * time scaling. Insert packets into the {@link #buffer} as they arrive. The player fetches frames at its own pace; its clock
 * need not be the sender's. Packets are measured in units of the RTP clock, frames in the player's
 * samples. Codecs of several sample rates may follow one another.
 */
public final class Playout {
    /** The longest packet accepted. */
    public static final int LONGEST_PACKET_MILLIS = 200;

    /** There is room for two such packets. The first longer packet makes more room. */
    private static final int USUAL_PACKET_MILLIS = 20;

    /** Rounding and a resampler may add this to a packet. */
    private static final int SLACK_MILLIS = 10;

    private final JitterBuffer buffer;
    private int clockRate;
    private int sampleRate;
    private LossConcealment concealment;
    private TimeScaling scaling;
    private short[] decoded;
    private int count;
    /** The decoder of the packet played last. */
    private @Nullable Decoder decoder;

    private @Nullable Resampler resampler;
    /** The decoder's sound, if it has another sample rate. */
    private short[] raw = new short[0];

    private boolean heard;
    private long concealed;
    private long recovered;
    private long expanded;
    private long accelerated;
    private long played;
    private long concealments;
    /** The value of {@link #concealed} when a packet was played last. */
    private long concealedBefore;

    private long waitedNanos;
    private long packets;
    /** Sixteen times the smoothed wait of a packet, in units of the RTP clock. */
    private int scaledDelay;

    /**
     * @param clockRate RTP clock units a second
     * @param sampleRate samples a second of the frames
     */
    public Playout(int clockRate, int sampleRate) {
        this(clockRate, sampleRate, new ReceptionLog());
    }

    /**
     * @param reception learns which packets arrived but are not played; tell it of each that
     *     arrives
     */
    public Playout(int clockRate, int sampleRate, ReceptionLog reception) {
        this.clockRate = clockRate;
        this.sampleRate = sampleRate;
        buffer = new JitterBuffer(clockRate, reception);
        concealment = new LossConcealment(sampleRate);
        scaling = new TimeScaling(sampleRate);
        decoded = usualRoom();
    }

    private short[] usualRoom() {
        return new short[room(USUAL_PACKET_MILLIS * sampleRate / 1000)];
    }

    private int room(int packet) {
        return scaling.least() + 2 * (packet + slack(sampleRate)) + scaling.most();
    }

    private static int slack(int rate) {
        return rate * SLACK_MILLIS / 1000;
    }

    /** Packets of all lengths would take a tenth of a megabyte at 48 kHz. */
    private void makeRoom(PacketBuffer.Packet packet, Decoder codec) {
        int room = room(samples(packet.duration));
        if (decoded.length < room) {
            decoded = Arrays.copyOf(decoded, room);
        }
        int rate = codec.codec().sampleRate();
        int coded = Math.max(codecSamples(codec.codec(), packet.duration), rate * USUAL_PACKET_MILLIS / 1000);
        if (resampler != null && raw.length < coded + slack(rate)) {
            raw = new short[coded + slack(rate)];
        }
    }

    /** Sets another sample rate of the frames. Drops the sound that is ready to be played. */
    public void setSampleRate(int rate) {
        concealed = concealed * rate / sampleRate;
        expanded = expanded * rate / sampleRate;
        accelerated = accelerated * rate / sampleRate;
        played = played * rate / sampleRate;
        sampleRate = rate;
        concealedBefore = concealed();
        concealment = new LossConcealment(rate);
        scaling = new TimeScaling(rate);
        decoded = usualRoom();
        count = 0;
        decoder = null;
        resampler = null;
    }

    /** Samples a second of the frames. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Returns where arriving packets go. */
    public JitterBuffer buffer() {
        return buffer;
    }

    /** Whether all packets have arrived that a frame of so many samples needs. */
    public boolean hasNext(int samples) {
        return buffer.holds(units(samples - count));
    }

    /**
     * Fills the next frame to play at a time.
     *
     * @param now in units of the RTP clock; may be ahead of the packets' arrival
     */
    public void next(short[] frame, int now) {
        while (count < frame.length) {
            switch (buffer.next(now)) {
                case PACKET -> packet(now);
                case GAP -> gap(frame.length);
                case NOTHING -> {
                    int samples = frame.length - count;
                    if (heard) {
                        conceal(samples);
                    } else {
                        Arrays.fill(decoded, count, frame.length, (short) 0);
                        count += samples;
                    }
                    buffer.underran(units(samples));
                }
            }
        }
        System.arraycopy(decoded, 0, frame, 0, frame.length);
        played += frame.length;
        count -= frame.length;
        System.arraycopy(decoded, frame.length, decoded, 0, count);
    }

    private void packet(int now) {
        int correction = buffer.correction();
        int spare = buffer.spare(units(count));
        if (correction > 0 && heard) {
            int gained = concealment.expand(decoded, count);
            count += gained;
            expanded += gained;
        }
        decode(buffer.packet(), now);
        if (correction < 0) {
            // One frame is too short to find a period in.
            if (count < scaling.least() && buffer.next(now) == JitterBuffer.Due.PACKET) {
                decode(buffer.packet(), now);
            }
            shorten(scaling.shorten(decoded, count));
        } else {
            shorten(scaling.shortenSilence(decoded, count, samples(spare)));
        }
    }

    private void shorten(int left) {
        accelerated += count - left;
        count = left;
    }

    private void decode(PacketBuffer.Packet packet, int now) {
        Decoder codec = packet.decoder;
        if (codec == null) {
            return;
        }
        recovered += packet.offset > 0 ? 1 : 0;
        countConcealment();
        use(codec);
        makeRoom(packet, codec);
        if (resampler == null) {
            hear(codec.decode(packet.payload, 0, decoded, count, packet.length));
        } else {
            hear(resampled(codec.decode(packet.payload, 0, raw, 0, packet.length)));
        }
        heard = true;
        scaledDelay += now - packet.arrival - ((scaledDelay + 8) >> 4);
        waitedNanos += RtpClock.nanos(Math.max(0, now - packet.arrival), clockRate);
        packets++;
    }

    private void countConcealment() {
        long now = concealed();
        concealments += now > concealedBefore ? 1 : 0;
        concealedBefore = now;
    }

    /**
     * Fills a gap: from redundancy in the packet after it, else by the codec, else from earlier
     * sound.
     */
    private void gap(int most) {
        PacketBuffer.Packet after = buffer.afterGap();
        int redundant = after == null ? 0 : after.duration;
        int gap = buffer.gap();
        int lost = gap > redundant ? gap - redundant : gap;
        int samples = Math.min(samples(lost), most);
        if (gap <= redundant && after != null && recovered(after, gap)) {
            buffer.concealed(gap);
            return;
        }
        if (samples == 0) {
            buffer.concealed(gap);
            return;
        }
        concealed += conceal(samples);
        // Rounding must leave no rest that is too short for a sample.
        buffer.concealed(samples < samples(lost) ? Math.max(1, units(samples)) : lost);
    }

    /** Conceals about so many samples. */
    private int conceal(int samples) {
        Decoder codec = decoder;
        int own = codec == null ? 0 : codecSamples(codec.codec(), units(samples));
        if (codec != null && own > 0 && codec.conceal(target(), position(), own)) {
            int written = resampler == null ? own : resampled(own);
            hear(written);
            return written;
        }
        concealment.conceal(decoded, count, samples);
        count += samples;
        return samples;
    }

    private boolean recovered(PacketBuffer.Packet after, int gap) {
        Decoder codec = after.decoder;
        if (codec == null) {
            return false;
        }
        use(codec);
        makeRoom(after, codec);
        int own = codecSamples(codec.codec(), gap);
        if (own == 0 || !codec.recover(after.payload, 0, after.length, target(), position(), own)) {
            return false;
        }
        recovered++;
        hear(resampler == null ? own : resampled(own));
        return true;
    }

    private short[] target() {
        return resampler == null ? decoded : raw;
    }

    private int position() {
        return resampler == null ? count : 0;
    }

    private int resampled(int rawCount) {
        Resampler changing = resampler;
        return changing == null ? 0 : changing.resample(raw, 0, rawCount, decoded, count);
    }

    private void hear(int samples) {
        concealment.good(decoded, count, samples);
        count += samples;
    }

    private void use(Decoder codec) {
        if (codec.equals(decoder)) {
            return;
        }
        int rate = codec.codec().sampleRate();
        boolean same = decoder != null && decoder.codec().sampleRate() == rate;
        decoder = codec;
        if (!same) {
            resampler = rate == sampleRate ? null : Resampler.forLiveSound(rate, sampleRate);
            raw = new short[0];
        }
    }

    private int samples(int units) {
        return (int) ((long) units * sampleRate / clockRate);
    }

    private int units(int samples) {
        return (int) ((long) samples * clockRate / sampleRate);
    }

    private static int codecSamples(Codec codec, int units) {
        return (int) ((long) units * codec.sampleRate() / codec.clockRate());
    }

    /**
     * Forgets the stream: the next packet begins another. Until then, concealment continues the
     * last sound.
     */
    public void restart() {
        buffer.clear(clockRate);
    }

    /** The same, for a stream of another RTP clock. */
    public void restart(int otherClockRate) {
        scaledDelay = (int) ((long) scaledDelay * otherClockRate / clockRate);
        clockRate = otherClockRate;
        buffer.clear(otherClockRate);
    }

    /**
     * Forgets the stream and its sound: there is silence until the next packet. If that is of the
     * same source, the jitter measured so far still applies.
     */
    public void flush() {
        buffer.pause();
        concealment.forget();
        heard = false;
        count = 0;
    }

    /**
     * Samples concealed: in place of lost packets, and while the buffer was empty although the
     * sender spoke. A pause that the sender left out is not among them. The next packet tells one
     * from the other, so samples of an empty buffer count only then.
     */
    public long concealed() {
        return concealed + (buffer.underrunOfLost() + buffer.lateUnits()) * sampleRate / clockRate;
    }

    /** The concealed samples whose packets arrived late. */
    public long lateSamples() {
        return buffer.lateUnits() * sampleRate / clockRate;
    }

    /** Lost packets that were played from redundancy in later ones. */
    public long recovered() {
        return recovered;
    }

    /** The samples of all frames. */
    public long played() {
        return played;
    }

    /** How often a packet followed {@link #concealed} samples. */
    public long concealments() {
        return concealments;
    }

    /** The mean time from a packet's arrival to its playing. */
    public long meanDelayNanos() {
        return packets == 0 ? 0 : waitedNanos / packets;
    }

    /** Samples added to gain time. */
    public long expanded() {
        return expanded;
    }

    /** Samples cut to catch up. */
    public long accelerated() {
        return accelerated;
    }

    /** The smoothed time from a packet's arrival to its playing, in samples. */
    public int delay() {
        return Math.max(0, samples(scaledDelay >> 4) + count);
    }
}
