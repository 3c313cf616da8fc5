// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.run.LoadCall;
import com.techpro.callclient.testkit.soak.run.StepFailedException;
import java.io.IOException;
import java.util.List;

/** Calls a number that sends back what it hears, talks, and hangs up. It is a success if each word came back. */
public final class CallSampler extends PhoneSampler {
    @Override
    List<Parameter> parameters() {
        return List.of(Parameter.CALLEE, Parameter.SECONDS);
    }

    @Override
    void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException {
        user.account(settings);
    }

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        LoadCall call = user.account(settings).dial(settings.text(Parameter.CALLEE));
        steps.setUp(call);
        call.talk(settings.seconds(Parameter.SECONDS));
        steps.release(call);
        steps.speech(call.heardEcho());
    }
}
