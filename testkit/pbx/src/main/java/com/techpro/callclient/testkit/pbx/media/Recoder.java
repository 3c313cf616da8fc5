// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.audio.pcm.Resampler;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.Encoder;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Transcodes the packets of one stream to another codec, one for one; timestamps stay. Media loop
 * only.
 */
final class Recoder {
    private static final int LARGEST_PACKET = 2048;
    /** Shorter packets end a stretch of audio, as before a digit; every codec can encode them. */
    private static final int SHORTEST_MILLIS = 10;

    private final PayloadFormat from;
    private final PayloadFormat to;
    private final Decoder decoder;
    private final Encoder encoder;
    private final @Nullable Resampler resampler;
    private final ByteBuffer packet = ByteBuffer.allocate(LARGEST_PACKET);
    private short[] decoded = new short[0];
    private short[] waiting = new short[0];
    private int filled;

    Recoder(PayloadFormat from, PayloadFormat to) {
        this.from = from;
        this.to = to;
        Codec spoken = from.codec();
        Codec wanted = to.codec();
        this.decoder = spoken.newDecoder();
        this.encoder = wanted.newEncoder(to.fmtp());
        this.resampler = spoken.sampleRate() == wanted.sampleRate()
                ? null
                : new Resampler(spoken.sampleRate(), wanted.sampleRate());
    }

    boolean isBetween(PayloadFormat one, PayloadFormat other) {
        return from.equals(one) && to.equals(other);
    }

    /**
     * Returns the packet in the other codec, in a buffer that the next one overwrites.
     *
     * @param payload where its payload begins
     * @param length of the payload
     * @return null if it is unreadable, or the other codec has no packets of that length
     */
    @Nullable
    ByteBuffer recoded(ByteBuffer received, int payload, int length) {
        int at = received.position();
        byte[] bytes = received.array();
        int offset = received.arrayOffset() + payload;
        int samples = decoder.samples(bytes, offset, length);
        int millis = samples * 1_000 / from.codec().sampleRate();
        boolean fits = millis <= SHORTEST_MILLIS || to.packetMillis(millis) == millis;
        if (samples <= 0 || !fits) {
            return null;
        }
        if (decoded.length < samples) {
            decoded = new short[samples];
        }
        int count =
                (int) ((long) samples * to.codec().sampleRate() / from.codec().sampleRate());
        take(decoder.decode(bytes, offset, decoded, 0, length), count);
        packet.clear();
        packet.put((byte) 0x80).put((byte) ((received.get(at + 1) & 0x80) | to.payloadType()));
        packet.put(received.duplicate().position(at + 2).limit(at + 12));
        int octets = encoder.encode(waiting, 0, packet.array(), packet.position(), count);
        System.arraycopy(waiting, count, waiting, 0, filled - count);
        filled -= count;
        return packet.position(packet.position() + octets).flip();
    }

    /**
     * Fills up the first packet with silence in front, because the resampler still keeps some of
     * it.
     */
    private void take(int samples, int least) {
        Resampler rates = resampler;
        int most = rates == null ? samples : rates.maxOutput(samples);
        if (waiting.length < filled + most + least) {
            waiting = Arrays.copyOf(waiting, filled + most + least);
        }
        if (rates == null) {
            System.arraycopy(decoded, 0, waiting, filled, samples);
            filled += samples;
        } else {
            filled += rates.resample(decoded, 0, samples, waiting, filled);
        }
        if (filled < least) {
            System.arraycopy(waiting, 0, waiting, least - filled, filled);
            Arrays.fill(waiting, 0, least - filled, (short) 0);
            filled = least;
        }
    }
}
