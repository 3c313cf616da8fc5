// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.List;

/** The outcome of {@link Voicemail#greetings}. */
public sealed interface GreetingsOutcome {
    /**
     * @param greetings empty if the mailbox has none that can be played; {@link Voicemail#play}
     *     takes their ids
     */
    record Found(List<VoicemailBox.Greeting> greetings) implements GreetingsOutcome {
        public Found {
            greetings = List.copyOf(greetings);
        }
    }

    /** The greetings could not be read. */
    record Failed(VoicemailProblem problem) implements GreetingsOutcome {}
}
