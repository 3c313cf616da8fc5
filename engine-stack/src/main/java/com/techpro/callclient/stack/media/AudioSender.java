// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.pcm.Resampler;
import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.ComfortNoise;
import com.techpro.callclient.stack.media.codec.Encoder;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtmf.TelephoneEventSender;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Turns sound from the microphone's ring into RTP packets while the agreed direction sends, or
 * sends a telephone event instead. Lengths of sound are in samples of the codec, timestamps in
 * units of its RTP clock. Belongs to the media loop.
 */
final class AudioSender {
    /** Often enough if one is lost, and for receivers that time out without packets. */
    private static final int FRAMES_BETWEEN_NOISE = 10;
    /** A frame, less what the slots of the loop are apart. */
    private static final long LEAST_SPACING_NANOS = MediaLoop.FRAME_NANOS - MediaLoop.SLOT_NANOS;
    /** The far end should hear soon that somebody is there. */
    private static final int MOST_AWAITED = 10;
    /** After a longer pause nothing is known of the time before it. */
    private static final long LONGEST_SPURT_GAP_NANOS = 1_000_000_000;
    /** From this loss on, in percent, two packets in a row are often lost. */
    private static final int LOSS_FOR_TWO_BLOCKS = 10;

    private final Random random;
    private final OutgoingPackets outgoing;
    private final TelephoneEventSender events;
    /** What was agreed when something was last sent; null before. */
    private @Nullable MediaParameters inUse;
    /** The telephone events last agreed; null for none. */
    private @Nullable TelephoneEvents agreedEvents;

    private int eventClockRate;
    private volatile CaptureRing capture;
    private volatile boolean microphone;
    /** Whether it was connected and has given nothing yet. */
    private volatile boolean microphoneOpens;
    /** How many frames it has been waited for. */
    private int awaited;

    private PayloadFormat format;
    private Codec codec;
    private Encoder encoder;
    private final EncoderHints hints;
    private final RedundantBlocks blocks = new RedundantBlocks();
    /** The agreed payload type of redundant audio data; -1 for none. */
    private int redundancyType = -1;
    /**
     * Whether the far end missed something the encoder remembers, for example after a time without
     * sound.
     */
    private boolean interrupted;
    /** Samples of a frame at the codec's rate. */
    private int frameLength;
    /** A frame at the ring's rate. */
    private short[] frame;
    /** Null while the ring has the codec's rate. */
    private @Nullable Resampler resampler;
    /** Sound that does not fill a packet yet; its first sample belongs to {@link #timestamp}. */
    private short[] unsent = new short[0];

    private int unsentLength;
    private int timestamp;
    /** When the sound before {@link #timestamp} and {@link #unsent} was recorded. */
    private long timestampTime;

    private boolean spurtBegins = true;
    /** Whether the last that was sent came from the microphone. */
    private boolean recording;
    /** Whether the last turn sent a packet of an event. */
    private boolean inEvent;
    /** Consecutive frames of silence, if the call sends comfort noise in their place. */
    private int pauseFrames;

    private boolean muted;

    /**
     * @param format the format until something is agreed; nothing is sent until then
     */
    AudioSender(Random random, PayloadFormat format, OutgoingPackets outgoing) {
        this.random = random;
        this.outgoing = outgoing;
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
        outgoing.begin(random);
    }

    /**
     * Returns the sink for a microphone of this rate. Callable from any thread, but one at a time.
     */
    CaptureSink capture(int sampleRate) {
        microphone = true;
        microphoneOpens = true;
        CaptureRing plugged = capture;
        if (plugged.sampleRate() != sampleRate) {
            plugged = new CaptureRing(sampleRate);
            capture = plugged;
        }
        return plugged;
    }

    /** Whether there has been a microphone. */
    boolean hasMicrophone() {
        return microphone;
    }

    /** Called once a frame. */
    void serve(MediaParameters parameters, long now) {
        CaptureRing ring = capture;
        if (!parameters.direction().sends()) {
            events.clear();
            skipFrame(now);
            return;
        }
        if (!isInUse(parameters)) {
            use(parameters);
        }
        if (agreedEvents != null && events.active(unsentTimestamp())) {
            sendUnsent();
            ring.discard();
            event(agreedEvents.payloadType());
            timestampTime = now;
            inEvent = true;
            return;
        }
        update(ring);
        if (inEvent) {
            inEvent = false;
            if (ring.hasFrame()) {
                // It was recorded in the time of the event's last packet.
                ring.discard();
                return;
            }
        }
        if (ring.hasFrame() && isEarly(now)) {
            return;
        }
        switch (ring.take(frame)) {
            case FRAME -> captured(parameters, ring, now);
            case WAIT -> {}
            case SILENCE -> silence(parameters, now);
        }
    }

