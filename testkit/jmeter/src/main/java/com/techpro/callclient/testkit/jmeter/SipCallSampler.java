// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Calls a number, stays in the call, and hangs up, as {@link CallSampler} does, but without
 * microphone and speaker. It sends no RTP and judges no audio, so that a machine can run more of
 * them. A success if the call is answered and lasts, or is refused as expected.
 */
public final class SipCallSampler extends PhoneSampler {
    @Override
    List<Parameter> parameters() {
        return List.of(Parameter.CALLEE, Parameter.EXPECT, Parameter.SECONDS, Parameter.MAX_SETUP);
    }

    @Override
    void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException {
        user.account(settings);
    }

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        int expected = settings.status(Parameter.EXPECT);
        CallLimits limits = settings.callLimits();
        LoadCall call = user.dialWithoutSound(settings, Parameter.CALLEE);
        if (expected != CallSampler.ANSWERED) {
            steps.refused(call, expected);
            return;
        }
        Duration setUp = steps.setUp(call, call::awaitAnswered).minus(call.rang());
        Duration stalled = call.stalled();
        call.last("connected", settings.seconds(Parameter.SECONDS));
        steps.release(call);
        steps.limits(CallLimit.ofSetUp(limits, setUp, stalled));
    }
}
