// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.ports.secret.Secret;

/** For tests: what has no public face. */
public final class ClientInsides {
    private ClientInsides() {}

    /** As if the phone system had accepted this password. */
    public static void proved(CallClient client, Secret password) {
        ((ClientHandle) client).onLoop(engine -> engine.userSession.lock().proved(password, true));
    }
}
