// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Limits what the mail library receives, because the library keeps everything. It bounds each line,
 * each literal (RFC 3501 §4.3), and a command's whole answer in bytes, number and time. If the
 * connection is quiet for long, it calls {@link Quiet} once.
 */
final class ResponseGuard extends FilterInputStream {
    /**
     * In bytes. A message with thousands of parts has a long structure; nothing valid is longer.
     */
    static final int LONGEST_LINE = 1 << 20;

    /** In bytes: the largest piece that is requested, and a margin. */
    static final int LARGEST_LITERAL = 256 << 10;

    /**
     * The most responses and elements in a command's whole answer. Each becomes objects many times
     * its length on the wire.
     */
    private static final int MOST_ELEMENTS = 300_000;

    private static final int ELEMENTS_OF_A_RESPONSE = 10;

    private long budget = LONGEST_LINE;
    private int elementsLeft = MOST_ELEMENTS;
    private boolean exceeded;
    private @Nullable TimeBudget deadline;
    private @Nullable Quiet quiet;
    private int line;
    private int literalLeft;
    private boolean carriageReturn;
    private Brace brace = Brace.NONE;
    private int length;

    /** The progress within the {@code {123}} at a line's end, which announces a literal. */
    private enum Brace {
        NONE,
        NUMBER,
        CLOSED,
        CLOSED_AND_RETURN
    }

    /** Called when nothing has arrived within the socket's time-out. */
    interface Quiet {
        /** Returns if reading may continue. */
        void over() throws IOException;
    }

    ResponseGuard(InputStream in) {
        super(in);
    }

    /** Sets the limits for the answers to one command. */
    void allow(long bytes, TimeBudget until) {
        budget = bytes;
        elementsLeft = MOST_ELEMENTS;
        deadline = until;
        quiet = null;
    }

    /** Counts the strings, atoms and lists of a response that was read. */
    void spend(int elements) throws IOException {
        elementsLeft -= ELEMENTS_OF_A_RESPONSE + elements;
        if (elementsLeft < 0) {
            throw tooMuch();
        }
    }

    /** Whether a limit was exceeded. Then that is the failure, whatever followed from it. */
    boolean exceeded() {
        return exceeded;
    }

    private IOException tooMuch() {
        exceeded = true;
        return new IOException("the server answers more than can be kept");
    }

    /**
     * Calls {@code then} once, if nothing arrives within the socket's time-out. The next
     * {@link #allow} ends this.
     */
    void wait(long bytes, Quiet then) {
        budget = bytes;
        elementsLeft = MOST_ELEMENTS;
        deadline = null;
        quiet = then;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int most) throws IOException {
        TimeBudget until = deadline;
        if (until != null && until.passed()) {
            throw new InterruptedIOException("the server takes too long");
        }
        int count = readOrAsk(to, offset, most);
        budget -= Math.max(0, count);
        if (budget < 0) {
            throw tooMuch();
        }
        for (int i = offset; i < offset + count; i++) {
            inspect(to[i]);
        }
        return count;
    }

    private int readOrAsk(byte[] to, int offset, int most) throws IOException {
        try {
            return in.read(to, offset, most);
        } catch (InterruptedIOException e) {
            Quiet asked = quiet;
            if (asked == null) {
                throw e;
            }
            quiet = null;
            asked.over();
            return in.read(to, offset, most);
        }
    }

    private void inspect(byte value) throws IOException {
        boolean announced = value == '\n' && brace == Brace.CLOSED_AND_RETURN;
        boolean ends = value == '\n' && carriageReturn;
        // Also within a literal, because the library looks back across its end.
        brace = next(value);
        carriageReturn = value == '\r';
        if (literalLeft > 0) {
            literalLeft--;
            return;
        }
        line++;
        if (line > LONGEST_LINE) {
            throw new IOException("the server sends a line without an end");
        }
        if (announced && length > LARGEST_LITERAL) {
            throw new IOException("the server sends more than was asked for");
        }
        if (announced) {
            literalLeft = length;
        }
        if (ends) {
            line = 0;
        }
    }

    private Brace next(byte value) {
        if (value == '{') {
            length = 0;
            return Brace.NUMBER;
        }
        if (brace == Brace.NUMBER && value >= '0' && value <= '9') {
            // A length that is too large must stay too large.
            length = Math.min(length, Integer.MAX_VALUE / 16) * 10 + (value - '0');
            return Brace.NUMBER;
        }
        if (brace == Brace.NUMBER && value == '}') {
            return Brace.CLOSED;
        }
        return brace == Brace.CLOSED && value == '\r' ? Brace.CLOSED_AND_RETURN : Brace.NONE;
    }
}
