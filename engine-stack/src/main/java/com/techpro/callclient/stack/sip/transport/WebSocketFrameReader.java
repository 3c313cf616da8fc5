// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into WebSocket messages and control frames (RFC 6455 §5). No extension is
 * supported, so reserved bits are forbidden. It holds at most one message within the limit and one
 * control frame: the bytes received, not the announced length. It holds nothing while the stream is
 * idle. Not thread-safe.
 *
 * <pre>
 * between --data frame, not the last--> within a message --continuation, not the last--> within a message
 * between --data frame, the last--> between (a message)
 * within a message --continuation, the last--> between (a message)
 * either --control frame--> the same
 * any --what §5 forbids, a message beyond the limit, text that is not UTF-8--> broken
 * any --Close--> closed
 * </pre>
 */
final class WebSocketFrameReader {
    /**
     * Receives what is found, inside {@link #feed}; arrays are valid only until the method returns.
     */
    interface Sink {
        /** One complete message, text or binary. */
        void message(byte[] buffer, int offset, int length);

        void ping(byte[] buffer, int length);

        void pong();

        /**
         * The peer will send nothing more.
         *
         * @param code {@link WebSocketClose#NO_CODE} if it gave none
         */
        void closed(int code);

        /** The stream cannot be parsed any further, and nothing more is delivered. */
        void broken(WebSocketClose why);
    }

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_SIZE = 2_048;

    private final boolean masked;
    private final int limit;
    /** The frame's head: two bytes, up to eight of length, four of the key. */
    private final byte[] head = new byte[14];

    private int headLength;
    private int headWanted = 2;
    private byte[] message = NOTHING;
    private int messageLength;
    private byte[] control = NOTHING;
    private int controlLength;
    /** The opcode of the current message; CONTINUATION between messages. */
    private int messageOpcode = WebSocketFrame.CONTINUATION;
    /** The payload bytes still to come, or -1 while the head is incomplete. */
    private int missing = -1;

    private int maskIndex;
    private boolean over;

    /**
     * @param masked whether the peer is a client, whose frames are masked; a server's are not
     *     (§5.1)
     * @param limit bytes of a message, in all its fragments
     */
    WebSocketFrameReader(boolean masked, int limit) {
        this.masked = masked;
        this.limit = limit;
    }

    /** Whether a message or a frame has begun and not ended. */
    boolean isWithin() {
        return !over && (headLength > 0 || messageOpcode != WebSocketFrame.CONTINUATION);
    }

    /** Processes all bytes. */
    void feed(ByteBuffer bytes, Sink sink) {
        while (!over && (bytes.hasRemaining() || missing == 0)) {
            if (missing < 0) {
                readHead(bytes, sink);
            } else {
                readPayload(bytes);
                if (missing == 0) {
                    frameEnds(sink);
                }
            }
        }
        ((Buffer) bytes).position(bytes.limit());
        if (over || messageOpcode == WebSocketFrame.CONTINUATION) {
            message = NOTHING;
        }
        if (controlLength == 0) {
            control = NOTHING;
        }
    }

    private int opcode() {
        return head[0] & 0x0f;
    }

    private boolean isControl() {
        return (head[0] & 0x08) != 0;
    }

    private boolean isLast() {
        return (head[0] & WebSocketFrame.FIN) != 0;
    }

    private void readHead(ByteBuffer bytes, Sink sink) {
        int count = Math.min(bytes.remaining(), headWanted - headLength);
        bytes.get(head, headLength, count);
        headLength += count;
        if (headLength < headWanted) {
            return;
        }
        if (headLength == 2) {
            WebSocketClose wrong = wrongStart();
            if (wrong != null) {
                fail(wrong, sink);
                return;
            }
            int length = head[1] & 0x7f;
            int extended = length == WebSocketFrame.LENGTH_16 ? 2 : length == WebSocketFrame.LENGTH_64 ? 8 : 0;
            headWanted = 2 + extended + (masked ? 4 : 0);
            if (headWanted > 2) {
                return;
            }
        }
        long length = length();
        // Only the shortest form is allowed (§5.2).
        int written = head[1] & 0x7f;
        if (length < 0
                || (written == WebSocketFrame.LENGTH_16 && length < 126)
                || (written == WebSocketFrame.LENGTH_64 && length <= 0xffff)) {
            fail(WebSocketClose.PROTOCOL_ERROR, sink);
        } else if (!isControl() && length > limit - messageLength) {
            fail(WebSocketClose.TOO_BIG, sink);
        } else {
            missing = (int) length;
            maskIndex = 0;
            if (!isControl() && opcode() != WebSocketFrame.CONTINUATION) {
                messageOpcode = opcode();
            }
        }
    }

