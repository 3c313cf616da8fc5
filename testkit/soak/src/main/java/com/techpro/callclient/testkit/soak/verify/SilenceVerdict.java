// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import java.time.Duration;

/**
 * What one ear heard while its call was on hold.
 *
 * @param judged how long it was listened to
 * @param audible how much of that was not silent
 * @param first how long after the begin of what was judged the first of that was heard; zero if nothing was
 * @param last likewise the last
 */
public record SilenceVerdict(Outcome outcome, Duration judged, Duration audible, Duration first, Duration last) {
    /** In one word. */
    public enum Outcome {
        SILENT("silent"),
        /** The far end's voice, though nobody was to hear it. */
        VOICE("voice-on-hold"),
        /** Something else, such as a phone system's music. */
        OTHER_SOUND("sound-on-hold"),
        /** The hold was too short to tell. */
        TOO_SHORT("hold-not-judged");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** A stable word for reports. */
        public String code() {
            return code;
        }
    }
}
