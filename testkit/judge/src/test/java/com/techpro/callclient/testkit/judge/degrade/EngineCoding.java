// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec.Fate;

/** Codes speech by the codecs of real calls. */
public final class EngineCoding {
    private EngineCoding() {}

    public static Coding of(SpeechCodec codec) {
        return Coding.of(codec.title(), codec.sampleRate(), (samples, lost, concealed) -> {
            Fate missed = concealed ? Fate.CONCEALED : Fate.SILENT;
            return codec.coded(samples, packet -> lost.test(packet) ? missed : Fate.DECODED);
        });
    }
}