    /** Returns the fault in the first two bytes, or null. */
    private @Nullable WebSocketClose wrongStart() {
        boolean reserved = (head[0] & 0x70) != 0;
        boolean maskedIndeed = (head[1] & WebSocketFrame.MASKED) != 0;
        int opcode = opcode();
        boolean within = messageOpcode != WebSocketFrame.CONTINUATION;
        boolean allowed = switch (opcode) {
            case WebSocketFrame.CONTINUATION -> within;
            case WebSocketFrame.TEXT, WebSocketFrame.BINARY -> !within;
            case WebSocketFrame.CLOSE, WebSocketFrame.PING, WebSocketFrame.PONG ->
                isLast() && (head[1] & 0x7f) <= WebSocketFrame.LONGEST_CONTROL;
            default -> false;
        };
        return reserved || maskedIndeed != masked || !allowed ? WebSocketClose.PROTOCOL_ERROR : null;
    }

    private long length() {
        int written = head[1] & 0x7f;
        ByteBuffer read = ByteBuffer.wrap(head);
        return switch (written) {
            case WebSocketFrame.LENGTH_16 -> read.getShort(2) & 0xffff;
            case WebSocketFrame.LENGTH_64 -> read.getLong(2);
            default -> written;
        };
    }

    private void readPayload(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), missing);
        byte[] to;
        int at;
        if (isControl()) {
            control = control.length == 0 ? new byte[WebSocketFrame.LONGEST_CONTROL] : control;
            to = control;
            at = controlLength;
            controlLength += count;
        } else {
            if (messageLength + count > message.length) {
                int size = Math.max(messageLength + count, Math.min(limit, message.length * 2));
                message = Arrays.copyOf(message, Math.max(FIRST_SIZE, size));
            }
            to = message;
            at = messageLength;
            messageLength += count;
        }
        bytes.get(to, at, count);
        if (masked) {
            for (int i = 0; i < count; i++) {
                to[at + i] ^= head[headWanted - 4 + ((maskIndex + i) & 3)];
            }
            maskIndex += count;
        }
        missing -= count;
    }

    private void frameEnds(Sink sink) {
        int opcode = opcode();
        boolean last = isLast();
        missing = -1;
        headLength = 0;
        headWanted = 2;
        if (opcode >= WebSocketFrame.CLOSE) {
            int length = controlLength;
            controlLength = 0;
            controlEnds(opcode, length, sink);
        } else if (last) {
            int length = messageLength;
            boolean text = messageOpcode == WebSocketFrame.TEXT;
            messageLength = 0;
            messageOpcode = WebSocketFrame.CONTINUATION;
            if (text && !Utf8.isValid(message, 0, length)) {
                fail(WebSocketClose.INVALID_DATA, sink);
            } else {
                sink.message(message, 0, length);
            }
        }
    }

    private void controlEnds(int opcode, int length, Sink sink) {
        switch (opcode) {
            case WebSocketFrame.PING -> sink.ping(control, length);
            case WebSocketFrame.PONG -> sink.pong();
            default -> closeEnds(length, sink);
        }
    }

    /** §5.5.1: a code and a text, or nothing. */
    private void closeEnds(int length, Sink sink) {
        if (length == 0) {
            over = true;
            sink.closed(WebSocketClose.NO_CODE);
            return;
        }
        int code = length == 1 ? 0 : ByteBuffer.wrap(control).getShort(0) & 0xffff;
        if (!WebSocketClose.mayBeSent(code)) {
            fail(WebSocketClose.PROTOCOL_ERROR, sink);
        } else if (!Utf8.isValid(control, 2, length - 2)) {
            fail(WebSocketClose.INVALID_DATA, sink);
        } else {
            over = true;
            sink.closed(code);
        }
    }

    private void fail(WebSocketClose why, Sink sink) {
        over = true;
        sink.broken(why);
    }
}
