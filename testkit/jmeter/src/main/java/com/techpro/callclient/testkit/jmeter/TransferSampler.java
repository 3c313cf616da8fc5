// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Calls the second user, speaks, and transfers it blind to an echo number. A success if the two
 * heard each other, and then the second user its own speech.
 */
public final class TransferSampler extends PhoneSampler {
    private static final Duration RINGING_LIMIT = Duration.ofSeconds(20);
    /** The phones know of the transfer before the phone system connects their audio. */
    private static final Duration JOINED = Duration.ofMillis(500);

    @Override
    List<Parameter> parameters() {
        return List.of(Parameter.PEER, Parameter.PEER_PASSWORD, Parameter.TARGET, Parameter.SECONDS);
    }

    @Override
    void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException {
        user.account(settings);
        user.peer(settings);
    }

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        Duration talk = settings.seconds(Parameter.SECONDS);
        LoadAccount peer = user.peer(settings);
        LoadCall caller = user.account(settings).dial(settings.text(Parameter.PEER));
        LoadCall callee = peer.answer(RINGING_LIMIT);
        steps.setUp(caller);
        callee.awaitTalking();
        callee.listen();
        caller.talk(talk);
        callee.fallSilent();
        caller.fallSilent();
        steps.time("transfer", () -> caller.transfer(settings.text(Parameter.TARGET)));
        steps.speech(caller.heard(callee));
        callee.last("being transferred", JOINED);
        callee.continueWithAnother();
        callee.talk(talk);
        steps.release(callee);
        steps.speech(callee.heardEcho());
    }
}
