// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtmf.TelephoneEventReceiver;
import com.techpro.callclient.stack.media.playout.ContinuousTimestamps;
import com.techpro.callclient.stack.media.playout.JitterBuffer;
import com.techpro.callclient.stack.media.playout.Playout;
import com.techpro.callclient.stack.media.quality.ReceptionLog;
import com.techpro.callclient.stack.media.rtp.ContributingSources;
import com.techpro.callclient.stack.media.rtp.InterarrivalJitter;
import com.techpro.callclient.stack.media.rtp.RedPayload;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.rtp.SequenceNumbers;
import com.techpro.callclient.stack.media.rtp.SequenceNumbers.Verdict;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Turns RTP packets into sound in the speaker's ring. It plays one source at a time, which
 * {@link SourceSelection} selects.
 *
 * <p>In clear text, packets with its SSRC from another address are a third party's collision or a
 * loop (RFC 3550 §8.2), and wait as another source does. Authenticated packets cannot be either, so
 * there it is the same source on another path. Belongs to the media loop.
 */
final class AudioReceiver {
    /**
     * How late packets of the next source may be that it sent before the last packet of the
     * previous one.
     */
    private static final long OVERTAKEN_NANOS = 20_000_000;

    private final DropCounters drops;
    private final PendingPackets pending;
    private final RtpPacket pendingView = new RtpPacket();
    /** The latest packets before sound was due: the first audible one may depend on them. */
    private final PendingPackets early;

    private final RtpPacket earlyView = new RtpPacket();
    private final TelephoneEventReceiver events;
    private volatile PlaybackRing playback;
    private volatile long concealedOfFormerRings;
    private volatile long underrunsOfFormerRings;
    private final Playout playout;
    private final JitterBuffer jitterBuffer;
    private final ContinuousTimestamps timestamps;
    private InterarrivalJitter jitter = new InterarrivalJitter();
    private final ReceptionLog reception = new ReceptionLog();
    private final ContributingSources contributing = new ContributingSources();
    private final Decoders decoders = new Decoders();
    private final RedPayload red = new RedPayload();
    /** Payload type, start and length of the latest payload, or of the primary one in it. */
    private int payloadType;

    private int payloadStart;
    private int payloadLength;
    /** The continuous timestamp of the latest audio packet. */
    private int continuous;
    /** The codec of the latest audio packet. */
    private Codec codec;

    private int clockRate;

    private short[] frame;
    /** A buffer for decoded sound that is thrown away. */
    private short[] unheard = new short[0];

    private final SourceSelection sources = new SourceSelection(this::takenOver);
    private boolean receiving;
    /** The length of the latest packet, in RTP clock units. */
    private int packetUnits;

    private long packets;
    private long octets;
    private long reordered;
    /**
     * @param expected the assumed format until something is agreed
     */
    AudioReceiver(DropCounters drops, PayloadFormat expected, TelephoneEventReceiver.Listener keys) {
        this.drops = drops;
        this.codec = expected.codec();
        this.clockRate = codec.clockRate();
        this.packetUnits = codec.clockUnits(MediaLoop.frame(codec.sampleRate()));
        this.playback = new PlaybackRing(codec.sampleRate());
        this.playout = new Playout(clockRate, codec.sampleRate(), reception);
        this.jitterBuffer = playout.buffer();
        this.timestamps = new ContinuousTimestamps(clockRate);
        this.frame = new short[playback.frame()];
        this.pending = new PendingPackets(() -> drops.unknownSource++);
        // Counted already, as unwanted.
        this.early = new PendingPackets(() -> {});
        this.events = new TelephoneEventReceiver(keys);
    }

    ContributingSources contributing() {
        return contributing;
    }

    /**
     * Returns the source for a speaker of this rate. Callable from any thread, but one at a time.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    PlaybackSource playback(int sampleRate) {
        PlaybackRing plugged = playback;
        if (plugged.sampleRate() != sampleRate) {
            concealedOfFormerRings += RtpClock.nanos(plugged.concealed(), plugged.sampleRate());
            underrunsOfFormerRings += plugged.underruns();
            plugged = new PlaybackRing(sampleRate);
            playback = plugged;
        }
        return plugged;
    }

    SourceSelection sources() {
        return sources;
    }

    /**
     * Tells whether sound is due. Packets sent while no sound was due do not count as lost
     * afterwards, and earlier sound is not played after the pause. Call it at once, not at the next
     * frame: packets may arrive before that.
     */
    void expects(boolean sound) {
        if (receiving != sound) {
            receiving = sound;
            if (sound) {
                sources.resume();
            }
            playout.flush();
        }
    }

