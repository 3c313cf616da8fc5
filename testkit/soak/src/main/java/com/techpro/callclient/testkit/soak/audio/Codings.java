// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import com.techpro.callclient.testkit.judge.curves.Channel;
import com.techpro.callclient.testkit.judge.curves.DegradationScale;
import com.techpro.callclient.testkit.judge.curves.DegradationScales;
import com.techpro.callclient.testkit.judge.degrade.Coding;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The codecs of calls, for the judge: it is measured with what they make of speech. */
public final class Codings {
    private Codings() {}

    /** Codes speech by a codec; all packets arrive. */
    public static Coding of(SpeechCodec codec) {
        return Coding.of(codec.title(), codec.sampleRate(), (samples, lost, concealed) -> {
            Fate missed = concealed ? Fate.CONCEALED : Fate.SILENT;
            return codec.coded(samples, packet -> lost.test(packet) ? missed : Fate.DECODED);
        });
    }

    /** Returns each codec, and tandems of two as in gateways. */
    public static List<Channel> channels() {
        List<Channel> channels = new ArrayList<>();
        channels.add(Channel.UNCODED);
        for (SpeechCodec codec : SpeechCodec.values()) {
            channels.add(channel(codec));
        }
        channels.add(channel(SpeechCodec.OPUS_24, SpeechCodec.G711_ALAW));
        channels.add(channel(SpeechCodec.G722, SpeechCodec.OPUS_24));
        channels.add(channel(SpeechCodec.ADPCM, SpeechCodec.G711_ULAW));
        channels.add(channel(SpeechCodec.G711_ALAW, SpeechCodec.GSM));
        return List.copyOf(channels);
    }

    /** Returns a few dissimilar channels. */
    public static List<Channel> dissimilarChannels() {
        return List.of(
                channel(SpeechCodec.G711_ALAW),
                channel(SpeechCodec.G722),
                channel(SpeechCodec.OPUS_12),
                channel(SpeechCodec.OPUS_24),
                channel(SpeechCodec.GSM),
                channel(SpeechCodec.ADPCM),
                channel(SpeechCodec.OPUS_24, SpeechCodec.G711_ALAW));
    }

    /** Returns a channel of one codec, or several in sequence. */
    public static Channel channel(SpeechCodec... codecs) {
        return Channel.of(Arrays.stream(codecs).map(Codings::of).toArray(Coding[]::new));
    }

    /** Returns all degradations, those of codecs included. */
    public static List<DegradationScale> scales() {
        return DegradationScales.all(
                List.of(of(SpeechCodec.G722), of(SpeechCodec.OPUS_24), of(SpeechCodec.GSM)), of(SpeechCodec.GSM));
    }
}
