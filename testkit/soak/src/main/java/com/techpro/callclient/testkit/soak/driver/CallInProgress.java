// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.presence.LampState;
import java.util.List;
import java.util.Map;

/** A call of the soak until it ends, with further calls that it makes. Owned by the soak's loop. */
public interface CallInProgress {
    /** Whether anybody talks. */
    boolean established();

    /** Returns the ends that should or may ring. */
    List<CallLeg> awaitingRing();

    /** One of these ends rings. */
    void rings(CallLeg leg, Call call);

    /** An event of one of its calls. */
    void changed(Call call, CallEvent event);

    /** The soak is being stopped: hangs up in any state. */
    void breakOff();

    /** Returns what each user's busy lamp has shown of it; nothing for a failed call. */
    Map<Extension, List<LampState>> lampChanges();
}
