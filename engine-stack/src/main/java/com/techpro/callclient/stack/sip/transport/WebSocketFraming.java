// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.MessageLimits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * SIP in WebSocket messages, one in each (RFC 7118 §5), for either side.
 *
 * <pre>
 * HANDSHAKING --101 that §4.1 of RFC 6455 accepts (client), good request (server)--> OPEN
 * HANDSHAKING --anything else--> CLOSED
 * OPEN --Close from either side, forbidden frame--> CLOSED
 * </pre>
 */
final class WebSocketFraming implements MessageFraming, WebSocketFrameReader.Sink {
    private enum State {
        HANDSHAKING,
        OPEN,
        CLOSED
    }

    private static final byte[] EMPTY = new byte[0];
    private static final byte[] LINE_BREAK = {'\r', '\n'};

    private final Events events;
    private final @Nullable WebSocketHandshake handshake;
    private final @Nullable Random masks;
    private final WebSocketFrameReader reader;
    /** Null once the head is complete. */
    private HttpHead.@Nullable Collector head = new HttpHead.Collector();

    private State state = State.HANDSHAKING;
    /** The last of several pings received at once; only that one is answered (RFC 6455 §5.5.3). */
    private byte @Nullable [] unansweredPing;

    private WebSocketFraming(Events events, @Nullable WebSocketHandshake handshake, @Nullable Random masks) {
        this.events = events;
        this.handshake = handshake;
        this.masks = masks;
        this.reader = new WebSocketFrameReader(masks == null, MessageLimits.DEFAULT.message());
    }

    /** @param masks unpredictable (RFC 6455 §10.3) */
    static WebSocketFraming client(Events events, WebSocketHandshake handshake, Random masks) {
        return new WebSocketFraming(events, handshake, masks);
    }

    static WebSocketFraming server(Events events) {
        return new WebSocketFraming(events, null, null);
    }

    @Override
    public void start() {
        if (handshake != null) {
            events.write(handshake.request());
        }
    }

    @Override
    public void received(ByteBuffer bytes) {
        HttpHead.Collector collector = head;
        if (collector != null) {
            HttpHead complete = collector.feed(bytes);
            if (complete != null || collector.hasFailed()) {
                head = null;
                headEnds(complete);
            }
        }
        if (state == State.OPEN) {
            reader.feed(bytes, this);
            answerPing();
        }
    }

    /**
     * @param complete null if it was invalid
     */
    private void headEnds(@Nullable HttpHead complete) {
        Failure refusal;
        if (handshake != null) {
            refusal = complete == null ? WebSocketHandshake.notAWebSocket() : handshake.refusal(complete);
        } else {
            byte[] answer = WebSocketHandshake.answer(complete);
            events.write(answer);
            refusal = WebSocketHandshake.opens(answer) ? null : WebSocketHandshake.notAWebSocket();
        }
        if (refusal == null) {
            state = State.OPEN;
            events.ready();
        } else {
            state = State.CLOSED;
            events.over(refusal);
        }
    }

    @Override
    public boolean isWithinMessage() {
        return reader.isWithin();
    }

    @Override
    public boolean survivesOtherText() {
        return true;
    }

    /** Sends a text message, as browsers do, unless the message is not UTF-8. */
    @Override
    public void send(byte[] message) {
        boolean text = Utf8.isValid(message, 0, message.length);
        sendFrame(text ? WebSocketFrame.TEXT : WebSocketFrame.BINARY, message);
    }

    /** A peer must answer pings (RFC 6455 §5.5.2). */
    @Override
    public boolean keepAlive() {
        sendFrame(WebSocketFrame.PING, EMPTY);
        return true;
    }

    @Override
    public boolean answersKeepAlives() {
        return true;
    }

    @Override
    public void leave() {
        close(WebSocketClose.GOING_AWAY);
    }

    @Override
    public void close(@Nullable Failure why) {
        close(WebSocketClose.of(why));
    }

    private void close(WebSocketClose why) {
        sendFrame(WebSocketFrame.CLOSE, WebSocketFrame.closing(why));
        state = State.CLOSED;
    }

    private void sendFrame(int opcode, byte[] payload) {
        if (state == State.OPEN) {
            events.write(WebSocketFrame.encode(opcode, payload, masks));
        }
    }

    private void answerPing() {
        byte[] ping = unansweredPing;
        unansweredPing = null;
        if (ping != null && events.pinged()) {
            sendFrame(WebSocketFrame.PONG, ping);
        }
    }

    // Called by the reader. If it closes within a feed, the rest is ignored.

    @Override
    public void message(byte[] buffer, int offset, int length) {
        if (state != State.OPEN) {
            return;
        }
        if (!isLineBreaks(buffer, offset, length)) {
            events.message(buffer, offset, length);
        } else if (length == 2 * LINE_BREAK.length && events.pinged()) {
            // The keep-alive of a browser, which cannot send Ping frames (RFC 7118 §6).
            send(LINE_BREAK);
        }
    }

    private static boolean isLineBreaks(byte[] buffer, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[offset + i] != LINE_BREAK[i & 1]) {
                return false;
            }
        }
        return length > 0;
    }

    @Override
    public void ping(byte[] buffer, int length) {
        unansweredPing = Arrays.copyOf(buffer, length);
    }

    @Override
    public void pong() {
        if (state == State.OPEN) {
            events.ponged();
        }
    }

    @Override
    public void closed(int code) {
        if (state == State.OPEN) {
            byte[] echo = code == WebSocketClose.NO_CODE ? EMPTY : new byte[] {(byte) (code >> 8), (byte) code};
            sendFrame(WebSocketFrame.CLOSE, echo);
            state = State.CLOSED;
            events.over(WebSocketClose.meaning(code));
        }
    }

    @Override
    public void broken(WebSocketClose why) {
        if (state == State.OPEN) {
            close(why);
            events.forbiddenFrame();
            events.over(new Failure.ProtocolViolation("websocket frame"));
        }
    }
}
