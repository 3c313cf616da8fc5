// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * SIP in WebSocket messages, one in each (RFC 7118 §5), for either side: splits a stream into
 * messages and control frames (RFC 6455 §5). No extension is supported, so reserved bits are
 * forbidden. It holds at most one message within the limit and one control frame: the bytes
 * received, not the announced length. It holds nothing while the stream is idle. Not thread-safe.
 *
 * <pre>
 * HANDSHAKING --101 that §4.1 of RFC 6455 accepts (client), good request (server)--> OPEN
 * HANDSHAKING --anything else--> CLOSED
 * OPEN --our Close--> CLOSED
 *
 * between --data frame, not the last--> within a message --continuation, not the last--> within a message
 * between --data frame, the last--> between (a message)
 * within a message --continuation, the last--> between (a message)
 * either --control frame--> the same
 * any --what §5 forbids, a message beyond the limit, text that is not UTF-8--> broken
 * any --the peer's Close--> closed
 * </pre>
 */
final class WebSocketFramer implements Framer {
    private enum State {
        HANDSHAKING,
        OPEN,
        CLOSED
    }

    private static final byte[] LINE_BREAK = {'\r', '\n'};
    private static final int FIRST_SIZE = 2_048;

    private final @Nullable WebSocketHandshake handshake;
    private final @Nullable Random masks;
    /** Whether the peer is a client, whose frames are masked; a server's are not (§5.1). */
    private final boolean masked;

    private final int limit;
    /** Null once the handshake is over. */
    private HttpHead.@Nullable Collector httpHead = new HttpHead.Collector();

    private State state = State.HANDSHAKING;
    /** The payload of our Close, once nothing more can be read. */
    private byte @Nullable [] closing;
    /** The last of several pings received at once; only that one is answered (§5.5.3). */
    private byte @Nullable [] unansweredPing;

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

    private WebSocketFramer(@Nullable WebSocketHandshake handshake, @Nullable Random masks, int limit) {
        this.handshake = handshake;
        this.masks = masks;
        this.masked = masks == null;
        this.limit = limit;
    }

    /**
     * @param masks unpredictable (RFC 6455 §10.3)
     * @param limit bytes of a message, in all its fragments
     */
    static WebSocketFramer client(WebSocketHandshake handshake, Random masks, int limit) {
        return new WebSocketFramer(handshake, masks, limit);
    }

    static WebSocketFramer server(int limit) {
        return new WebSocketFramer(null, null, limit);
    }

    @Override
    public List<Frame> start() {
        return handshake == null ? List.of() : List.of(new Frame.Handshake(handshake.request()));
    }

    @Override
    public boolean isWithinMessage() {
        return closing == null && (headLength > 0 || messageOpcode != WebSocketFrame.CONTINUATION);
    }

    @Override
    public boolean survivesOtherText() {
        return true;
    }

    /** Makes a text message, as browsers do, unless the message is not UTF-8. */
    @Override
    public byte[] frame(byte[] message) {
        boolean text = Utf8.isValid(message, 0, message.length);
        return encode(text ? WebSocketFrame.TEXT : WebSocketFrame.BINARY, message);
    }

    /** A peer must answer pings (RFC 6455 §5.5.2). */
    @Override
    public byte[] ping() {
        return encode(WebSocketFrame.PING, NOTHING);
    }

    @Override
    public boolean answersPings() {
        return true;
    }

    @Override
    public byte[] leave() {
        return close(WebSocketFrame.closing(WebSocketClose.GOING_AWAY));
    }

    @Override
    public byte[] close(@Nullable Failure why) {
        return close(closing != null ? closing : WebSocketFrame.closing(WebSocketClose.of(why)));
    }

    private byte[] close(byte[] payload) {
        byte[] close = state == State.OPEN ? encode(WebSocketFrame.CLOSE, payload) : NOTHING;
        state = State.CLOSED;
        return close;
    }

    private byte[] encode(int opcode, byte[] payload) {
        return WebSocketFrame.encode(opcode, payload, masks);
    }

    @Override
    public List<Frame> cut(byte[] bytes) {
        List<Frame> frames = new ArrayList<>(1);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        HttpHead.Collector collector = httpHead;
        if (collector != null) {
            HttpHead complete = collector.feed(rest);
            if (complete != null || collector.hasFailed()) {
                httpHead = null;
                headEnds(complete, frames);
            }
        }
        if (state == State.OPEN) {
            read(rest, frames);
        }
        return frames;
    }

