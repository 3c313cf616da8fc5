// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Dialling;
import com.techpro.callclient.engine.internal.call.sdp.KeyOffers;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key exchanges that an account's phone system accepted after refusing those that the policy
 * offers. They are offered first from then on. Only the latest are kept, until they are refused.
 * Belongs to the loop.
 */
public final class LearntKeys {
    private final Set<KeyExchange> own;
    private @Nullable Set<KeyExchange> taken;

    public LearntKeys(KeyingPolicy policy) {
        this.own = KeyOffers.of(policy);
    }

    /** Returns the key exchanges for a call's first offer. */
    Set<KeyExchange> first() {
        return taken == null ? own : taken;
    }

    /** Learns from a call's change of phase. */
    public void follow(CallPhase before, CallPhase now) {
        if (!(before instanceof Dialling dialled)) {
            return;
        }
        Set<KeyExchange> offered = dialled.local().offered();
        if (now instanceof Confirmed && !offered.equals(own)) {
            taken = offered;
        } else if (now instanceof Dialling again && !again.local().offered().equals(offered) && offered.equals(taken)) {
            taken = null;
        }
    }
}
