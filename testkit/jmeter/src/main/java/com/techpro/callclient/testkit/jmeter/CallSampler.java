// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.run.LoadCall;
import com.techpro.callclient.testkit.soak.run.StepFailedException;
import java.io.IOException;
import java.util.List;

/**
 * Calls a number that sends back what it hears, talks, and hangs up: a success if each word came back. Where a refusal is expected, it is a success if the call is
 * refused with that status.
 */
public final class CallSampler extends PhoneSampler {
    private static final int ANSWERED = 200;

    @Override
    List<Parameter> parameters() {
        return List.of(Parameter.CALLEE, Parameter.EXPECT, Parameter.SECONDS);
    }

    @Override
    void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException {
        user.account(settings);
    }

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        int expected = settings.status(Parameter.EXPECT);
        LoadCall call = user.account(settings).dial(settings.text(Parameter.CALLEE));
        if (expected != ANSWERED) {
            steps.refused(call, expected);
            return;
        }
        steps.setUp(call);
        call.talk(settings.seconds(Parameter.SECONDS));
        steps.release(call);
        steps.speech(call.heardEcho());
    }
}
