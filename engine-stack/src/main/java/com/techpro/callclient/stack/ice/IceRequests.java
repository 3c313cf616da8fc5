// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Assigns requests to generations, and limits the error responses to requests of none. */
final class IceRequests {
    private static final long WINDOW = Duration.ofSeconds(1).toNanos();
    private static final int MAX_REFUSALS = 10;

    private boolean begun;
    private long windowStart;
    private int refusals;

    /**
     * Returns the generation by username alone, which costs nothing; null if it is neither's (RFC
     * 8445 §7.3).
     */
    @Nullable
    CheckList addressed(StunMessage request, CheckList current, @Nullable CheckList previous) {
        String username = request.text(StunAttribute.USERNAME);
        if (username == null) {
            return null;
        }
        if (isFor(username, current)) {
            return current;
        }
        return previous != null && isFor(username, previous) ? previous : null;
    }

    private static boolean isFor(String username, CheckList list) {
        IceCredentials remote = list.remote();
        String mine = list.local.ufrag() + ":";
        return remote == null ? username.startsWith(mine) : username.equals(mine + remote.ufrag());
    }

    /** Allows at most ten a second, so that a flood gets no answers. */
    boolean mayRefuse(long now) {
        if (!begun || now - windowStart >= WINDOW) {
            begun = true;
            windowStart = now;
            refusals = 0;
        }
        return ++refusals <= MAX_REFUSALS;
    }
}
