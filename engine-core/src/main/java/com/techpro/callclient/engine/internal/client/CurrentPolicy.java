// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.ports.phonesystem.Policy;

/** What host and phone system together let the user do now (promise O1). Written on the loop, read from any thread. */
final class CurrentPolicy {
    private final Policy host;
    private volatile Policy now;

    CurrentPolicy(Policy host) {
        this.host = host;
        this.now = host;
    }

    Policy now() {
        return now;
    }

    boolean allows(Policy.Feature feature) {
        return now.allows(feature);
    }

    /** @param both the host's and the phone system's together */
    void tightened(Policy both) {
        now = both;
    }

    /** Nobody is logged in any more. */
    void loggedOut() {
        now = host;
    }
}
