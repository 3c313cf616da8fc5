// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import com.techpro.callclient.ports.net.Resolver;
import java.util.List;
import javax.net.SocketFactory;

/** What a {@link PhoneSystem} may use to reach its server. Every connection and look-up passes the engine's egress guard (promise S5). */
public interface LoginContext {
    /** Plain TCP sockets, only to hosts that were {@linkplain #allow allowed}; others are refused with an {@link java.io.IOException}. */
    SocketFactory sockets();

    Resolver resolver();

    /**
     * Lets this login talk to a host. For the server the user named, what is found from the e-mail address's domain, and what an
     * authenticated document of the phone system names; nothing else.
     */
    void allow(List<HostPort> hosts);

    /** What the {@code User-Agent} says (promise C9). */
    String userAgent();
}
