// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.Grammar;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * SIP over TCP and TLS: splits a stream into messages by Content-Length (RFC 3261 §18.3), with
 * CRLFs between them as keep-alives (RFC 5626 §4.4.1). It holds at most one unfinished message, and
 * nothing while the stream is idle. Not thread-safe.
 *
 * <pre>
 * boundary --CRLFCRLF--> boundary (the peer's ping)
 * boundary --CRLF alone--> boundary (pong if one is awaited, else half a ping)
 * boundary --byte--> head --CRLFCRLF--> body --Content-Length bytes--> boundary
 * head, body --bound exceeded, no usable Content-Length--> broken
 * </pre>
 */
final class StreamFramer implements Framer {
    private static final byte[] PING = {'\r', '\n', '\r', '\n'};
    private static final Frame.Ping PINGED = new Frame.Ping(new byte[] {'\r', '\n'});
    /** A later CRLF may still be an answer, but does not show that this peer answers. */
    private static final Duration PROMPT = Duration.ofSeconds(2);

    private static final int FIRST_SIZE = 2_048;

    private final LongSupplier nanoTime;
    private final Duration longestPong;
    private final int limit;
    /** Bytes before {@link #start} belong to frames that were returned, and are not overwritten. */
    private byte[] buffer = NOTHING;

    private int start;
    private int end;
    /** How far the head has been searched for its end. */
    private int searched;
    /** The length of the message at {@link #start}, or -1 while its head is incomplete. */
    private int wanted = -1;

    private boolean pongAwaited;
    private long pingedAt;
    /** Whether the peer answered the last ping. */
    private boolean peerAnswersPings;
    /** Whether the peer sends single CRLFs unasked, so that they are no answers. */
    private boolean pongsMeanNothing;
    /** Whether the last CRLF may be the first half of a ping. */
    private boolean halfPing;
    /** Whether the current input began between messages and has held none so far. */
    private boolean alone;

    private boolean broken;

    /**
     * @param longestPong the time after which a CRLF no longer answers a ping
     * @param limit bytes of a message
     */
    StreamFramer(LongSupplier nanoTime, Duration longestPong, int limit) {
        this.nanoTime = nanoTime;
        this.longestPong = longestPong;
        this.limit = limit;
    }

    @Override
    public List<Frame> start() {
        return List.of(new Frame.Ready());
    }

    @Override
    public boolean isWithinMessage() {
        return start < end;
    }

    @Override
    public boolean survivesOtherText() {
        return false;
    }

    @Override
    public byte[] frame(byte[] message) {
        return message;
    }

    @Override
    public byte[] ping() {
        if (pongAwaited) {
            // The last ping was not answered, but the connection is still open: the peer sent
            // something else, and no longer answers pings.
            peerAnswersPings = false;
        }
        pongAwaited = true;
        halfPing = false;
        pingedAt = nanoTime.getAsLong();
        return PING;
    }

    @Override
    public boolean answersPings() {
        return peerAnswersPings;
    }

    @Override
    public List<Frame> cut(byte[] bytes) {
        if (broken) {
            return List.of();
        }
        alone = wanted < 0 && searched <= start;
        append(bytes);
        List<Frame> frames = new ArrayList<>(1);
        while (start < end && nextFrame(frames)) {}
        int held = broken ? 0 : end - start;
        if (held == 0) {
            buffer = NOTHING;
            start = 0;
            end = 0;
            searched = 0;
        } else if (start > 0 || buffer == bytes) {
            moveInto(new byte[Math.max(FIRST_SIZE, held)]);
        }
        return frames;
    }

    /** Without a rest of earlier bytes, cuts the new ones where they are. */
    private void append(byte[] bytes) {
        if (end == 0) {
            buffer = bytes;
        } else {
            if (bytes.length > buffer.length - end) {
                moveInto(new byte[Math.max(end + bytes.length, Math.min(limit + 1, buffer.length * 2))]);
            }
            System.arraycopy(bytes, 0, buffer, end, bytes.length);
        }
        end += bytes.length;
    }

    private void moveInto(byte[] larger) {
        System.arraycopy(buffer, start, larger, 0, end - start);
        buffer = larger;
        searched = Math.max(0, searched - start);
        end -= start;
        start = 0;
    }

    /**
     * @return whether there may be more
     */
    private boolean nextFrame(List<Frame> frames) {
        if (wanted < 0 && searched <= start && !skipLineBreaks(frames)) {
            return false;
        }
        if (wanted < 0 && !readHead(frames)) {
            return false;
        }
        if (end - start < wanted) {
            return false;
        }
        frames.add(new Frame.Message(buffer, start, wanted));
        start += wanted;
        searched = start;
        wanted = -1;
        alone = false;
        halfPing = false;
        return true;
    }

    /** @return whether a message starts here */
    private boolean skipLineBreaks(List<Frame> frames) {
        int after = start;
        while (end - after >= 2 && buffer[after] == '\r' && buffer[after + 1] == '\n') {
            after += 2;
        }
        if (end - after == 1 && buffer[after] == '\r') {
            return false; // the next byte tells how many there are
        }
        int count = (after - start) / 2;
        start = after;
        if (count > 0) {
            lineBreaks(count, start == end, frames);
        }
        if (start == end) {
            return false;
        }
        halfPing = false;
        searched = start;
        if (!Grammar.isTokenChar((char) (buffer[start] & 0xff))) {
            // For example a TLS greeting: without this, both sides would wait for each other.
            fail(null, frames);
            return false;
        }
        return true;
    }

    /**
     * RFC 5626 §3.5.1: two line breaks are the peer's ping, whatever is awaited; a single one is
     * the pong. One before or after a message is neither: RFC 3261 §7.5 allows it there.
     */
    private void lineBreaks(int count, boolean nothingFollows, List<Frame> frames) {
        int breaks = count;
        boolean single = count % 2 == 1 && alone && nothingFollows;
        if (single && pongAwaited) {
            pongAwaited = false;
            answered();
            frames.add(new Frame.Pong());
            breaks--;
            // A ping cut in two looks the same; its second half will tell.
            halfPing = breaks == 0;
        } else if (single) {
            unaskedLineBreak();
            breaks += halfPing ? 1 : 0;
            halfPing = breaks % 2 == 1;
        } else {
            halfPing = false;
        }
        for (int i = 0; i < breaks / 2; i++) {
            frames.add(PINGED);
        }
    }

    private void answered() {
        long waited = nanoTime.getAsLong() - pingedAt;
        if (waited > longestPong.toNanos()) {
            unaskedLineBreak();
        } else if (waited <= PROMPT.toNanos()) {
            peerAnswersPings = !pongsMeanNothing;
        }
    }

    /** This peer's CRLFs say nothing about our pings. */
    private void unaskedLineBreak() {
        pongsMeanNothing = true;
        peerAnswersPings = false;
    }

    private boolean readHead(List<Frame> frames) {
        int headEnd = -1;
        for (int i = Math.max(start, searched - 3); i + 3 < end; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                headEnd = i + 4;
                break;
            }
        }
        if ((headEnd < 0 ? end : headEnd) - start > limit) {
            fail(null, frames);
            return false;
        }
        if (headEnd < 0) {
            searched = end;
            return false;
        }
        long bodyLength = contentLength(headEnd);
        if (bodyLength < 0) {
            fail(new Frame.Message(buffer, start, headEnd - start), frames);
            return false;
        }
        if (headEnd - start + bodyLength > limit) {
            fail(null, frames);
            return false;
        }
        wanted = headEnd - start + (int) bodyLength;
        return true;
    }

    private void fail(Frame.@Nullable Message head, List<Frame> frames) {
        broken = true;
        frames.add(new Frame.Broken(new Failure.ProtocolViolation("stream framing"), head));
    }

    /**
     * Returns the only Content-Length of the head; -1 if there is none, more than one, or no number
     * within limits.
     */
    private long contentLength(int headEnd) {
        long length = -1;
        int line = start;
        while (line < headEnd - 2) {
            int next = nextLine(line, headEnd);
            String value = contentLengthValue(line, next);
            if (value != null) {
                long claimed = Grammar.number(value, limit);
                if (length >= 0 || claimed < 0) {
                    return -1;
                }
                length = claimed;
            }
            line = next;
        }
        return length;
    }

    /** Returns the start of the next header, after any folds. */
    private int nextLine(int from, int headEnd) {
        for (int i = from; i + 2 < headEnd; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] != ' ' && buffer[i + 2] != '\t') {
                return i + 2;
            }
        }
        return headEnd;
    }

    private @Nullable String contentLengthValue(int from, int to) {
        if (buffer[from] != 'l' && buffer[from] != 'L' && buffer[from] != 'c' && buffer[from] != 'C') {
            return null;
        }
        int colon = from;
        while (colon < to && buffer[colon] != ':') {
            colon++;
        }
        String name = new String(buffer, from, colon - from, StandardCharsets.ISO_8859_1)
                .trim()
                .toLowerCase(Locale.ROOT);
        if (colon == to || !(name.equals("l") || name.equals("content-length"))) {
            return null;
        }
        return new String(buffer, colon + 1, to - colon - 1, StandardCharsets.ISO_8859_1).trim();
    }
}
