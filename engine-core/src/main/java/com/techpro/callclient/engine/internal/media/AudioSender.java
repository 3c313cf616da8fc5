// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.codec.G711;
import com.techpro.callclient.engine.internal.media.dtmf.TelephoneEventSender;
import com.techpro.callclient.engine.internal.media.rtp.RtpPacket;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * From the microphone's ring to RTP packets, as long as the other side wants them, or a telephone event in their place. Lives on the media
 * loop.
 */
final class AudioSender {
    /** 20 ms. */
    static final int FRAME = Codec.CLOCK_RATE / 50;

    private final Random random;
    private final Transmitter transmitter;
    private final CaptureRing capture = new CaptureRing(FRAME);
    private final TelephoneEventSender events = new TelephoneEventSender(FRAME);
    private final short[] frame = new short[FRAME];
    /** Encoded sound that does not fill a packet yet; its first sample is the one at {@link #timestamp}. */
    private final byte[] unsent = new byte[MediaParameters.LONGEST_PACKET + FRAME];

    private int unsentLength;
    private int unsentPayloadType;
    private int ssrc;
    private int sequence;
    private int timestamp;
    private long timestampTime;
    private boolean spurtBegins = true;
    private boolean muted;
    private long packets;
    private long octets;
    private long formerPackets;
    private long formerOctets;

    AudioSender(Random random, Transmitter transmitter) {
        this.random = random;
        this.transmitter = transmitter;
        timestamp = random.nextInt();
        begin();
    }

    /**
     * Everything begins at random (RFC 3550 §5.1), but the sequence in the lower half: then the receiver's guess that the roll-over counter is 0 is right even
     * if it misses the first packets (RFC 3711 §3.3.1).
     */
    private void begin() {
        ssrc = random.nextInt();
        sequence = random.nextInt(1 << 15);
    }

    /** Takes finished packets. */
    interface Transmitter {
        /** An empty buffer with room for a packet and its trailer. */
        ByteBuffer buffer();

        /** Sends the packet between position and limit. */
        void sendRtp(ByteBuffer packet);
    }

    CaptureRing capture() {
        return capture;
    }

    /** Called once a frame. */
    void serve(MediaParameters parameters, long now) {
        timestampTime = now;
        if (!parameters.direction().sends()) {
            capture.discard();
            events.clear();
            timestamp += unsentLength + FRAME;
            unsentLength = 0;
            spurtBegins = true;
            return;
        }
        if (parameters.telephoneEventPayloadType() >= 0 && events.active(timestamp + unsentLength)) {
            sendUnsent();
            capture.discard();
            event(parameters.telephoneEventPayloadType());
            return;
        }
        switch (capture.take(frame)) {
            case FRAME -> {
                leaveOut(capture.skipped());
                audio(parameters, muted);
                if (capture.ahead() && capture.take(frame) == CaptureRing.Next.FRAME) {
                    audio(parameters, muted);
                }
            }
            case WAIT -> {}
            case STOPPED -> {
                sendUnsent();
                timestamp += capture.waited() * FRAME;
                audio(parameters, true);
            }
            case SILENCE -> audio(parameters, true);
        }
    }

    /** Nothing more will be sent for a while: a key that is held down ends before. */
    void pause(MediaParameters parameters) {
        while (parameters.telephoneEventPayloadType() >= 0 && events.cut()) {
            event(parameters.telephoneEventPayloadType());
        }
    }

    /** What is not sent has its time all the same (RFC 3550 §5.1), so that the far end does not take the rest for late. */
    private void leaveOut(int samples) {
        if (samples > 0) {
            sendUnsent();
            timestamp += samples;
            spurtBegins = true;
        }
    }

    private void audio(MediaParameters parameters, boolean silent) {
        Codec codec = parameters.codec();
        int wanted = parameters.samplesPerPacket();
        if (unsentPayloadType != codec.payloadType() || unsentLength >= wanted || wanted == FRAME) {
            sendUnsent();
        }
        if (wanted == FRAME && unsentLength == 0) {
            // Nearly always; nothing is copied then.
            ByteBuffer packet = begin(codec.payloadType());
            encode(codec, silent, packet.array(), packet.position());
            finish(packet, FRAME);
            return;
        }
        unsentPayloadType = codec.payloadType();
        encode(codec, silent, unsent, unsentLength);
        unsentLength += FRAME;
        while (unsentLength >= wanted) {
            sendUnsent(wanted);
        }
    }

    private void encode(Codec codec, boolean silent, byte[] to, int start) {
        G711 law = codec.law();
        if (silent) {
            Arrays.fill(to, start, start + FRAME, law.silence());
        } else {
            law.encode(frame, 0, to, start, FRAME);
        }
    }

    private void sendUnsent() {
        if (unsentLength > 0) {
            sendUnsent(unsentLength);
        }
    }

    private void sendUnsent(int samples) {
        ByteBuffer packet = begin(unsentPayloadType);
        System.arraycopy(unsent, 0, packet.array(), packet.position(), samples);
        unsentLength -= samples;
        System.arraycopy(unsent, samples, unsent, 0, unsentLength);
        finish(packet, samples);
    }

    private ByteBuffer begin(int payloadType) {
        ByteBuffer packet = transmitter.buffer();
        RtpPacket.writeHeader(packet, spurtBegins, payloadType, sequence, timestamp, ssrc);
        return packet;
    }

    private void finish(ByteBuffer packet, int samples) {
        ((Buffer) packet).position(packet.position() + samples);
        spurtBegins = false;
        send(packet, samples, samples);
    }

    private void event(int payloadType) {
        ByteBuffer packet = transmitter.buffer();
        RtpPacket.writeHeader(packet, events.marker(), payloadType, sequence, events.timestamp(), ssrc);
        int start = packet.position();
        events.write(packet);
        spurtBegins = true;
        send(packet, packet.position() - start, FRAME);
    }

    private void send(ByteBuffer packet, int payload, int samples) {
        ((Buffer) packet).flip();
        sequence = sequence + 1 & 0xFFFF;
        timestamp += samples;
        packets++;
        octets += payload;
        transmitter.sendRtp(packet);
    }

    void press(char digit, Duration length) {
        events.press(digit, length, Codec.CLOCK_RATE);
    }

    void setMuted(boolean now) {
        muted = now;
    }

    /** Another source has chosen our number (RFC 3550 §8.2). */
    void changeSsrc() {
        begin();
        formerPackets += packets;
        formerOctets += octets;
        packets = 0;
        octets = 0;
    }

    int ssrc() {
        return ssrc;
    }

    /** The RTP timestamp of a moment. */
    int timestampAt(long now) {
        return timestamp + unsentLength + (int) ((now - timestampTime) / (1_000_000_000 / Codec.CLOCK_RATE));
    }

    /** Sent under the present SSRC, as reports count. */
    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    long totalPackets() {
        return formerPackets + packets;
    }

    long totalOctets() {
        return formerOctets + octets;
    }
}
