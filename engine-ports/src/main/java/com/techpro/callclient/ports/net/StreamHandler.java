// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Receives the events of a {@link StreamLink}; see NET-2 for the thread. */
public interface StreamHandler {
    /** The stream is open. Called once, before anything else; not called if connecting failed. */
    void connected(StreamLink link);

    /**
     * Bytes arrived.
     *
     * @param bytes from position to limit; valid only until this method returns
     */
    void received(StreamLink link, ByteBuffer bytes);

    /**
     * The stream ended or could not be opened.
     *
     * @param cause null if either side ended it in the orderly way
     */
    void closed(StreamLink link, @Nullable IOException cause);
}
