// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.speech.SampleRates;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec.Fate;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/** What a codec makes of speech, at 16 kHz: as if it had been sent in packets of 20 ms. */
@SuppressWarnings("ImmutableEnumChecker") // what was coded once stays so
public enum CodedSpeech {
    G722_64(SpeechCodec.G722, Fidelity.G722),
    OPUS_24(SpeechCodec.OPUS_24, Fidelity.OPUS),
    OPUS_32(SpeechCodec.OPUS_32, Fidelity.OPUS);

    private static final int PACKETS_PER_SECOND = 50;

    final Fidelity fidelity;
    private final SpeechCodec codec;
    private final Map<Integer, short[]> loops = new ConcurrentHashMap<>();

    CodedSpeech(SpeechCodec codec, Fidelity fidelity) {
        this.codec = codec;
        this.fidelity = fidelity;
    }

    /** The whole built-in clip as it sounds in a loop, from its beginning on; later by what the codec delays. */
    short[] loop(SpeechClip clip, int firstPacket) {
        return loops.computeIfAbsent(firstPacket, first -> made(clip, first));
    }

    private short[] made(SpeechClip clip, int firstPacket) {
        int length = clip.length() * Rate.WIDEBAND.factor();
        int skipped = firstPacket * Rate.WIDEBAND.factor();
        short[] coded = coded(new SpeechSource(clip, firstPacket), 0, 2 * clip.length(), lost -> false);
        short[] loop = new short[length];
        for (int i = 0; i < length; i++) {
            loop[(skipped + i) % length] = coded[length + i];
        }
        return loop;
    }

    /**
     * A stretch of a talk.
     *
     * @param from in samples of 8 kHz, as {@code length}
     * @param lost of each packet, whether it is concealed, as codec and engine do
     */
    public short[] coded(SpeechSource talk, long from, int length, IntPredicate lost) {
        return coded(talk, from, length, 0, lost);
    }

    /**
     * A stretch of a talk that goes on after a hold, as the engine makes it: by an encoder and a decoder that begin anew.
     *
     * @param missed of the first packets, how many are never decoded: there is silence in their place
     */
    short[] resumed(SpeechSource talk, long from, int length, int missed) {
        return coded(talk, from, length, missed, lost -> false);
    }

    /**
     * A stretch of a talk that went on all the time, and is let through again.
     *
     * @param missed of the first packets, how many are not let through
     */
    short[] rejoined(SpeechSource talk, long from, int length, int missed) {
        int before = PACKETS_PER_SECOND * SpeechClip.FRAME;
        short[] decoded = coded(talk, from - before, before + length, PACKETS_PER_SECOND + missed, lost -> false);
        return Arrays.copyOfRange(decoded, Rate.WIDEBAND.factor() * before, decoded.length);
    }

    private short[] coded(SpeechSource talk, long from, int length, int missed, IntPredicate lost) {
        Rate rate = rate();
        return coded(length * rate.factor(), missed, lost, at -> talk.at(rate, from * rate.factor() + at));
    }

    /**
     * A recording of anybody's, at 16 kHz.
     *
     * @param lost of each packet, whether it is concealed, as codec and engine do
     */
    public short[] coded(short[] recording, IntPredicate lost) {
        short[] samples = rate() == Rate.WIDEBAND
                ? recording
                : SampleRates.interpolated(recording, Rate.FULLBAND.hertz() / Rate.WIDEBAND.hertz());
        return coded(samples.length, 0, lost, at -> samples[at]);
    }

    private Rate rate() {
        return codec.sampleRate() == Rate.WIDEBAND.hertz() ? Rate.WIDEBAND : Rate.FULLBAND;
    }

    /** What is said sample by sample. */
    private interface Samples {
        short at(int index);
    }

    private short[] coded(int length, int missed, IntPredicate lost, Samples recorded) {
        short[] said = new short[length / codec.packet() * codec.packet()];
        for (int i = 0; i < said.length; i++) {
            said[i] = recorded.at(i);
        }
        short[] decoded = codec.coded(
                said, packet -> packet < missed ? Fate.SILENT : lost.test(packet) ? Fate.CONCEALED : Fate.DECODED);
        return rate() == Rate.WIDEBAND ? decoded : SampleRates.decimated(decoded, 3, 0);
    }
}
