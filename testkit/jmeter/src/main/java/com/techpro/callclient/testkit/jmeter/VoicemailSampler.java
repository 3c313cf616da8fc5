// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Leaves a message in its own mailbox with one call, and plays and deletes it with another. A
 * success if the message has all the speech.
 */
public final class VoicemailSampler extends PhoneSampler {
    /** The menu tells the number of messages before it accepts keys. */
    private static final Duration MENU = Duration.ofSeconds(2);

    /** The time until message-waiting reports it; a phone system without it is given this time. */
    private static final Duration STORED = Duration.ofSeconds(5);

    /** The part of a message that its end may have cut off. */
    private static final Duration END = Duration.ofMillis(500);

    @Override
    List<Parameter> parameters() {
        return List.of(
                Parameter.LEAVE,
                Parameter.GREETING_SECONDS,
                Parameter.LISTEN,
                Parameter.PLAY_KEY,
                Parameter.DELETE_KEY,
                Parameter.SECONDS);
    }

    @Override
    void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException {
        user.account(settings);
    }

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        LoadAccount account = user.account(settings);
        Duration talk = settings.seconds(Parameter.SECONDS);
        Duration message = talk.plus(settings.seconds(Parameter.GREETING_SECONDS));
        int before = account.newMessages();
        LoadCall leaving = account.dial(settings.text(Parameter.LEAVE));
        steps.setUp(leaving);
        long from = leaving.position();
        leaving.last("leaving a message", message);
        long to = leaving.position();
        steps.release(leaving);
        account.awaitNewMessages(before + 1, STORED);

        LoadCall box = account.dial(settings.text(Parameter.LISTEN));
        steps.time("open the box", box::awaitTalking);
        box.last("opening the box", MENU);
        box.press(settings.text(Parameter.PLAY_KEY));
        box.forgetHeard();
        box.last("hearing the message", message);
        String delete = settings.text(Parameter.DELETE_KEY);
        if (!delete.isEmpty()) {
            box.press(delete);
            box.last("deleting the message", END);
        }
        steps.time("leave the box", box::hangUp);
        steps.recorded(box.heardRecording(leaving, from, to, talk.minus(END)));
    }
}
