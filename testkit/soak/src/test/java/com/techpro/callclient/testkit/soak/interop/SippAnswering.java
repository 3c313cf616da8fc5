// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.nio.file.Path;
import java.time.Duration;

/** SIPp's own answering scenario. */
final class SippAnswering implements Answering {
    /** As large as the engine's; with SIPp's default a pause of some milliseconds loses packets, and hides what it can do. */
    static final String SOCKET_BUFFER = Integer.toString(1 << 20);

    private final int port = Ports.freeRun(4);
    private final PeerProcess process;

    SippAnswering(Path directory) {
        process = PeerProcess.start(
                directory,
                "sipp",
                "-sn",
                "uas",
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-mp",
                Integer.toString(port + 2),
                "-buff_size",
                SOCKET_BUFFER,
                "-nostdin");
    }

    @Override
    public String target() {
        return "sip:1001@127.0.0.1:" + port;
    }

    @Override
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        process.close();
    }
}
