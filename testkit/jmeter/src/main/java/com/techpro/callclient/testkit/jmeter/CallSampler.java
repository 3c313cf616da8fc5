// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.HeardSpeech;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls an echo number, speaks, and hangs up. A success if each word came back and the call kept to
 * the limits that are set. If a refusal is expected, the call must be refused with that status.
 */
public final class CallSampler extends PhoneSampler {
    /** The status of an answered call. */
    static final int ANSWERED = 200;

    @Override
    List<Parameter> parameters() {
        return List.of(
                Parameter.CALLEE,
                Parameter.EXPECT,
                Parameter.SECONDS,
                Parameter.MAX_LOSS,
                Parameter.MIN_MOS,
                Parameter.MAX_DELAY,
                Parameter.MAX_SETUP,
                Parameter.MIN_LEVEL,
                Parameter.BAND);
    }

    @Override
    void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException {
        settings.checkBand(user::spokenHertz);
        user.account(settings);
    }

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        int expected = settings.status(Parameter.EXPECT);
        CallLimits limits = settings.callLimits();
        LoadCall call = user.dial(settings, Parameter.CALLEE);
        if (expected != ANSWERED) {
            steps.refused(call, expected);
            return;
        }
        Duration setUp = steps.setUp(call).minus(call.rang());
        Duration stalled = call.stalled();
        call.talk(settings.seconds(Parameter.SECONDS));
        steps.release(call);
        HeardSpeech heard = call.heardEcho();
        steps.speech(heard);
        List<CallLimit> all = new ArrayList<>(CallLimit.ofSetUp(limits, setUp, stalled));
        all.addAll(CallLimit.ofSound(limits, heard));
        steps.limits(all);
    }
}
