// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.call.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.CallPhase.Dialling;
import com.techpro.callclient.engine.internal.call.sdp.KeyOffers;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What keys an account's phone system was seen to take after it had refused what the policy offers: they are offered first from then on. Nothing is kept but the last of it, and that
 * until it is refused. Belongs to the loop.
 */
final class LearntKeys {
    private final Set<KeyExchange> own;
    private @Nullable Set<KeyExchange> taken;

    LearntKeys(KeyingPolicy policy) {
        this.own = KeyOffers.of(policy);
    }

    /** What a call's first offer has keys by. */
    Set<KeyExchange> first() {
        return taken == null ? own : taken;
    }

    /** A call has gone from one phase to another. */
    void follow(CallPhase before, CallPhase now) {
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
