// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.Rejection;
import com.techpro.callclient.stack.sip.message.StreamFramer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * SIP over TCP and TLS: consecutive messages, with CRLFs between them as keep-alives (RFC 5626
 * §4.4.1).
 */
final class ContentLengthFraming implements MessageFraming, StreamFramer.Sink {
    private static final byte[] PING = {'\r', '\n', '\r', '\n'};
    private static final byte[] PONG = {'\r', '\n'};
    /** A later CRLF may still be an answer, but does not show that this peer answers. */
    private static final Duration PROMPT = Duration.ofSeconds(2);

    private final StreamFramer framer = new StreamFramer();
    private final Events events;
    private final LongSupplier nanoTime;
    private final Duration longestPong;
    private long pingedAt;
    /**
     * Whether silence after a ping means that the peer is gone: only if it answered the last ping.
     */
    private boolean peerAnswersPings;
    /** Whether the peer sends single CRLFs unasked, so that they are no answers. */
    private boolean pongsMeanNothing;

    /**
     * @param longestPong the time after which a CRLF no longer answers a ping
     */
    ContentLengthFraming(Events events, LongSupplier nanoTime, Duration longestPong) {
        this.events = events;
        this.nanoTime = nanoTime;
        this.longestPong = longestPong;
    }

    @Override
    public void start() {
        events.ready();
    }

    @Override
    public void received(ByteBuffer bytes) {
        framer.feed(bytes, this);
    }

    @Override
    public boolean isWithinMessage() {
        return framer.buffered() > 0;
    }

    @Override
    public boolean survivesOtherText() {
        return false;
    }

    @Override
    public void send(byte[] message) {
        events.write(message);
    }

    @Override
    public boolean keepAlive() {
        if (framer.isPongAwaited()) {
            // The last ping was not answered, but the connection is still open: the peer sent
            // something else, and no longer answers pings.
            peerAnswersPings = false;
        }
        framer.awaitPong();
        pingedAt = nanoTime.getAsLong();
        events.write(PING);
        return peerAnswersPings;
    }

    @Override
    public boolean answersKeepAlives() {
        return peerAnswersPings;
    }

    @Override
    public void leave() {}

    @Override
    public void close(@Nullable Failure why) {}

    // Called by the framer.

    @Override
    public void message(byte[] buffer, int offset, int length) {
        events.message(buffer, offset, length);
    }

    @Override
    public void ping() {
        if (events.pinged()) {
            events.write(PONG);
        }
    }

    @Override
    public void pong() {
        long waited = nanoTime.getAsLong() - pingedAt;
        if (waited > longestPong.toNanos()) {
            unaskedLineBreak();
        } else if (waited <= PROMPT.toNanos()) {
            peerAnswersPings = !pongsMeanNothing;
        }
        events.ponged();
    }

    @Override
    public void unaskedLineBreak() {
        pongsMeanNothing = true;
        peerAnswersPings = false;
    }

    @Override
    public void broken(Rejection reason, byte[] buffer, int offset, int length) {
        if (reason == Rejection.CONTENT_LENGTH) {
            events.unreadable(buffer, offset, length);
        }
        events.over(new Failure.ProtocolViolation("stream framing"));
    }
}