    private void silence(MediaParameters parameters, long now) {
        if (microphoneOpens && awaited < MOST_AWAITED) {
            // Silence sent now would delay the first words by the part of a frame that it takes too much.
            awaited++;
            return;
        }
        microphoneOpens = false;
        if (recording || awaited > 0) {
            recording = false;
            awaited = 0;
            leaveOutTo(now);
        }
        audio(parameters, true);
        timestampTime = now;
    }

    /** Microphones that give several frames at a time must not look to the far end like jitter. */
    private boolean isEarly(long now) {
        return Math.abs(now - timestampTime) < LEAST_SPACING_NANOS;
    }

    /**
     * What is sent next is of the frame before now. The turns and the microphone divide time into
     * frames differently: without this, packets would come earlier or later than those before.
     */
    private void leaveOutTo(long now) {
        long since = now - timestampTime - MediaLoop.FRAME_NANOS;
        if (Math.abs(since) < LONGEST_SPURT_GAP_NANOS) {
            leaveOut(RtpClock.units(Math.max(0, since), codec.clockRate()));
        }
    }

    private int clockUnits(int samples, CaptureRing ring) {
        return (int) ((long) samples * codec.clockRate() / ring.sampleRate());
    }

    /**
     * Called once a frame instead of {@link #serve} while nothing may be sent yet. The sound is
     * lost; DTMF digits wait.
     */
    void skipFrame(long now) {
        timestampTime = now;
        CaptureRing ring = capture;
        timestamp += codec.clockUnits(unsentLength) + clockUnits(ring.pass(), ring);
        unsentLength = 0;
        spurtBegins = true;
        interrupted = true;
    }

    /**
     * Called in each slot between two turns while something may be sent: a frame leaves as soon as
     * it is recorded, and need not wait for the turn.
     */
    void serveMicrophone(MediaParameters parameters, long now) {
        CaptureRing ring = capture;
        if (ring.hasFrame()
                && frame.length == ring.frame()
                && isInUse(parameters)
                && !inEvent
                && !isEarly(now)
                && ring.take(frame) == CaptureRing.Next.FRAME) {
            captured(parameters, ring, now);
        }
    }

    private void captured(MediaParameters parameters, CaptureRing ring, long now) {
        if (!recording) {
            recording = true;
            leaveOutTo(now);
        }
        microphoneOpens = false;
        awaited = 0;
        leaveOut(clockUnits(ring.skipped(), ring));
        audio(parameters, muted);
        if (ring.ahead() && ring.take(frame) == CaptureRing.Next.FRAME) {
            audio(parameters, muted);
        }
        timestampTime = now;
    }

    @SuppressWarnings("ReferenceEquality") // each agreement is another object
    private boolean isInUse(MediaParameters parameters) {
        return parameters == inUse;
    }

    private void use(MediaParameters parameters) {
        inUse = parameters;
        use(parameters.telephoneEvents());
        // Sound that is not sent yet is no longer sent with redundancy that the far end gave up.
        use(parameters.received());
        use(parameters.codec());
        use(parameters.received());
    }

