// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.call.Failure;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How SIP messages lie in the bytes of a connection: one behind the other (RFC 3261 §18.3), or each in a WebSocket message (RFC 7118 §5). On
 * the loop.
 */
interface MessageFraming {
    /** Hears what comes of it, and sends for it. */
    interface Events {
        /** Messages may be sent. */
        void ready();

        /** One whole message; the array is valid only until this returns. */
        void message(byte[] buffer, int offset, int length);

        /** The head of a message that cannot be followed to its end. */
        void unreadable(byte[] head, int offset, int length);

        /** @return whether the peer's keep-alive is answered */
        boolean pinged();

        void ponged();

        /** The peer sent a frame that RFC 6455 forbids. {@link #over} follows. */
        void forbiddenFrame();

        /**
         * Nothing comes or goes any more.
         *
         * @param why null if the peer ended it in order
         */
        void over(@Nullable Failure why);

        /** To the peer. The array is not changed any more. */
        void write(byte[] bytes);
    }

    /** What is below is connected, and verified. */
    void start();

    /** @param bytes valid only until this returns */
    void received(ByteBuffer bytes);

    /** Whether a message has begun that has not come to its end. */
    boolean isWithinMessage();

    /** Whether what follows a message that is not SIP can be read all the same. */
    boolean survivesOtherText();

    void send(byte[] message);

    /**
     * Asks whether the peer is here.
     *
     * @return whether it is known to answer, so that silence means that it is gone
     */
    boolean keepAlive();

    /** Whether the peer is known to answer {@link #keepAlive}. */
    boolean answersKeepAlives();

    /** Says that this side is shutting down, where that can be said. {@link #close} follows. */
    void leave();

    /**
     * Says goodbye, as far as that is possible.
     *
     * @param why null if it ends in order
     */
    void close(@Nullable Failure why);
}
