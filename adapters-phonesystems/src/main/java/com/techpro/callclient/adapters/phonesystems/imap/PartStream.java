// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/**
 * A part of a message, fetched in pieces as it is read, so that a slow reader delays no other use
 * of the mailbox. The first piece is small, because the listener waits for it.
 */
final class PartStream extends InputStream {
    static final int FIRST = 16 << 10;
    static final int NEXT = 64 << 10;

    /** The most encoded bytes: half an hour of the largest playable format in Base64. */
    static final long LONGEST = 48 << 20;

    private final Pieces pieces;
    private final long most;
    private byte[] piece;
    private int at;
    private long offset;
    private boolean last;
    private volatile boolean closed;

    /** The source of the pieces. */
    interface Pieces {
        /** @return fewer bytes than requested at the end */
        byte[] fetch(long offset, int length) throws VoicemailException;
    }

    /**
     * @param first the first {@link #FIRST} bytes, or fewer
     * @param declared the server's length, or -1; the part may be slightly longer, because servers
     *     count line ends differently
     */
    PartStream(byte[] first, long declared, Pieces pieces) {
        this.pieces = pieces;
        this.most = declared < 0 ? LONGEST : Math.min(LONGEST, declared + declared / 8 + NEXT);
        this.piece = first;
        this.offset = first.length;
        this.last = first.length < FIRST;
    }

    /** Returns the part's decoded content (RFC 2045 §6.1). */
    static InputStream decoded(MimePart part, InputStream encoded) throws VoicemailException {
        return switch (part.encoding()) {
            case "base64" -> Base64.getMimeDecoder().wrap(encoded);
            case "7bit", "8bit", "binary" -> encoded;
            default -> {
                try {
                    yield new Decoder(MimeUtility.decode(encoded, part.encoding()));
                } catch (MessagingException | RuntimeException e) {
                    throw new VoicemailException(Reason.PROTOCOL, "an encoding that nobody knows", e);
                }
            }
        };
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(most, piece.length - at);
        System.arraycopy(piece, at, to, from, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return piece.length - at;
    }

    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("this stream was closed");
        }
        while (at == piece.length && !last) {
            if (offset >= most) {
                // Line breaks decode to nothing, so the reader would never reach an end.
                throw new VoicemailException(Reason.PROTOCOL, "a part is longer than the server said, or than is kept");
            }
            piece = pieces.fetch(offset, NEXT);
            at = 0;
            offset += piece.length;
            last = piece.length < NEXT;
        }
        return at < piece.length;
    }

    @Override
    public void close() {
        closed = true;
    }

    /**
     * Wraps the mail library's decoders, which throw unchecked exceptions on bytes outside their
     * encoding.
     */
    private static final class Decoder extends FilterInputStream {
        Decoder(InputStream library) {
            super(library);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (RuntimeException e) {
                throw new IOException("a part is not of its encoding", e);
            }
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            try {
                return in.read(to, from, most);
            } catch (RuntimeException e) {
                throw new IOException("a part is not of its encoding", e);
            }
        }
    }
}
