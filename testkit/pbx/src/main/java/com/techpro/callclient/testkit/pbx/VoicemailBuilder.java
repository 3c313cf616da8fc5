// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import java.time.Duration;

/** How the PBX takes and keeps messages. */
public final class VoicemailBuilder {
    private int port;
    private Duration longest = Duration.ofMinutes(3);
    private WavFile.Encoding encoding = WavFile.Encoding.PCM;

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

    VoicemailSettings settings() {
        return new VoicemailSettings(port, longest, encoding);
    }
}
