// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.net.InetSocketAddress;

/** An open TCP server socket. Closing it does not close the streams it accepted (<b>LSN-1</b>). */
public interface StreamListener extends AutoCloseable {
    InetSocketAddress localAddress();

    @Override
    void close();
}
