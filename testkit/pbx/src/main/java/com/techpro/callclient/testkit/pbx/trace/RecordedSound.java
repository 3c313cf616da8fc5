// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import com.techpro.callclient.ports.audio.pcm.Resampler;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.testkit.pbx.media.TappedRtp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one leg as samples: packets in order at their timestamps, with silence for gaps.
 * A stream that restarts, or whose clock is more than a second off, continues at its packets'
 * arrival.
 */
final class RecordedSound {
    private static final int HIGHEST_RATE = 16_000;
    private static final int USUAL_RATE = 8_000;
    private static final int RTP_HEADER = 12;
    private static final int MOST_MADE_UP = 5;

    private final Instant begin;
    private final int rate;
    private final int longest;
    private final Set<String> codecs = new LinkedHashSet<>();
    private final List<Part> lost = new ArrayList<>();
    private short[] samples = new short[0];
    private int length;
    private int packets;
    private int missing;

    private @Nullable PayloadFormat format;
    private @Nullable Decoder decoder;
    private @Nullable Resampler resampler;
    private short[] decoded = new short[0];
    /** The samples of the previous packet. */
    private int last;

    private short[] resampled = new short[0];

    /** A range of samples; {@code to} is exclusive. */
    record Part(int from, int to) {}

    /** Packets of one SSRC, by unwrapped sequence numbers. */
    private static final class Run {
        private final int source;
        private final TreeMap<Long, TappedRtp> packets = new TreeMap<>();
        private long newest;

        private Run(int source, TappedRtp first) {
            this.source = source;
            this.newest = sequence(first);
            packets.put(newest, first);
        }

        private void add(TappedRtp packet) {
            long number = newest + (short) (sequence(packet) - (int) newest);
            packets.putIfAbsent(number, packet);
            newest = Math.max(newest, number);
        }
    }

    /**
     * Decodes at the rate that the packets need.
     *
     * @param kept of one direction of one leg, in order of arrival
     * @param begin the time of the first sample
     * @param most the maximum length; the rest is omitted
     */
    RecordedSound(List<TappedRtp> kept, Instant begin, Duration most) {
        this(kept, begin, most, rateOf(kept));
    }

    /** @param rate at least what the packets need */
    RecordedSound(List<TappedRtp> kept, Instant begin, Duration most, int rate) {
        this.begin = begin;
        this.rate = rate;
        this.longest = (int) Math.min(Integer.MAX_VALUE / 4, most.toMillis() * rate / 1000);
        runs(kept).forEach(this::decode);
        samples = Arrays.copyOf(samples, length);
    }

    /** Returns the sample rate that packets need. */
    static int rateOf(List<TappedRtp> kept) {
        return kept.stream()
                .map(TappedRtp::speech)
                .filter(speech -> speech != null)
                .mapToInt(speech -> Math.min(HIGHEST_RATE, speech.codec().sampleRate()))
                .max()
                .orElse(USUAL_RATE);
    }