    /**
     * Processes an authenticated or clear-text packet.
     *
     * @param view the packet in the buffer, which has an array
     */
    void received(MediaParameters parameters, RtpPacket view, ByteBuffer buffer, InetSocketAddress from, long now) {
        int ssrc = view.ssrc();
        boolean successor = sources.isSuccessor(ssrc, from);
        if (!parameters.encrypted() && !successor && sources.isThirdParty(ssrc, from, now)) {
            drops.unknownSource++;
            return;
        }
        if (!successor && sources.mustWait(ssrc, now)) {
            if (parameters.encrypted()) {
                pending.add(ssrc, buffer, from, now);
            } else {
                drops.unknownSource++;
            }
            return;
        }
        if (!pending.isEmpty() && ssrc != sources.source()) {
            takePending(parameters, ssrc);
            successor = sources.isSuccessor(ssrc, from);
        }
        accept(parameters, view, buffer, from, now, successor);
    }

    /** Plays the packets that a source had to hold back, with their original arrival times. */
    private void takePending(MediaParameters parameters, int ssrc) {
        long notBefore = sources.lastHeard() - OVERTAKEN_NANOS;
        for (PendingPackets.Pending next = pending.poll(ssrc, notBefore);
                next != null;
                next = pending.poll(ssrc, notBefore)) {
            if (pendingView.wrap(next.packet())) {
                accept(parameters, pendingView, next.packet(), next.from(), next.arrival(), false);
            }
        }
    }

    private void accept(
            MediaParameters parameters,
            RtpPacket view,
            ByteBuffer buffer,
            InetSocketAddress from,
            long now,
            boolean successor) {
        boolean due = parameters.direction().receives();
        boolean wasDue = due && !sources.isResumed();
        int required = parameters.encrypted() ? 1 : SequenceNumbers.PROBATION;
        Verdict verdict = sources.judge(view.ssrc(), view.sequence(), successor, required, due);
        if (verdict == Verdict.ON_PROBATION || verdict == Verdict.JUMP) {
            drops.unknownSource++;
            return;
        }
        if (!wasDue && sources.isQuiet(now)) {
            // After a pause, the sender restarts its encoder, and has not heard what was thrown
            // away here.
            beginAnew();
        }
        sources.heard(from, now);
        packets++;
        octets += view.payloadLength();
        contributing.received(view, now);
        if (verdict == Verdict.OUT_OF_ORDER) {
            reordered++;
        } else if (verdict == Verdict.RESTARTED) {
            restart();
        }
        if (!wasDue) {
            reception.skipTo(view.sequence());
        }
        if (!due) {
            drops.unwanted++;
            early.add(view.ssrc(), buffer, from, now);
            return;
        }
        decodeEarly(parameters);
        reception.received(view.sequence());
        deliver(parameters, view, buffer, now);
    }

    private void takenOver() {
        events.restart();
        restart();
    }

    /** Restarts playout. A DTMF digit in progress continues, as its timestamp shows. */
    private void restart() {
        reception.restart();
        timestamps.clear(clockRate);
        jitter.restart();
        playout.restart();
        beginAnew();
    }

    /** What follows does not depend on earlier packets. */
    private void beginAnew() {
        decoders.beginAnew();
        early.clear();
    }

    private void deliver(MediaParameters parameters, RtpPacket view, ByteBuffer buffer, long now) {
        boolean redundant = parameters.received().isRedundancy(view.payloadType());
        if (!unwrap(redundant, view, buffer)) {
            drops.malformed++;
            pass(view, now);
            return;
        }
        PayloadTypeMap.TelephoneEvents keys = parameters.received().telephoneEvents(payloadType);
        if (keys != null) {
            pass(view, now);
            int start = payloadStart - buffer.arrayOffset();
            if (!events.received(view.timestamp(), buffer, start, payloadLength, keys.clockRate(), now)) {
                drops.malformed++;
            }
            return;
        }
        int noiseClockRate = parameters.received().noiseClockRate(payloadType);
        if (noiseClockRate > 0) {
            noise(view, buffer, noiseClockRate, now);
            return;
        }
        PayloadFormat format = parameters.received().codec(payloadType);
        if (format == null) {
            drops.unknownPayload++;
            pass(view, now);
            return;
        }
        Decoder decoder = decoders.of(format.codec());
        Codec spoken = decoder.codec();
        int units = spoken.clockUnits(samples(decoder, buffer, payloadStart, payloadLength));
        if (units == 0) {
            drops.unknownPayload++;
            pass(view, now);
            return;
        }
        codec = spoken;
        if (codec.clockRate() != clockRate) {
            changeClock(codec.clockRate());
        }
        packetUnits = units;
        play(view, buffer, decoder, units, now);
        if (redundant) {
            playCopies(parameters, view, buffer, now);
        }
    }

