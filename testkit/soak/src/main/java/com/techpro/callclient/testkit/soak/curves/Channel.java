// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.curves;

import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import com.techpro.callclient.testkit.soak.degrade.Coding;
import com.techpro.callclient.testkit.soak.degrade.Degradation;
import com.techpro.callclient.testkit.soak.degrade.PacketLoss;
import java.util.ArrayList;
import java.util.List;

/**
 * The codecs that speech passes in ordinary calls without complaints.
 *
 * @param name for people
 * @param codecs one after the other
 */
public record Channel(String name, List<SpeechCodec> codecs) {
    public Channel {
        codecs = List.copyOf(codecs);
    }

    /** Unchanged 16-bit samples. */
    public static final Channel UNCODED = new Channel("uncoded", List.of());

    /** Returns a channel of one codec, or several in sequence. */
    public static Channel of(SpeechCodec... codecs) {
        List<String> names = new ArrayList<>();
        for (SpeechCodec codec : codecs) {
            names.add(codec.title());
        }
        return new Channel(String.join(" + ", names), List.of(codecs));
    }

    /** Returns each codec, and tandems of two as in gateways. */
    public static List<Channel> all() {
        List<Channel> channels = new ArrayList<>();
        channels.add(UNCODED);
        for (SpeechCodec codec : SpeechCodec.values()) {
            channels.add(of(codec));
        }
        channels.add(of(SpeechCodec.OPUS_24, SpeechCodec.G711_ALAW));
        channels.add(of(SpeechCodec.G722, SpeechCodec.OPUS_24));
        channels.add(of(SpeechCodec.ADPCM, SpeechCodec.G711_ULAW));
        channels.add(of(SpeechCodec.G711_ALAW, SpeechCodec.GSM));
        return List.copyOf(channels);
    }

    /** Returns a few dissimilar channels. */
    public static List<Channel> some() {
        return List.of(
                of(SpeechCodec.G711_ALAW),
                of(SpeechCodec.G722),
                of(SpeechCodec.OPUS_12),
                of(SpeechCodec.OPUS_24),
                of(SpeechCodec.GSM),
                of(SpeechCodec.ADPCM),
                of(SpeechCodec.OPUS_24, SpeechCodec.G711_ALAW));
    }

    /**
     * Returns its effect.
     *
     * @param firstPacket where the first packet begins, in samples of 16 kHz
     */
    public Degradation degradation(int firstPacket) {
        Degradation all = Degradation.none();
        for (SpeechCodec codec : codecs) {
            all = all.then(Coding.of(codec).losing(PacketLoss.even(0).offset(firstPacket)));
        }
        return all;
    }
}
