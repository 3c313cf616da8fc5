// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.ports.phonesystem.Policy;

/**
 * What the host and the phone system together allow the user now (promise O1). Written on the loop,
 * read from any thread.
 */
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

    /** @param both the policies of host and phone system combined */
    void tightened(Policy both) {
        now = both;
    }

    /** Returns to the host's policy after a logout. */
    void loggedOut() {
        now = host;
    }
}
