// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtmf.TelephoneEventReceiver;
import com.techpro.callclient.stack.media.playout.ContinuousTimestamps;
import com.techpro.callclient.stack.media.playout.JitterBuffer;
import com.techpro.callclient.stack.media.playout.Playout;
import com.techpro.callclient.stack.media.quality.ReceptionLog;
import com.techpro.callclient.stack.media.rtp.InterarrivalJitter;
import com.techpro.callclient.stack.media.rtp.RedPayload;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import java.nio.ByteBuffer;

/**
 * Finds out what the payload of a packet is, by its payload type: sound, copies of earlier sound,
 * comfort noise or a telephone event. Gives sound to the jitter buffer with its decoder and a
 * continuous timestamp. Belongs to the media loop.
 */
final class Depacketizer {
    private final DropCounters drops;
    private final Playout playout;
    private final JitterBuffer jitterBuffer;
    private final ReceptionLog reception;
    private final TelephoneEventReceiver events;
    private final ContinuousTimestamps timestamps;
    private InterarrivalJitter jitter = new InterarrivalJitter();
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
    /** The length of the latest packet, in RTP clock units. */
    private int packetUnits;
    /** A buffer for decoded sound that is thrown away. */
    private short[] unheard = new short[0];

    /** @param expected the assumed codec until something is agreed */
    Depacketizer(
            DropCounters drops,
            Codec expected,
            Playout playout,
            ReceptionLog reception,
            TelephoneEventReceiver events) {
        this.drops = drops;
        this.codec = expected;
        this.clockRate = expected.clockRate();
        this.packetUnits = expected.clockUnits(MediaLoop.frame(expected.sampleRate()));
        this.playout = playout;
        this.jitterBuffer = playout.buffer();
        this.reception = reception;
        this.events = events;
        this.timestamps = new ContinuousTimestamps(clockRate);
    }

    /** Another stream begins. */
    void restart() {
        timestamps.clear(clockRate);
        jitter.restart();
        playout.restart();
    }

    /** What follows does not depend on earlier packets. */
    void beginAnew() {
        decoders.beginAnew();
    }

    /** Plays a packet of sound, or reports a telephone event. */
    void received(PayloadTypeMap agreed, RtpPacket view, ByteBuffer buffer, long now) {
        boolean redundant = agreed.isRedundancy(view.payloadType());
        if (!unwrap(redundant, view, buffer)) {
            drops.malformed++;
            pass(view, now);
            return;
        }
        PayloadTypeMap.TelephoneEvents keys = agreed.telephoneEvents(payloadType);
        if (keys != null) {
            pass(view, now);
            int start = payloadStart - buffer.arrayOffset();
            if (!events.received(view.timestamp(), buffer, start, payloadLength, keys.clockRate(), now)) {
                drops.malformed++;
            }
            return;
        }
        int noiseClockRate = agreed.noiseClockRate(payloadType);
        if (noiseClockRate > 0) {
            noise(view, buffer, noiseClockRate, now);
            return;
        }
        PayloadFormat format = agreed.codec(payloadType);
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
            playCopies(agreed, view, buffer, now);
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
    private void playCopies(PayloadTypeMap agreed, RtpPacket view, ByteBuffer buffer, long now) {
        int arrival = RtpClock.units(now, clockRate);
        for (int i = 0; i < red.blocks(); i++) {
            PayloadFormat format = agreed.codec(red.payloadType(i));
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

    /** Decodes a packet without playing it, if the sound after it may depend on it. */
    void update(PayloadTypeMap agreed, RtpPacket view, ByteBuffer buffer) {
        if (!unwrap(agreed.isRedundancy(view.payloadType()), view, buffer)) {
            return;
        }
        PayloadFormat format = agreed.codec(payloadType);
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

    /** The interarrival jitter, in RTP clock units. */
    long jitter() {
        return jitter.value();
    }

    /** The effect of the current codec on quality. */
    Codec.Impairment impairment() {
        return codec.impairment();
    }

    /** The clock rate of the latest packet, in Hz. */
    int clockRate() {
        return clockRate;
    }

    /** The length of the latest packet. */
    long packetNanos() {
        return RtpClock.nanos(packetUnits, clockRate);
    }
}