    /**
     * Finds the payload, and in redundant audio data the primary one.
     *
     * @return whether it is well-formed
     */
    private boolean unwrap(boolean redundant, RtpPacket view, ByteBuffer buffer) {
        payloadType = view.payloadType();
        payloadStart = buffer.arrayOffset() + view.payloadStart();
        payloadLength = view.payloadLength();
        if (!redundant) {
            return true;
        }
        if (!red.wrap(buffer.array(), payloadStart, payloadLength)) {
            return false;
        }
        payloadType = red.primaryType();
        payloadStart = red.primaryStart();
        payloadLength = red.primaryLength();
        return true;
    }

    /**
     * Lets the blocks of redundant audio data (RFC 2198) take the places of lost packets. A block has
     * no sequence number: it follows from its offset, as far as packets are of one length. Blocks of
     * telephone events are dropped: events repeat themselves.
     */
    private void playCopies(MediaParameters parameters, RtpPacket view, ByteBuffer buffer, long now) {
        int arrival = RtpClock.units(now, clockRate);
        for (int i = 0; i < red.blocks(); i++) {
            PayloadFormat format = parameters.received().codec(red.payloadType(i));
            if (format == null || format.codec().clockRate() != clockRate) {
                drops.unknownPayload++;
                continue;
            }
            int offset = red.offset(i);
            Decoder decoder = decoders.of(format.codec());
            int units = decoder.codec().clockUnits(samples(decoder, buffer, red.start(i), red.length(i)));
            if (units == 0 || offset == 0 || offset % units != 0) {
                continue;
            }
            jitterBuffer.insertCopy(
                    view.sequence() - offset / units & 0xFFFF,
                    continuous - offset,
                    arrival,
                    units,
                    offset,
                    decoder,
                    buffer.array(),
                    red.start(i),
                    red.length(i));
        }
    }

    /**
     * Returns the packet's length in samples; 0 if the decoder cannot read it, or it is too long.
     */
    private static int samples(Decoder decoder, ByteBuffer buffer, int start, int length) {
        int samples = decoder.samples(buffer.array(), start, length);
        int most = decoder.codec().sampleRate() / 1000 * Playout.LONGEST_PACKET_MILLIS;
        return samples < 0 || samples > most ? 0 : samples;
    }

    /**
     * Decodes the latest packets before sound was due, without playing them. Often the far end
     * learns first that the call is resumed, or it ignores the hold. While the call is held, none
     * is decoded, at whatever rate they come.
     */
    private void decodeEarly(MediaParameters parameters) {
        for (PendingPackets.Pending next = early.poll(); next != null; next = early.poll()) {
            if (earlyView.wrap(next.packet())) {
                update(parameters, earlyView, next.packet());
            }
        }
    }

    private void update(MediaParameters parameters, RtpPacket view, ByteBuffer buffer) {
        if (!unwrap(parameters.received().isRedundancy(view.payloadType()), view, buffer)) {
            return;
        }
        PayloadFormat format = parameters.received().codec(payloadType);
        if (format == null || !format.codec().beginsCleanly()) {
            return;
        }
        Decoder decoder = decoders.of(format.codec());
        int samples = samples(decoder, buffer, payloadStart, payloadLength);
        if (unheard.length < samples) {
            unheard = new short[samples];
        }
        decoder.decode(buffer.array(), payloadStart, unheard, 0, payloadLength);
    }

    private void play(RtpPacket view, ByteBuffer buffer, Decoder decoder, int units, long now) {
        int arrival = RtpClock.units(now, clockRate);
        continuous = timestamps.of(view.sequence(), view.timestamp(), units, arrival);
        if (timestamps.restarted()) {
            jitter.restart();
            if (timestamps.stalled()) {
                jitterBuffer.stalled(timestamps.leftOut());
            } else {
                playout.restart();
            }
        }
        jitter.received(continuous, arrival);
        if (jitter.difference() != InterarrivalJitter.NONE) {
            reception.transit(jitter.difference());
        }
        jitterBuffer.insert(
                view.sequence(), continuous, arrival, units, decoder, buffer.array(), payloadStart, payloadLength);
    }

