// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.audio.pcm.Resampler;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.Encoder;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Transcodes one direction between two legs without a common codec: decodes and re-encodes 20 ms
 * packets, as a stream of the PBX's own with its own RTCP. Does not fill unsent silence, and drops
 * late packets. Telephone events keep their length. Media loop only.
 */
public final class Transcoder implements PacketSink {
    private static final int FRAMES_PER_SECOND = 50;
    private static final int EVENT_LENGTH = 4;
    private static final int LONGEST_PAYLOAD = 1400;
    /** A longer gap between two packets means that the clock was reset. */
    private static final int LONGEST_GAP_SECONDS = 10;

    private final MediaPort to;
    private final RtcpTerminal terminal;
    private final Map<Integer, PayloadFormat> heard;
    private final int heardEvents;
    private final PayloadFormat spoken;
    private final int spokenEvents;
    private final Encoder encoder;
    private final int frame;
    private final ByteBuffer packet = ByteBuffer.allocate(2048);
    private final byte[] payload = new byte[LONGEST_PAYLOAD];
    private final int ssrc;
    private @Nullable Transcoder back;

    private @Nullable Decoder decoder;
    private int decodedType = -1;
    private @Nullable Resampler resampler;
    private short[] decoded = new short[0];
    private short[] waiting = new short[0];
    private int filled;

    private boolean started;
    private int nextIn;
    private int lastSequenceIn;
    private int sequence;
    private int timestamp;
    private boolean marked;
    private int eventIn;
    private int eventOut;
    private boolean inEvent;

    private Transcoder(MediaPlane plane, MediaPort to, Sdp.Section heard, Sdp.Section spoken, Random random) {
        this.to = to;
        this.heard = new HashMap<>();
        SupportedFormats.speech(heard).forEach(format -> this.heard.put(format.payloadType(), format));
        this.spoken = SupportedFormats.speech(spoken).get(0);
        Codec codec = this.spoken.codec();
        this.heardEvents = SupportedFormats.events(
                heard, SupportedFormats.speech(heard).get(0).codec().clockRate());
        this.spokenEvents = SupportedFormats.events(spoken, codec.clockRate());
        this.encoder = codec.newEncoder(this.spoken.fmtp());
        this.frame = codec.sampleRate() / FRAMES_PER_SECOND;
        // RFC 3711 §3.3.1: not near the wrap, so that losing the first packet does no harm.
        this.sequence = random.nextInt(1 << 15);
        this.timestamp = random.nextInt();
        this.ssrc = random.nextInt();
        this.terminal = new RtcpTerminal(plane.loop(), to, random, ssrc, codec.clockRate());
    }

    /**
     * Starts transcoding between two legs.
     *
     * @param ours one leg's formats: its first codec, and others that it may change to
     * @param theirs the other leg's formats
     * @return ends the transcoding
     */
    public static Runnable between(MediaPort one, Sdp.Section ours, MediaPort other, Sdp.Section theirs) {
        MediaPlane plane = one.plane();
        Random random = plane.random();
        Transcoder there = new Transcoder(plane, other, ours, theirs, random);
        Transcoder here = new Transcoder(plane, one, theirs, ours, random);
        there.back = here;
        here.back = there;
        one.deliverTo(there);
        other.deliverTo(here);
        plane.loop().execute(() -> {
            there.terminal.start();
            here.terminal.start();
        });
        return () -> plane.loop().execute(() -> {
            there.terminal.stop();
            here.terminal.stop();
        });
    }

    @Override
    public void rtcp(ByteBuffer compound) {
        if (back != null) {
            back.terminal.reported(compound);
        }
    }

    @Override
    public void rtp(ByteBuffer received) {
        int at = received.position();
        if (received.remaining() < 12) {
            return;
        }
        if (back != null) {
            back.terminal.received(received);
        }
        int type = received.get(at + 1) & 0x7f;
        int begin = at + 12 + 4 * (received.get(at) & 0xf);
        if ((received.get(at) & 0x10) != 0 && begin + 4 <= received.limit()) {
            begin += 4 + 4 * (received.getShort(begin + 2) & 0xffff);
        }
        int end = received.limit();
        if ((received.get(at) & 0x20) != 0) {
            end -= received.get(end - 1) & 0xff;
        }
        if (end <= begin) {
            return;
        }
        PayloadFormat format = heard.get(type);
        if (format != null) {
            speech(format, received, begin, end - begin);
        } else if (type == heardEvents && spokenEvents >= 0 && end - begin >= EVENT_LENGTH) {
            event(received, begin);
        }
    }

