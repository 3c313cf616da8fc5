// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.StreamLink;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A stream to a refused destination; its handler gets the refusal. */
final class RefusedStream implements StreamLink {
    private final InetSocketAddress remote;

    RefusedStream(InetSocketAddress remote) {
        this.remote = remote;
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(0);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        return false;
    }

    @Override
    public void close() {}
}
