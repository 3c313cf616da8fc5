// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.voicemail;

import com.techpro.callclient.ports.voicemail.VoicemailBox;
import java.util.List;

/** What came of asking for the greetings. */
public sealed interface GreetingsOutcome {
    /** @param greetings empty where the mailbox keeps none that could be heard; {@link Voicemail#play} takes their ids */
    record Found(List<VoicemailBox.Greeting> greetings) implements GreetingsOutcome {
        public Found {
            greetings = List.copyOf(greetings);
        }
    }

    /** They could not be read. */
    record Failed(VoicemailProblem problem) implements GreetingsOutcome {}
}
