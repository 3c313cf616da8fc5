// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.presence.LampState;
import java.util.List;
import java.util.Map;

/** A call of the soak until it is over, with whatever other calls it leads to. Of the soak's loop. */
interface CallInProgress {
    /** Whether anybody talks. */
    boolean established();

    /** The ends at which it is to ring, or may. */
    List<CallLeg> awaitingRing();

    /** It rings at one of these. */
    void rings(CallLeg leg, Call call);

    /** Something happened to one of its calls. */
    void changed(Call call, CallEvent event);

    /** The soak is being stopped: says goodbye wherever the call is. */
    void breakOff();

    /** What the busy lamp of each of its users has shown of it; of a call that went wrong nothing can be said. */
    Map<Extension, List<LampState>> lampChanges();
}