    /**
     * @param complete null if it was invalid
     */
    private void headEnds(@Nullable HttpHead complete, List<Frame> frames) {
        Failure refusal;
        if (handshake != null) {
            refusal = complete == null ? WebSocketHandshake.notAWebSocket() : handshake.refusal(complete);
        } else {
            byte[] answer = WebSocketHandshake.answer(complete);
            frames.add(new Frame.Handshake(answer));
            refusal = WebSocketHandshake.opens(answer) ? null : WebSocketHandshake.notAWebSocket();
        }
        state = refusal == null ? State.OPEN : State.CLOSED;
        frames.add(refusal == null ? new Frame.Ready() : new Frame.Closed(refusal));
    }

    private void read(ByteBuffer bytes, List<Frame> frames) {
        while (closing == null && (bytes.hasRemaining() || missing == 0)) {
            if (missing < 0) {
                readHead(bytes, frames);
            } else {
                readPayload(bytes);
                if (missing == 0) {
                    frameEnds(frames);
                }
            }
        }
        byte[] ping = unansweredPing;
        unansweredPing = null;
        if (ping != null && closing == null) {
            frames.add(new Frame.Ping(encode(WebSocketFrame.PONG, ping)));
        }
        if (closing != null || messageOpcode == WebSocketFrame.CONTINUATION) {
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

    private void readHead(ByteBuffer bytes, List<Frame> frames) {
        int count = Math.min(bytes.remaining(), headWanted - headLength);
        bytes.get(head, headLength, count);
        headLength += count;
        if (headLength < headWanted) {
            return;
        }
        if (headLength == 2) {
            WebSocketClose wrong = wrongStart();
            if (wrong != null) {
                fail(wrong, frames);
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
            fail(WebSocketClose.PROTOCOL_ERROR, frames);
        } else if (!isControl() && length > limit - messageLength) {
            fail(WebSocketClose.TOO_BIG, frames);
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

    private void frameEnds(List<Frame> frames) {
        int opcode = opcode();
        boolean last = isLast();
        missing = -1;
        headLength = 0;
        headWanted = 2;
        if (opcode >= WebSocketFrame.CLOSE) {
            int length = controlLength;
            controlLength = 0;
            controlEnds(opcode, length, frames);
        } else if (last) {
            int length = messageLength;
            boolean text = messageOpcode == WebSocketFrame.TEXT;
            messageLength = 0;
            messageOpcode = WebSocketFrame.CONTINUATION;
            if (text && !Utf8.isValid(message, 0, length)) {
                fail(WebSocketClose.INVALID_DATA, frames);
            } else {
                messageEnds(length, frames);
            }
        }
    }

    private void messageEnds(int length, List<Frame> frames) {
        if (!isLineBreaks(length)) {
            frames.add(new Frame.Message(message, 0, length));
            message = NOTHING;
        } else if (length == 2 * LINE_BREAK.length) {
            // The keep-alive of a browser, which cannot send Ping frames (RFC 7118 §6).
            frames.add(new Frame.Ping(frame(LINE_BREAK)));
        }
    }

    private boolean isLineBreaks(int length) {
        for (int i = 0; i < length; i++) {
            if (message[i] != LINE_BREAK[i & 1]) {
                return false;
            }
        }
        return length > 0;
    }

    private void controlEnds(int opcode, int length, List<Frame> frames) {
        switch (opcode) {
            case WebSocketFrame.PING -> unansweredPing = Arrays.copyOf(control, length);
            case WebSocketFrame.PONG -> frames.add(new Frame.Pong());
            default -> closeEnds(length, frames);
        }
    }

    /** §5.5.1: a code and a text, or nothing. */
    private void closeEnds(int length, List<Frame> frames) {
        if (length == 0) {
            closing = NOTHING;
            frames.add(new Frame.Closed(WebSocketClose.meaning(WebSocketClose.NO_CODE)));
            return;
        }
        int code = length == 1 ? 0 : ByteBuffer.wrap(control).getShort(0) & 0xffff;
        if (!WebSocketClose.mayBeSent(code)) {
            fail(WebSocketClose.PROTOCOL_ERROR, frames);
        } else if (!Utf8.isValid(control, 2, length - 2)) {
            fail(WebSocketClose.INVALID_DATA, frames);
        } else {
            closing = Arrays.copyOf(control, 2);
            frames.add(new Frame.Closed(WebSocketClose.meaning(code)));
        }
    }

    private void fail(WebSocketClose why, List<Frame> frames) {
        closing = WebSocketFrame.closing(why);
        frames.add(new Frame.Broken(new Failure.ProtocolViolation("websocket frame"), null));
    }
}
