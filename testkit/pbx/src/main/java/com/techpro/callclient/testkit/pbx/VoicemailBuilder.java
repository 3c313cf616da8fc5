// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.testkit.pbx.settings.VoicemailSettings;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.time.Duration;
import java.util.Arrays;

/** Sets how the PBX records and stores messages. */
public final class VoicemailBuilder {
    private int port;
    private Duration longest = Duration.ofMinutes(3);
    private WavFile.Encoding encoding = WavFile.Encoding.PCM;
    private boolean inWords = true;

    VoicemailBuilder() {}

    /** Sets the port of the mail server. Default: a free one. */
    public VoicemailBuilder port(int number) {
        port = number;
        return this;
    }

    /** Sets the maximum length of a recording. Default: three minutes. */
    public VoicemailBuilder longest(Duration limit) {
        longest = limit;
        return this;
    }

    /** Stores messages in µ-law, at half the size. Default: 16-bit PCM. */
    public VoicemailBuilder mulaw() {
        encoding = WavFile.Encoding.MULAW;
        return this;
    }

    /**
     * Stores messages in GSM 06.10 as Asterisk's {@code wav49}, at a tenth of the size. Default:
     * 16-bit PCM.
     */
    public VoicemailBuilder wav49() {
        encoding = WavFile.Encoding.WAV49;
        return this;
    }

    /**
     * Stores messages in the named format.
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

    /**
     * Plays three tones within a second as the greeting. Default: five seconds of speech. Any key
     * skips either.
     */
    public VoicemailBuilder toneGreeting() {
        inWords = false;
        return this;
    }

    VoicemailSettings settings() {
        return new VoicemailSettings(port, longest, encoding, inWords);
    }
}
