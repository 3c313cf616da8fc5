// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.HeardSpeech;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import java.io.IOException;
import java.util.List;

/**
 * A call as in {@link CallSampler}, with a hold between two periods of speech. A success if each
 * word came back, and none during the hold.
 */
public final class HoldSampler extends PhoneSampler {
    @Override
    List<Parameter> parameters() {
        return List.of(Parameter.CALLEE, Parameter.SECONDS, Parameter.HOLD_SECONDS);
    }

    @Override
    void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException {
        user.account(settings);
    }

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        LoadCall call = user.dial(settings, Parameter.CALLEE);
        steps.setUp(call);
        call.talk(settings.seconds(Parameter.SECONDS));
        steps.time("hold and resume", () -> call.hold(settings.seconds(Parameter.HOLD_SECONDS)));
        call.talk(settings.seconds(Parameter.SECONDS));
        steps.release(call);
        HeardSpeech heard = call.heardEcho();
        steps.silence(heard.onHold());
        steps.speech(heard);
    }
}
