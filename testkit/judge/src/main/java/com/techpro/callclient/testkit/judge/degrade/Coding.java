// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

import com.techpro.callclient.testkit.judge.degrade.PacketLoss.Concealment;
import com.techpro.callclient.testkit.judge.speech.SampleRates;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Codes speech, sends it in packets of 20 ms, and decodes it. Two codings in sequence
 * ({@link #then}) are a tandem, as behind a gateway. It adds the codec's delay.
 */
public final class Coding implements Degradation {
    private static final int PACKETS_PER_SECOND = 50;

    private final String title;
    private final int codecRate;
    private final Codec codec;
    private final PacketLoss loss;

    private Coding(String title, int codecRate, Codec codec, PacketLoss loss) {
        this.title = title;
        this.codecRate = codecRate;
        this.codec = codec;
        this.loss = loss;
    }

    /** A speech codec with packets of 20 ms. */
    @FunctionalInterface
    public interface Codec {
        /**
         * Codes a recording and decodes it again.
         *
         * @param samples at the codec's rate
         * @param lost whether a packet is lost, by its number
         * @param concealed whether the decoder conceals lost packets; otherwise they are silent
         * @return samples of the same length, delayed by the codec
         */
        short[] coded(short[] samples, IntPredicate lost, boolean concealed);
    }

    /**
     * All packets arrive.
     *
     * @param title the codec's name for people
     * @param sampleRate of the codec's audio
     */
    public static Coding of(String title, int sampleRate, Codec codec) {
        return new Coding(title, sampleRate, codec, PacketLoss.even(0));
    }

    /** Returns the codec's name for people. */
    public String title() {
        return title;
    }

    /**
     * Some packets are lost, and are replaced by silence or the codec's concealment. The first
     * packet begins at the offset of the loss.
     */
    public Coding losing(PacketLoss packets) {
        return new Coding(title, codecRate, codec, packets);
    }

    /**
     * As in any degradation.
     *
     * @throws IllegalArgumentException if neither rate, that of the recording and that of the
     *     codec, is a multiple of the other
     */
    @Override
    public short[] applyTo(short[] speech, int sampleRate) {
        int packet = sampleRate / PACKETS_PER_SECOND;
        int before = (packet - loss.offset() % packet) % packet;
        short[] whole = new short[before + speech.length + packet];
        System.arraycopy(speech, 0, whole, before, speech.length);
        short[] samples = converted(whole, sampleRate, codecRate);
        boolean[] lost = loss.lost(samples.length / (codecRate / PACKETS_PER_SECOND));
        boolean concealed = loss.concealment() != Concealment.SILENCE;
        short[] decoded = codec.coded(samples, number -> lost[number], concealed);
        return Arrays.copyOfRange(converted(decoded, codecRate, sampleRate), before, before + speech.length);
    }

    private static short[] converted(short[] samples, int from, int to) {
        if (from % to != 0 && to % from != 0) {
            throw new IllegalArgumentException("samples of " + from + " Hz do not become ones of " + to + " Hz");
        }
        if (from == to) {
            return samples;
        }
        return from < to ? SampleRates.interpolated(samples, to / from) : SampleRates.decimated(samples, from / to, 0);
    }
}
