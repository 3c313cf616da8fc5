// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.degrade;

import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec.Fate;
import com.techpro.callclient.testkit.soak.degrade.PacketLoss.Concealment;
import com.techpro.callclient.testkit.soak.speech.SampleRates;
import java.util.Arrays;

/**
 * Codes speech, sends it in packets of 20 ms, and decodes it. Two codings in sequence
 * ({@link #then}) are a tandem, as behind a gateway. It adds the codec's delay.
 */
public final class Coding implements Degradation {
    private final SpeechCodec codec;
    private final PacketLoss loss;

    private Coding(SpeechCodec codec, PacketLoss loss) {
        this.codec = codec;
        this.loss = loss;
    }

    /** All packets arrive. */
    public static Coding of(SpeechCodec codec) {
        return new Coding(codec, PacketLoss.even(0));
    }

    /**
     * Some packets are lost, and are replaced by silence or the codec's concealment. The first
     * packet begins at the offset of the loss.
     */
    public Coding losing(PacketLoss packets) {
        return new Coding(codec, packets);
    }

    /**
     * As in any degradation.
     *
     * @throws IllegalArgumentException if neither rate, that of the recording and that of the
     *     codec, is a multiple of the other
     */
    @Override
    public short[] applyTo(short[] speech, int sampleRate) {
        int packet = codec.packet() * sampleRate / codec.sampleRate();
        int before = (packet - loss.offset() % packet) % packet;
        short[] whole = new short[before + speech.length + packet];
        System.arraycopy(speech, 0, whole, before, speech.length);
        short[] samples = converted(whole, sampleRate, codec.sampleRate());
        boolean[] lost = loss.lost(samples.length / codec.packet());
        Fate fate = loss.concealment() == Concealment.SILENCE ? Fate.SILENT : Fate.CONCEALED;
        short[] decoded = codec.coded(samples, number -> lost[number] ? fate : Fate.DECODED);
        return Arrays.copyOfRange(converted(decoded, codec.sampleRate(), sampleRate), before, before + speech.length);
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
