// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds SIP messages in a connection's bytes: consecutive ones (RFC 3261 §18.3), or one in each
 * WebSocket message (RFC 7118 §5). Belongs to the loop. It sends nothing itself: bytes for the peer
 * are returned, and there are none if nothing is to be sent.
 */
interface Framer {
    byte[] NOTHING = {};

    /** The connection below is open, and verified. */
    List<Frame> start();

    /**
     * Cuts the next bytes of the stream.
     *
     * @param bytes do not change any more, as frames may share them
     * @return the frames that end in these bytes, in order
     */
    List<Frame> cut(byte[] bytes);

    /** Whether a message has begun and not ended. */
    boolean isWithinMessage();

    /** Whether the stream can still be parsed after a message that is not SIP. */
    boolean survivesOtherText();

    /** Returns a message as it is sent. */
    byte[] frame(byte[] message);

    /** Returns a keep-alive, whose answer is awaited from now on. */
    byte[] ping();

    /** Whether the peer is known to answer {@link #ping}, so that silence means that it is gone. */
    boolean answersPings();

    /** Returns what tells the peer that this side shuts down. */
    default byte[] leave() {
        return NOTHING;
    }

    /**
     * Returns the protocol's closing message, unless it was returned before.
     *
     * @param why null if it ends in order
     */
    default byte[] close(@Nullable Failure why) {
        return NOTHING;
    }
}
