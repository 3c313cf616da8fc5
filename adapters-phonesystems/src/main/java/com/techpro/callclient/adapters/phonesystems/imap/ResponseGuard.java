// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the network and the mail library, which keeps whatever it is sent. Bounds each line, each literal (RFC 3501 §4.3), and all
 * that one command may be answered, in bytes, in number and in time. Where the connection is quiet for long it asks what to do, once.
 */
final class ResponseGuard extends FilterInputStream {
    /** The structure of a message with thousands of parts is long; nothing sensible is longer. */
    static final int LONGEST_LINE = 1 << 20;

    /** The largest piece that is ever asked for, and some more. */
    static final int LARGEST_LITERAL = 256 << 10;

    /**
     * Responses and what they are made of, in all that one command is answered: each becomes objects many times its length on the wire.
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

    /** How far the {@code {123}} at the end of a line has come, which announces a literal. */
    private enum Brace {
        NONE,
        NUMBER,
        CLOSED,
        CLOSED_AND_RETURN
    }

    /** What to do when nothing has come for as long as the socket waits. */
    interface Quiet {
        /** After it one may go on reading. */
        void over() throws IOException;
    }

    ResponseGuard(InputStream in) {
        super(in);
    }

    /** For the answers to one command. */
    void allow(long bytes, TimeBudget until) {
        budget = bytes;
        elementsLeft = MOST_ELEMENTS;
        deadline = until;
        quiet = null;
    }

    /** A response was read, which has so many strings, atoms and lists. */
    void spend(int elements) throws IOException {
        elementsLeft -= ELEMENTS_OF_A_RESPONSE + elements;
        if (elementsLeft < 0) {
            throw tooMuch();
        }
    }

    /** Whether there was more than can be kept: then this is what is wrong, whatever came of it. */
    boolean exceeded() {
        return exceeded;
    }

    private IOException tooMuch() {
        exceeded = true;
        return new IOException("the server answers more than can be kept");
    }

    /** Until the next {@link #allow}: waits for as long as the socket does, then calls. */
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
        // Also in a literal, as the library looks back across its end.
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
            // What is too large stays too large.
            length = Math.min(length, Integer.MAX_VALUE / 16) * 10 + (value - '0');
            return Brace.NUMBER;
        }
        if (brace == Brace.NUMBER && value == '}') {
            return Brace.CLOSED;
        }
        return brace == Brace.CLOSED && value == '\r' ? Brace.CLOSED_AND_RETURN : Brace.NONE;
    }
}