    private static List<Run> runs(List<TappedRtp> kept) {
        List<Run> runs = new ArrayList<>();
        for (TappedRtp packet : kept) {
            int source = number(packet, 8);
            Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.source == source) {
                last.add(packet);
            } else {
                runs.add(new Run(source, packet));
            }
        }
        return runs;
    }

    private void decode(Run run) {
        boolean anchored = false;
        int anchorTimestamp = 0;
        long anchor = 0;
        long before = run.packets.firstKey();
        for (var each : run.packets.entrySet()) {
            TappedRtp packet = each.getValue();
            packets++;
            int gap = (int) (each.getKey() - before - 1);
            before = each.getKey();
            PayloadFormat speech = packet.speech();
            if (speech == null) {
                missing += Math.max(0, gap);
                continue;
            }
            codecs.add(speech.encodingName());
            anchored &= speech.equals(format);
            if (!speech.equals(format)) {
                begin(speech);
            }
            int timestamp = number(packet, 4);
            long arrived = Math.max(0, Duration.between(begin, packet.at()).toMillis() * rate / 1000);
            long at = anchor
                    + (long) (timestamp - anchorTimestamp)
                            * rate
                            / speech.codec().clockRate();
            if (!anchored || Math.abs(at - arrived) > rate) {
                anchored = true;
                anchor = arrived;
                anchorTimestamp = timestamp;
                at = arrived;
            }
            if (gap > 0) {
                missing += gap;
                lose(Math.min(longest, length), (int) Math.min(longest, at));
                passOver(gap);
            }
            write(packet.packet(), (int) Math.min(longest, Math.max(0, at)));
        }
    }

    private void lose(int from, int to) {
        if (to > from) {
            lost.add(new Part(from, to));
        }
    }

    /**
     * Lets the decoder conceal a gap as in a phone and discards the result, so that the next packet
     * sounds right.
     */
    private void passOver(int gap) {
        Decoder current = decoder;
        for (int i = 0; current != null && last > 0 && i < Math.min(gap, MOST_MADE_UP); i++) {
            if (!current.conceal(decoded, 0, last)) {
                return;
            }
        }
    }

    private void begin(PayloadFormat speech) {
        last = 0;
        format = speech;
        decoder = speech.codec().newDecoder();
        int own = speech.codec().sampleRate();
        resampler = own == rate ? null : new Resampler(own, rate);
    }

    private void write(byte[] packet, int at) {
        Decoder current = decoder;
        int from = payload(packet);
        int to = packet.length;
        if ((packet[0] & 0x20) != 0 && to > from) {
            to -= packet[to - 1] & 0xff;
        }
        if (current == null || to <= from) {
            return;
        }
        int count = current.samples(packet, from, to - from);
        if (count <= 0) {
            return;
        }
        if (decoded.length < count) {
            decoded = new short[count];
        }
        count = current.decode(packet, from, decoded, 0, to - from);
        last = count;
        short[] said = decoded;
        Resampler rates = resampler;
        if (rates != null) {
            if (resampled.length < rates.maxOutput(count)) {
                resampled = new short[rates.maxOutput(count)];
            }
            count = rates.resample(decoded, 0, count, resampled, 0);
            said = resampled;
        }
        int end = Math.min(longest, at + count);
        if (end > samples.length) {
            samples = Arrays.copyOf(samples, Math.min(longest, Math.max(end, 2 * samples.length)));
        }
        if (end > at) {
            System.arraycopy(said, 0, samples, at, end - at);
            length = Math.max(length, end);
        }
    }

    /** RFC 3550 §5.1 and §5.3.1; the end of the packet if it is malformed. */
    static int payload(byte[] packet) {
        int at = RTP_HEADER + 4 * (packet[0] & 0xf);
        if ((packet[0] & 0x10) != 0 && at + 4 <= packet.length) {
            at += 4 + 4 * ((packet[at + 2] & 0xff) << 8 | (packet[at + 3] & 0xff));
        }
        return Math.min(at, packet.length);
    }

    private static int sequence(TappedRtp packet) {
        return (packet.packet()[2] & 0xff) << 8 | (packet.packet()[3] & 0xff);
    }

    private static int number(TappedRtp packet, int at) {
        byte[] bytes = packet.packet();
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    }

    int rate() {
        return rate;
    }

    short[] samples() {
        return samples;
    }

    /** Returns the gaps in sequence numbers. */
    List<Part> lost() {
        return lost.stream().sorted(Comparator.comparingInt(Part::from)).toList();
    }

    int packets() {
        return packets;
    }

    int missing() {
        return missing;
    }

    /** As in {@code a=rtpmap}. */
    Set<String> codecs() {
        return codecs;
    }

    double seconds() {
        return (double) samples.length / rate;
    }

    /**
     * Returns the peak in decibels relative to full scale, negative; minus infinity for silence.
     */
    double peak() {
        int loudest = 0;
        for (short sample : samples) {
            loudest = Math.max(loudest, Math.abs((int) sample));
        }
        return 20 * Math.log10(loudest / 32_768.0);
    }
}