    /** Plays comfort noise in the pause that begins. */
    private void noise(RtpPacket view, ByteBuffer buffer, int noiseClockRate, long now) {
        if (noiseClockRate != clockRate || codec.codesSilence() || payloadLength == 0) {
            pass(view, now);
            return;
        }
        Decoder generator = decoders.noiseBeside(codec);
        int samples = generator.samples(buffer.array(), payloadStart, payloadLength);
        play(view, buffer, generator, codec.clockUnits(samples), now);
    }

    private void pass(RtpPacket view, long now) {
        jitterBuffer.pass(view.sequence(), view.timestamp(), RtpClock.units(now, clockRate));
    }

    /**
     * The sender switches to a codec with another RTP clock; earlier timestamps no longer apply.
     */
    private void changeClock(int rate) {
        clockRate = rate;
        timestamps.clear(rate);
        jitter = new InterarrivalJitter();
        playout.restart(rate);
    }

    /** Called once a frame. */
    void serve(MediaParameters parameters, long now) {
        if (!pending.isEmpty() && sources.isQuiet(now)) {
            takePending(parameters, pending.latestSsrc());
        }
        events.check(now);
        contributing.look(now);
        PlaybackRing ring = playback;
        if (playout.sampleRate() != ring.sampleRate()) {
            playout.setSampleRate(ring.sampleRate());
            frame = new short[ring.frame()];
        }
        ring.look(receiving, now);
        if (!ring.listening()) {
            make(now);
        }
        serveSpeaker(now);
    }

    /** Called in each slot while {@link #isHeard}: what the speaker has fetched is replaced at once. */
    void serveSpeaker(long now) {
        PlaybackRing ring = playback;
        while (ring.listening()
                && ring.frame() == frame.length
                && ring.wants(!receiving || playout.hasNext(frame.length), now)) {
            make(ring.due(now));
            ring.put(frame);
        }
    }

    /** Whether a speaker fetches sound. */
    boolean isHeard() {
        return playback.listening();
    }

    private void make(long due) {
        if (receiving) {
            playout.next(frame, RtpClock.units(due, clockRate));
        } else {
            Arrays.fill(frame, (short) 0);
        }
    }

    /** What became of each packet. */
    ReceptionLog reception() {
        return reception;
    }

    /** The interarrival jitter, in RTP clock units. */
    long jitter() {
        return jitter.value();
    }

    Playout playout() {
        return playout;
    }

    /** The effect of the current codec on quality. */
    Codec.Impairment impairment() {
        return codec.impairment();
    }

    /** The clock rate of the latest packet, in Hz. */
    int clockRate() {
        return clockRate;
    }

    /** The part of the expected sound that was concealed since the beginning, from 0 to 1. */
    double concealedShare() {
        return Math.min(1, (double) concealedNanos() / Math.max(1, sources.expected() * packetNanos()));
    }

    /**
     * How much sound was concealed, because packets were missing or the loop fetched them too late.
     */
    long concealedNanos() {
        return RtpClock.nanos(playout.concealed(), playout.sampleRate()) + missedByTheLoopNanos();
    }

    /** The part of {@link #concealedNanos} whose packets were not lost but late. */
    long lateNanos() {
        return RtpClock.nanos(playout.lateSamples(), playout.sampleRate()) + missedByTheLoopNanos();
    }

    /** What became of the sound, apart from the packets. */
    MediaStatistics.Played played() {
        int rate = playout.sampleRate();
        return new MediaStatistics.Played(
                duration(playout.played(), rate),
                duration(playout.concealed(), rate),
                playout.concealments(),
                duration(playout.expanded(), rate),
                duration(playout.accelerated(), rate),
                Duration.ofNanos(playout.meanDelayNanos()),
                Duration.ofNanos(missedByTheLoopNanos()),
                underrunsOfFormerRings + playback.underruns());
    }

    private static Duration duration(long samples, int rate) {
        return Duration.ofNanos(RtpClock.nanos(samples, rate));
    }

    private long missedByTheLoopNanos() {
        PlaybackRing ring = playback;
        return concealedOfFormerRings + RtpClock.nanos(ring.concealed(), ring.sampleRate());
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    long reordered() {
        return reordered - jitterBuffer.duplicate();
    }

    /** The length of the latest packet. */
    long packetNanos() {
        return RtpClock.nanos(packetUnits, clockRate);
    }

    /** The delay from arrival to the speaker. */
    long delayNanos() {
        PlaybackRing ring = playback;
        return RtpClock.nanos(playout.delay(), playout.sampleRate()) + ring.delayNanos();
    }
}
