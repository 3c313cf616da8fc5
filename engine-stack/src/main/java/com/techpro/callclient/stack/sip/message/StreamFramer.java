// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into messages by Content-Length (RFC 3261 §18.3) and recognises the keep-alives
 * between them (RFC 5626 §4.4.1). It holds at most one unfinished message, and nothing while the
 * stream is idle. Not thread-safe.
 *
 * <pre>
 * boundary --CRLFCRLF--> boundary (the peer's ping)
 * boundary --CRLF alone--> boundary (pong if one is awaited, else half a ping)
 * boundary --byte--> head --CRLFCRLF--> body --Content-Length bytes--> boundary
 * head, body --bound exceeded, no usable Content-Length--> broken
 * </pre>
 */
public final class StreamFramer {
    /** Receives what the framer finds, inside {@link #feed}. */
    public interface Sink {
        /** One complete message; the array is valid only until this returns. */
        void message(byte[] buffer, int offset, int length);

        /** CRLFCRLF between messages: the peer wants a CRLF back. */
        void ping();

        /** A single CRLF on its own, while one was {@linkplain #awaitPong awaited}. */
        void pong();

        /**
         * A single CRLF on its own that was not awaited: this peer's CRLFs say nothing about our
         * pings.
         */
        void unaskedLineBreak();

        /**
         * The stream cannot be parsed any further, and nothing more is delivered.
         *
         * @param offset the start of the faulty message; from there {@code length} bytes are its
         *     head, as far as known
         */
        void broken(Rejection reason, byte[] buffer, int offset, int length);
    }

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_SIZE = 2_048;

    private final int limit;
    private byte[] buffer = NOTHING;
    private int start;
    private int end;
    /** How far the head has been searched for its end. */
    private int searched;
    /** The length of the message at {@link #start}, or -1 while its head is incomplete. */
    private int wanted = -1;

    private boolean pongAwaited;
    /** Whether the last CRLF may be the first half of a ping. */
    private boolean halfPing;
    /** Whether the current input began between messages and has held none so far. */
    private boolean alone;

    private boolean broken;

    public StreamFramer() {
        this(MessageLimits.DEFAULT);
    }

    public StreamFramer(MessageLimits limits) {
        this.limit = limits.message();
    }

    /** A ping was sent: the next single CRLF on its own answers it. */
    public void awaitPong() {
        pongAwaited = true;
        halfPing = false;
    }

    /** Whether the last ping has not been answered. */
    public boolean isPongAwaited() {
        return pongAwaited;
    }

    /** The number of bytes held for an unfinished message. */
    public int buffered() {
        return end - start;
    }

    /** Processes all bytes. */
    public void feed(ByteBuffer bytes, Sink sink) {
        alone = wanted < 0 && searched <= start;
        while (bytes.hasRemaining() && !broken) {
            append(bytes);
            drain(sink);
        }
        ((Buffer) bytes).position(bytes.limit());
        if (start == end || broken) {
            buffer = NOTHING;
            start = 0;
            end = 0;
            searched = 0;
        }
    }

    /** Takes as many bytes as one message may have; a larger input takes several rounds. */
    private void append(ByteBuffer bytes) {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            searched = Math.max(0, searched - start);
            start = 0;
        }
        int count = Math.min(bytes.remaining(), limit + 1 - end);
        if (end + count > buffer.length) {
            int size = Math.max(FIRST_SIZE, Math.max(end + count, Math.min(limit + 1, buffer.length * 2)));
            buffer = Arrays.copyOf(buffer, size);
        }
        bytes.get(buffer, end, count);
        end += count;
    }

    private void drain(Sink sink) {
        while (!broken && start < end) {
            if (wanted < 0 && searched <= start && !skipLineBreaks(sink)) {
                return;
            }
            if (wanted < 0 && !readHead(sink)) {
                return;
            }
            if (end - start < wanted) {
                return;
            }
            int offset = start;
            int length = wanted;
            start += wanted;
            searched = start;
            wanted = -1;
            alone = false;
            halfPing = false;
            sink.message(buffer, offset, length);
        }
    }

    /** @return whether a message starts here */
    private boolean skipLineBreaks(Sink sink) {
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
            lineBreaks(count, start == end, sink);
        }
        if (start == end) {
            return false;
        }
        halfPing = false;
        searched = start;
        if (!Grammar.isTokenChar((char) (buffer[start] & 0xff))) {
            // For example a TLS greeting: without this, both sides would wait for each other.
            fail(Rejection.NOT_SIP, sink, end - start);
            return false;
        }
        return true;
    }

    /**
     * RFC 5626 §3.5.1: two line breaks are the peer's ping, whatever is awaited; a single one is
     * the pong. One before or after a message is neither: RFC 3261 §7.5 allows it there.
     */
    private void lineBreaks(int count, boolean nothingFollows, Sink sink) {
        int breaks = count;
        boolean single = count % 2 == 1 && alone && nothingFollows;
        if (single && pongAwaited) {
            pongAwaited = false;
            sink.pong();
            breaks--;
            // A ping cut in two looks the same; its second half will tell.
            halfPing = breaks == 0;
        } else if (single) {
            sink.unaskedLineBreak();
            breaks += halfPing ? 1 : 0;
            halfPing = breaks % 2 == 1;
        } else {
            halfPing = false;
        }
        for (int i = 0; i < breaks / 2; i++) {
            sink.ping();
        }
    }

    private boolean readHead(Sink sink) {
        int headEnd = -1;
        for (int i = Math.max(start, searched - 3); i + 3 < end; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                headEnd = i + 4;
                break;
            }
        }
        if (headEnd < 0) {
            searched = end;
            if (end - start > limit) {
                fail(Rejection.TOO_LARGE, sink, end - start);
            }
            return false;
        }
        long bodyLength = contentLength(headEnd);
        if (bodyLength < 0) {
            fail(Rejection.CONTENT_LENGTH, sink, headEnd - start);
            return false;
        }
        if (headEnd - start + bodyLength > limit) {
            fail(Rejection.TOO_LARGE, sink, headEnd - start);
            return false;
        }
        wanted = headEnd - start + (int) bodyLength;
        return true;
    }

    private void fail(Rejection reason, Sink sink, int length) {
        broken = true;
        sink.broken(reason, buffer, start, length);
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
