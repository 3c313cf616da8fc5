// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.net;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.time.Scheduler;
import java.net.InetSocketAddress;

/** Opens streams to one server, unencrypted or with TLS. */
@FunctionalInterface
public interface StreamConnector {
    /**
     * Starts connecting, as {@link com.techpro.callclient.ports.net.Network#connect} does.
     *
     * @param loop calls this method, and the handler
     */
    StreamLink connect(InetSocketAddress remote, Scheduler loop, StreamHandler handler);
}
