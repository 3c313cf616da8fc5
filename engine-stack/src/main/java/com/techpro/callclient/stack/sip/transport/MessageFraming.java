// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How SIP messages are framed in a connection's bytes: consecutively (RFC 3261 §18.3), or each in a
 * WebSocket message (RFC 7118 §5). Belongs to the loop.
 */
interface MessageFraming {
    /** Receives the messages, and sends the framed bytes. */
    interface Events {
        /** Messages may be sent from now on. */
        void ready();

        /** One complete message; the array is valid only until this returns. */
        void message(byte[] buffer, int offset, int length);

        /** The head of a message whose end cannot be found. */
        void unreadable(byte[] head, int offset, int length);

        /**
         * @return whether to answer the peer's keep-alive
         */
        boolean pinged();

        void ponged();

        /** The peer sent a frame that RFC 6455 forbids. {@link #over} follows. */
        void forbiddenFrame();

        /**
         * Nothing more is received or sent.
         *
         * @param why null if the peer ended it in order
         */
        void over(@Nullable Failure why);

        /** Sends bytes to the peer. The array does not change any more. */
        void write(byte[] bytes);
    }

    /** The connection below is open, and verified. */
    void start();

    /** @param bytes valid only until this returns */
    void received(ByteBuffer bytes);

    /** Whether a message has begun and not ended. */
    boolean isWithinMessage();

    /** Whether the stream can still be parsed after a message that is not SIP. */
    boolean survivesOtherText();

    void send(byte[] message);

    /**
     * Sends a keep-alive.
     *
     * @return whether the peer is known to answer, so that silence means that it is gone
     */
    boolean keepAlive();

    /** Whether the peer is known to answer {@link #keepAlive}. */
    boolean answersKeepAlives();

    /** Tells the peer that this side shuts down, if the protocol can. {@link #close} follows. */
    void leave();

    /**
     * Sends the protocol's closing message, if there is one.
     *
     * @param why null if it ends in order
     */
    void close(@Nullable Failure why);
}
