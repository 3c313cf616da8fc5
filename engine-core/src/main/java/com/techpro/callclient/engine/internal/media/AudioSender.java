// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.codec.ComfortNoise;
import com.techpro.callclient.engine.internal.media.codec.Encoder;
import com.techpro.callclient.engine.internal.media.codec.PayloadFormat;
import com.techpro.callclient.engine.internal.media.dtmf.TelephoneEventSender;
import com.techpro.callclient.engine.internal.media.rtp.RtpClock;
import com.techpro.callclient.engine.internal.media.rtp.RtpPacket;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.pcm.Resampler;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * From the microphone's ring to RTP packets, as long as the other side wants them, or a telephone event in their place. Lives on the media
 * loop. Lengths of sound are in samples of the codec, timestamps in units of its RTP clock.
 */
final class AudioSender {
    /** Often enough for whoever loses one, and for whoever waits for packets at all. */
    private static final int FRAMES_BETWEEN_NOISE = 10;

    private final Random random;
    private final Transmitter transmitter;
    private final TelephoneEventSender events;
    /** Those that were agreed on last; null for none. */
    private @Nullable TelephoneEvents agreedEvents;

    private int eventClockRate;
    private volatile CaptureRing capture;
    private PayloadFormat format;
    private Codec codec;
    private Encoder encoder;
    private final EncoderHints hints;
    /** Whether the far end has not heard all that the encoder remembers, as after a time without sound. */
    private boolean interrupted;
    /** Samples of a frame in the codec's rate. */
    private int frameLength;
    /** A frame in the ring's rate. */
    private short[] frame;
    /** Null while the ring has the codec's rate. */
    private @Nullable Resampler resampler;
    /** Sound that does not fill a packet yet; its first sample is the one at {@link #timestamp}. */
    private short[] unsent = new short[0];

    private int unsentLength;
    private int ssrc;
    private int sequence;
    private int timestamp;
    private long timestampTime;
    private boolean spurtBegins = true;
    /** Frames of silence in a row, in a call that fills them with noise. */
    private int pauseFrames;

    private boolean muted;
    private long packets;
    private long octets;
    private long formerPackets;
    private long formerOctets;

