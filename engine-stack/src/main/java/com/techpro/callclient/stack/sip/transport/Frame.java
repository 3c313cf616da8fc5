// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a {@link Framer} found in a connection's bytes, or made of them. No array changes again. */
sealed interface Frame {
    /** One complete message, or the part of one that is known. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    record Message(byte[] bytes, int offset, int length) implements Frame {
        /** Returns the message in an array that holds nothing else. */
        byte[] alone() {
            return length == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
        }
    }

    /** The peer's keep-alive, and the bytes that answer it. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    record Ping(byte[] answer) implements Frame {}

    /** The answer to our keep-alive. */
    record Pong() implements Frame {}

    /** A part of the handshake, for the peer. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    record Handshake(byte[] bytes) implements Frame {}

    /** Messages may be sent from now on. */
    record Ready() implements Frame {}

    /**
     * The peer ended the stream, or refused it. Nothing follows.
     *
     * @param why null if it ended in order
     */
    record Closed(@Nullable Failure why) implements Frame {}

    /**
     * The stream cannot be read any further. Nothing follows.
     *
     * @param head of a message whose end cannot be found; null if something else is wrong
     */
    record Broken(Failure why, @Nullable Message head) implements Frame {}
}