    private void speech(PayloadFormat format, ByteBuffer received, int begin, int length) {
        Decoder current = decoder;
        Codec codec = format.codec();
        if (current == null || format.payloadType() != decodedType) {
            current = codec.newDecoder();
            decoder = current;
            decodedType = format.payloadType();
            resampler = codec.sampleRate() == spoken.codec().sampleRate()
                    ? null
                    : new Resampler(codec.sampleRate(), spoken.codec().sampleRate());
            started = false;
        }
        byte[] bytes = received.array();
        int from = received.arrayOffset() + begin;
        int samples = current.samples(bytes, from, length);
        if (samples <= 0 || !follows(received, codec, samples)) {
            return;
        }
        if (decoded.length < samples) {
            decoded = new short[samples];
        }
        take(current.decode(bytes, from, decoded, 0, length));
        inEvent = false;
        while (filled >= frame) {
            send();
        }
    }

    /** Returns whether a packet is not late; if so, skips what was not sent or lost before it. */
    private boolean follows(ByteBuffer received, Codec codec, int samples) {
        int at = received.position();
        int in = received.getInt(at + 4);
        int sequenceIn = received.getShort(at + 2);
        int gap = in - nextIn;
        boolean restarts = !started || Math.abs((long) gap) > (long) LONGEST_GAP_SECONDS * codec.clockRate();
        if (!restarts && gap < 0) {
            return false;
        }
        if (restarts) {
            started = true;
            marked = true;
        } else if (gap > 0) {
            timestamp += (int) ((long) gap * spoken.codec().clockRate() / codec.clockRate());
            int lost = (short) (sequenceIn - lastSequenceIn) - 1;
            sequence += Math.max(0, lost);
            marked |= lost == 0;
        }
        lastSequenceIn = sequenceIn;
        nextIn = in + codec.clockUnits(samples);
        return true;
    }

    private void take(int samples) {
        Resampler rates = resampler;
        int most = rates == null ? samples : rates.maxOutput(samples);
        if (waiting.length < filled + most) {
            waiting = Arrays.copyOf(waiting, filled + most);
        }
        if (rates == null) {
            System.arraycopy(decoded, 0, waiting, filled, samples);
            filled += samples;
        } else {
            filled += rates.resample(decoded, 0, samples, waiting, filled);
        }
    }

    private void send() {
        int octets = encoder.encode(waiting, 0, payload, 0, frame);
        filled -= frame;
        System.arraycopy(waiting, frame, waiting, 0, filled);
        if (octets > 0) {
            begin(spoken.payloadType(), marked, timestamp);
            packet.put(payload, 0, octets).flip();
            terminal.sent(timestamp, octets);
            to.sendRtp(packet);
            marked = false;
        }
        timestamp += spoken.codec().clockUnits(frame);
    }

    private void event(ByteBuffer received, int begin) {
        int in = received.getInt(received.position() + 4);
        boolean first = !inEvent || in != eventIn;
        if (first) {
            inEvent = true;
            eventIn = in;
            eventOut = timestamp;
        }
        Codec codec = heard.values().iterator().next().codec();
        int rate = spoken.codec().clockRate();
        int duration = (int) ((long) (received.getShort(begin + 2) & 0xffff) * rate / codec.clockRate());
        begin(spokenEvents, first, eventOut);
        packet.put(received.get(begin)).put(received.get(begin + 1)).putShort((short) Math.min(duration, 0xffff));
        packet.flip();
        lastSequenceIn = received.getShort(received.position() + 2);
        terminal.sent(eventOut, EVENT_LENGTH);
        to.sendRtp(packet);
    }

    private void begin(int type, boolean marker, int at) {
        packet.clear();
        packet.put((byte) 0x80).put((byte) (type | (marker ? 0x80 : 0)));
        packet.putShort((short) sequence++).putInt(at).putInt(ssrc);
    }
}
