// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.settings.VoicemailSettings;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.time.Duration;
import java.util.Arrays;

/** How the PBX takes and keeps messages. */
public final class VoicemailBuilder {
    private int port;
    private Duration longest = Duration.ofMinutes(3);
    private WavFile.Encoding encoding = WavFile.Encoding.PCM;
    private boolean inWords = true;

    VoicemailBuilder() {}

    /** The port of the mail server; a free one unless set. */
    public VoicemailBuilder port(int number) {
        port = number;
        return this;
    }

    /** After how long a recording ends by itself; three minutes unless set. */
    public VoicemailBuilder longest(Duration limit) {
        longest = limit;
        return this;
    }

    /** Keeps messages in µ-law, half as long; else in 16-bit PCM. */
    public VoicemailBuilder mulaw() {
        encoding = WavFile.Encoding.MULAW;
        return this;
    }

    /** Keeps messages in GSM 06.10 as Asterisk's {@code wav49}, a tenth as long; else in 16-bit PCM. */
    public VoicemailBuilder wav49() {
        encoding = WavFile.Encoding.WAV49;
        return this;
    }

    /**
     * Keeps messages as a setting says.
     *
     * @param word {@code wav}, {@code mulaw} or {@code wav49}
     */
    public VoicemailBuilder format(String word) {
        encoding = Arrays.stream(WavFile.Encoding.values())
                .filter(known -> known.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no format of recordings is called that"));
        return this;
    }

    /** Greets callers with three tones, in a second; else in words, for five. Any key skips either. */
    public VoicemailBuilder toneGreeting() {
        inWords = false;
        return this;
    }

    VoicemailSettings settings() {
        return new VoicemailSettings(port, longest, encoding, inWords);
    }
}
