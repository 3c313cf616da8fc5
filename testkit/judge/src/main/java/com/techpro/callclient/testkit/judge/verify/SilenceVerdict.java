// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import java.time.Duration;

/**
 * What one end heard while its call was on hold.
 *
 * @param judged the judged time
 * @param audible how much of it was not silent
 * @param first when the first sound was heard, from the begin of the judged time; zero if none was
 * @param last when the last sound was heard
 */
public record SilenceVerdict(Outcome outcome, Duration judged, Duration audible, Duration first, Duration last) {
    /** The verdict in one word. */
    public enum Outcome {
        SILENT("silent"),
        /** The far end's voice, which must not be heard. */
        VOICE("voice-on-hold"),
        /** Another sound, such as a phone system's music. */
        OTHER_SOUND("sound-on-hold"),
        /** The hold was too short to judge. */
        TOO_SHORT("hold-not-judged");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** Returns a stable word for reports. */
        public String code() {
            return code;
        }
    }
}
