// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import java.io.IOException;
import java.util.List;

/**
 * Two users join a conference room and leave it. A success if each saw the other on the roster and
 * heard the other's tone but not its own. No other thread may use the room.
 */
public final class ConferenceSampler extends PhoneSampler {
    @Override
    List<Parameter> parameters() {
        return List.of(Parameter.PEER, Parameter.PEER_PASSWORD, Parameter.ROOM);
    }

    @Override
    void logIn(ThreadUser user, Settings settings) throws IOException, StepFailedException {
        user.account(settings);
        user.peer(settings);
    }

    @Override
    void sample(ThreadUser user, Settings settings, Steps steps) throws IOException, StepFailedException {
        List<LoadAccount> both = List.of(user.account(settings), user.peer(settings));
        steps.time("meeting", () -> judge(user.user().meet(settings.text(Parameter.ROOM), both)));
    }

    static void judge(List<Gate> claims) throws StepFailedException {
        for (Gate gate : claims) {
            if (!gate.green()) {
                throw Steps.failed("conference", gate.title() + ": " + gate.measured());
            }
        }
    }
}