    /**
     * @param format of what is sent until anything is agreed, which is nothing
     */
    AudioSender(Random random, PayloadFormat format, Transmitter transmitter) {
        this.random = random;
        this.transmitter = transmitter;
        this.format = format;
        codec = format.codec();
        encoder = codec.newEncoder(format.fmtp());
        hints = new EncoderHints(encoder);
        capture = new CaptureRing(codec.sampleRate());
        frameLength = MediaLoop.frame(codec.sampleRate());
        frame = new short[frameLength];
        eventClockRate = codec.clockRate();
        events = new TelephoneEventSender(MediaLoop.frame(eventClockRate));
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

    /** Where a microphone of this rate is plugged in; from any thread, but one at a time. */
    CaptureSink capture(int sampleRate) {
        CaptureRing plugged = capture;
        if (plugged.sampleRate() != sampleRate) {
            plugged = new CaptureRing(sampleRate);
            capture = plugged;
        }
        return plugged;
    }

    /**
     * Called once a frame.
     *
     * @return whether the microphone is late, so that its frame should be looked for before the next turn
     */
    boolean serve(MediaParameters parameters, long now) {
        timestampTime = now;
        CaptureRing ring = capture;
        if (!parameters.direction().sends()) {
            events.clear();
            skipFrame(now);
            return false;
        }
        use(parameters.telephoneEvents());
        use(parameters.codec());
        if (agreedEvents != null && events.active(unsentTimestamp())) {
            sendUnsent();
            ring.discard();
            event(agreedEvents.payloadType());
            return false;
        }
        follow(ring);
        switch (ring.take(frame)) {
            case FRAME -> captured(parameters, ring);
            case WAIT -> {
                return true;
            }
            case STOPPED -> {
                sendUnsent();
                timestamp += codec.clockUnits(ring.waited() * frameLength);
                audio(parameters, true);
            }
            case SILENCE -> audio(parameters, true);
        }
        return false;
    }

    /** Called once a frame in place of {@link #serve} while nothing may be sent yet: what is said is lost, and DTMF digits wait. */
    void skipFrame(long now) {
        timestampTime = now;
        capture.discard();
        timestamp += codec.clockUnits(unsentLength + frameLength);
        unsentLength = 0;
        spurtBegins = true;
        interrupted = true;
    }

    /**
     * Called between two turns after a frame was late. It goes as soon as it is there: if it waited for the next turn, all that follow would be later by a whole
     * frame, at once and for good, and the far end's buffer would run dry.
     *
     * @return whether it is still not there
     */
    boolean lookAgain(MediaParameters parameters, long now) {
        CaptureRing ring = capture;
        if (!parameters.direction().sends() || !parameters.codec().equals(format) || frame.length != ring.frame()) {
            return false;
        }
        if (!ring.hasFrame()) {
            return true;
        }
        if (ring.take(frame) == CaptureRing.Next.FRAME) {
            timestampTime = now;
            captured(parameters, ring);
        }
        return false;
    }

    private void captured(MediaParameters parameters, CaptureRing ring) {
        leaveOut((int) ((long) ring.skipped() * codec.clockRate() / ring.sampleRate()));
        audio(parameters, muted);
        if (ring.ahead() && ring.take(frame) == CaptureRing.Next.FRAME) {
            audio(parameters, muted);
        }
    }

    /** What was agreed to be sent has changed; what is not sent yet goes as it was agreed before. */
    private void use(PayloadFormat agreed) {
        if (agreed.equals(format)) {
            return;
        }
        sendUnsent();
        if (!agreed.codec().equals(codec) || !agreed.fmtp().equals(format.fmtp())) {
            codec = agreed.codec();
            beginEncoder(agreed);
            frameLength = MediaLoop.frame(codec.sampleRate());
            unsent = new short[0];
            resampler = null;
            frame = new short[0];
        }
        format = agreed;
    }

    private void beginEncoder(PayloadFormat agreed) {
        encoder = agreed.codec().newEncoder(agreed.fmtp());
        hints.take(encoder);
        interrupted = false;
    }

    /** A key that is being sent ends as it began: its number and its units mean nothing under what is agreed now. */
    private void use(@Nullable TelephoneEvents agreed) {
        TelephoneEvents former = agreedEvents;
        if (Objects.equals(agreed, former)) {
            return;
        }
        while (former != null && events.end()) {
            event(former.payloadType());
        }
        agreedEvents = agreed;
        if (agreed != null && agreed.clockRate() != eventClockRate) {
            eventClockRate = agreed.clockRate();
            events.setFrame(MediaLoop.frame(eventClockRate));
        }
    }

    private void follow(CaptureRing ring) {
        if (frame.length != ring.frame()) {
            frame = new short[ring.frame()];
            resampler = ring.sampleRate() == codec.sampleRate()
                    ? null
                    : new Resampler(ring.sampleRate(), codec.sampleRate());
        }
    }

    /** Nothing more will be sent for a while: a key that is held down ends before. */
    void pause() {
        TelephoneEvents agreed = agreedEvents;
        while (agreed != null && events.cut()) {
            event(agreed.payloadType());
        }
    }

    /** What is not sent has its time all the same (RFC 3550 §5.1), so that the far end does not take the rest for late. */
    private void leaveOut(int units) {
        if (units > 0) {
            sendUnsent();
            timestamp += units;
            spurtBegins = true;
        }
    }

    private void audio(MediaParameters parameters, boolean silent) {
        int noiseType = silent ? parameters.received().noisePayloadType(codec.clockRate()) : -1;
        if (noiseType >= 0) {
            noise(noiseType);
            return;
        }
        pauseFrames = 0;
        int wanted = parameters.samplesPerPacket();
        boolean whole = wanted == frameLength && (resampler == null || silent);
        if (unsentLength >= wanted || whole) {
            sendUnsent();
        }
        if (silent) {
            Arrays.fill(frame, (short) 0);
        }
        if (whole && resampler == null) {
            // Nearly always; nothing is copied then.
            send(frame, wanted);
            return;
        }
        if (unsent.length < wanted + room()) {
            unsent = Arrays.copyOf(unsent, wanted + room());
        }
        unsentLength += append(silent);
        while (unsentLength >= wanted) {
            sendUnsent(wanted);
        }
    }

    /** In place of a frame of silence: noise now and then (RFC 3389 §4), of a level that tells nothing of the room. */
    private void noise(int payloadType) {
        sendUnsent();
        spurtBegins = false;
        if (pauseFrames++ % FRAMES_BETWEEN_NOISE == 0) {
            ByteBuffer packet = begin(payloadType);
            packet.put(ComfortNoise.QUIET);
            send(packet, 1, codec.clockUnits(frameLength));
        } else {
            timestamp += codec.clockUnits(frameLength);
        }
        spurtBegins = true;
    }

    private int append(boolean silent) {
        Resampler changing = resampler;
        if (changing == null) {
            System.arraycopy(frame, 0, unsent, unsentLength, frameLength);
            return frameLength;
        }
        if (silent) {
            Arrays.fill(unsent, unsentLength, unsentLength + frameLength, (short) 0);
            return frameLength;
        }
        return changing.resample(frame, 0, frame.length, unsent, unsentLength);
    }

    /** What one frame may add. */
    private int room() {
        Resampler changing = resampler;
        return changing == null ? frameLength : Math.max(frameLength, changing.maxOutput(frame.length));
    }

    private void sendUnsent() {
        if (unsentLength > 0) {
            sendUnsent(unsentLength);
        }
    }

    private void sendUnsent(int samples) {
        send(unsent, samples);
        unsentLength -= samples;
        System.arraycopy(unsent, samples, unsent, 0, unsentLength);
    }

    private void send(short[] sound, int samples) {
        if (interrupted && codec.beginsCleanly()) {
            beginEncoder(format);
        }
        interrupted = false;
        ByteBuffer packet = begin(format.payloadType());
        int start = packet.position();
        int octets = encoder.encode(sound, 0, packet.array(), packet.arrayOffset() + start, samples);
        if (octets == 0) {
            timestamp += codec.clockUnits(samples);
            spurtBegins = true;
            return;
        }
        ((Buffer) packet).position(start + octets);
        spurtBegins = false;
        send(packet, octets, codec.clockUnits(samples));
    }

    private ByteBuffer begin(int payloadType) {
        ByteBuffer packet = transmitter.buffer();
        RtpPacket.writeHeader(packet, spurtBegins, payloadType, sequence, timestamp, ssrc);
        return packet;
    }

    private void event(int payloadType) {
        ByteBuffer packet = transmitter.buffer();
        RtpPacket.writeHeader(packet, events.marker(), payloadType, sequence, events.timestamp(), ssrc);
        int start = packet.position();
        events.write(packet);
        spurtBegins = true;
        interrupted = true;
        send(packet, packet.position() - start, MediaLoop.frame(codec.clockRate()));
    }

    private void send(ByteBuffer packet, int payload, int units) {
        ((Buffer) packet).flip();
        sequence = sequence + 1 & 0xFFFF;
        timestamp += units;
        packets++;
        octets += payload;
        transmitter.sendRtp(packet);
    }

    void press(char digit, Duration length) {
        events.press(digit, length, eventClockRate);
    }

    void setMuted(boolean now) {
        muted = now;
    }

    /** The far end has reported so many percent lost. */
    void lossReported(double percent) {
        hints.reported(percent);
    }

    /** Another source has chosen our number (RFC 3550 §8.2). */
    void changeSsrc() {
        begin();
        formerPackets += packets;
        formerOctets += octets;
        packets = 0;
        octets = 0;
        interrupted = true;
    }

    int ssrc() {
        return ssrc;
    }

    /** The timestamp of what is captured next. */
    private int unsentTimestamp() {
        return timestamp + codec.clockUnits(unsentLength);
    }

    /** The RTP timestamp of a moment. */
    int timestampAt(long now) {
        return unsentTimestamp() + RtpClock.units(now - timestampTime, codec.clockRate());
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