    /** Switches to the agreed format. Sound that is not sent yet goes out in the former one. */
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
        blocks.forget();
        format = agreed;
    }

    private void use(PayloadTypeMap agreed) {
        redundancyType = agreed.redundancyPayloadType(codec.clockRate());
        hints.setRedundant(redundancyType >= 0);
    }

    private void beginEncoder(PayloadFormat agreed) {
        encoder = agreed.codec().newEncoder(agreed.fmtp());
        hints.take(encoder);
        interrupted = false;
    }

    /**
     * Switches to the agreed telephone events. A digit in progress ends in the former format: its
     * payload type and units mean nothing in the new one.
     */
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

    private void update(CaptureRing ring) {
        if (frame.length != ring.frame()) {
            frame = new short[ring.frame()];
            resampler = ring.sampleRate() == codec.sampleRate()
                    ? null
                    : Resampler.forLiveSound(ring.sampleRate(), codec.sampleRate());
        }
    }

    /** Nothing is sent any more: lets go of the keys in what was agreed. */
    void end() {
        inUse = null;
    }

    /** Nothing more will be sent for a while: ends a digit in progress. */
    void pause() {
        TelephoneEvents agreed = agreedEvents;
        while (agreed != null && events.cut()) {
            event(agreed.payloadType());
        }
    }

    /**
     * Skips timestamps for sound that is not sent (RFC 3550 §5.1), so that the far end does not
     * take later sound for late.
     */
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
            // The usual case, which copies nothing.
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

    /**
     * Sends comfort noise at times instead of silence (RFC 3389 §4), at a level that reveals
     * nothing of the room.
     */
    private void noise(int payloadType) {
        sendUnsent();
        spurtBegins = false;
        if (pauseFrames++ % FRAMES_BETWEEN_NOISE == 0) {
            ByteBuffer packet = outgoing.begin(spurtBegins, payloadType, timestamp);
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

    /** Returns the most samples that one frame may add. */
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
        ByteBuffer packet = outgoing.begin(spurtBegins, format.payloadType(), timestamp);
        int start = packet.position();
        int octets = encoder.encode(sound, 0, packet.array(), packet.arrayOffset() + start, samples);
        if (octets == 0) {
            timestamp += codec.clockUnits(samples);
            spurtBegins = true;
            return;
        }
        octets = withRedundancy(packet, start, octets);
        ((Buffer) packet).position(start + octets);
        spurtBegins = false;
        send(packet, octets, codec.clockUnits(samples));
    }

    /**
     * Puts the packets before it into a packet, while the far end misses some (RFC 2198).
     *
     * @return the octets of the payload then
     */
    private int withRedundancy(ByteBuffer packet, int start, int octets) {
        int loss = hints.expectedLoss();
        if (spurtBegins || redundancyType < 0 || loss == 0) {
            blocks.forget();
        }
        if (redundancyType < 0 || loss == 0) {
            return octets;
        }
        byte[] array = packet.array();
        int from = packet.arrayOffset() + start;
        int wanted = loss < LOSS_FOR_TWO_BLOCKS ? 1 : RedundantBlocks.MOST;
        int whole = blocks.wrap(array, from, octets, format.payloadType(), timestamp, wanted);
        if (whole > 0) {
            outgoing.beginAgain(packet, redundancyType, timestamp);
            from += whole - octets;
        }
        blocks.add(array, from, octets, format.payloadType(), timestamp);
        return Math.max(octets, whole);
    }

    private void event(int payloadType) {
        ByteBuffer packet = outgoing.begin(events.marker(), payloadType, events.timestamp());
        int start = packet.position();
        events.write(packet);
        spurtBegins = true;
        interrupted = true;
        send(packet, packet.position() - start, MediaLoop.frame(codec.clockRate()));
    }

    private void send(ByteBuffer packet, int payload, int units) {
        timestamp += units;
        outgoing.send(packet, payload);
    }

    void press(char digit, Duration length) {
        events.press(digit, length, eventClockRate);
    }

    void setMuted(boolean now) {
        muted = now;
    }

    /** Sets whether to encode with less effort, because the processor is too slow. */
    void setReducedEffort(boolean reduced) {
        hints.setReducedEffort(reduced);
    }

    /** Codecs that cost little do not sound worse. */
    boolean hasReducedEffort() {
        return codec.isCostly() && hints.hasReducedEffort();
    }

    /** The far end reported this loss. */
    void lossReported(double percent) {
        hints.reported(percent);
    }

    /** Another source uses our SSRC (RFC 3550 §8.2). */
    void changeSsrc() {
        outgoing.begin(random);
        blocks.forget();
        interrupted = true;
    }

    /** The packets sent: numbered and counted. */
    OutgoingPackets outgoing() {
        return outgoing;
    }

    /** The RTP clock rate of the codec, in Hz. */
    int clockRate() {
        return codec.clockRate();
    }

    /** The timestamp of the next captured sample. */
    private int unsentTimestamp() {
        return timestamp + codec.clockUnits(unsentLength);
    }

    /** The RTP timestamp of a moment. */
    int timestampAt(long now) {
        return unsentTimestamp() + RtpClock.units(now - timestampTime, codec.clockRate());
    }
}
