// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtls;

import com.techpro.callclient.engine.internal.jdk.Coroutine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * BouncyCastle's handshake, which waits for datagrams in the middle, as the body of a {@link Coroutine}. An input is a datagram, or {@link #OVERDUE}. What it
 * sends and how it ends is read by whoever resumed it, between its turns.
 */
final class HandshakeCode implements DatagramTransport, Coroutine.Body<byte[]> {
    /** In place of a datagram: none came in time. */
    static final byte[] OVERDUE = {};

    /** Longer datagrams are none of a handshake's that we can have. */
    static final int LONGEST_RECEIVED = 2048;

    /** What passes every network (RFC 8200 §5's 1280, less IPv6 and UDP headers). */
    private static final int LONGEST_SENT = 1232;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int RECORD_HEADER = 13;

    private final DtlsRole role;
    private final SrtpNegotiation negotiation;
    private final SecureRandom random;
    private final List<byte[]> sent = new ArrayList<>();
    private final RetransmissionFilter filter = new RetransmissionFilter();
    /** What BouncyCastle has not been given yet. It is given a record at a time, so that it is known what it answers. */
    private ByteBuffer unread = NOTHING;

    private @Nullable Coroutine<byte[]> self;
    private byte @Nullable [] late;
    private @Nullable DTLSTransport done;
    private @Nullable DtlsFailure failure;

    HandshakeCode(DtlsRole role, SrtpNegotiation negotiation, SecureRandom random) {
        this.role = role;
        this.negotiation = negotiation;
        this.random = random;
    }

    @Override
    public void run(Coroutine<byte[]> coroutine) {
        self = coroutine;
        BcTlsCrypto crypto = new BcTlsCrypto(random);
        try {
            done = role == DtlsRole.CLIENT
                    ? new DTLSClientProtocol().connect(new DtlsClientEnd(crypto, negotiation), this)
                    : new DTLSServerProtocol().accept(new DtlsServerEnd(crypto, negotiation), this);
        } catch (TlsFatalAlertReceived e) {
            failure = DtlsFailure.REFUSED;
        } catch (IOException | RuntimeException e) {
            DtlsFailure ours = negotiation.failure();
            failure = ours == null ? DtlsFailure.PROTOCOL : ours;
        } finally {
            self = null;
        }
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        Coroutine<byte[]> coroutine = self;
        if (coroutine == null) {
            byte[] given = late;
            late = null;
            return given == null ? -1 : copy(given, buffer, offset, length);
        }
        if (!unread.hasRemaining()) {
            byte[] next = await(coroutine);
            if (next == OVERDUE) {
                filter.nothingCame();
                coroutine.letClockPass(waitMillis);
                return -1;
            }
            unread = ByteBuffer.wrap(next);
            if (next[0] == ContentType.change_cipher_spec && !filter.hasCiphersChanged()) {
                // As on every real network: so that virtual time has the flight that is kept back here
                coroutine.letClockPass(waitMillis);
            }
        }
        byte[] record = new byte[RECORD_HEADER + (unread.getShort(unread.position() + RECORD_HEADER - 2) & 0xFFFF)];
        unread.get(record);
        filter.given(record);
        return copy(record, buffer, offset, length);
    }

    private static byte[] await(Coroutine<byte[]> coroutine) throws IOException {
        try {
            return coroutine.await();
        } catch (CancellationException e) {
            throw new InterruptedIOException("given up");
        }
    }

    private static int copy(byte[] datagram, byte[] buffer, int offset, int length) {
        int taken = Math.min(datagram.length, length);
        System.arraycopy(datagram, 0, buffer, offset, taken);
        return taken;
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] record = new byte[length];
        System.arraycopy(buffer, offset, record, 0, length);
        if (filter.takes(record)) {
            sent.add(record);
        }
    }

    /**
     * For a datagram that comes when the handshake is done: our last flight may have been lost, and is sent again if theirs is repeated (RFC 6347 §4.2.4).
     * What else the datagram holds is not heeded.
     */
    void answerLate(byte[] datagram) {
        DTLSTransport transport = done;
        if (transport == null) {
            return;
        }
        late = datagram;
        filter.nothingCame();
        byte[] nowhere = new byte[LONGEST_RECEIVED];
        try {
            transport.receive(nowhere, 0, nowhere.length, 1);
            // It stops between two records of a datagram if its clock says so.
            transport.receivePending(nowhere, 0, nowhere.length);
        } catch (IOException | RuntimeException e) {
            // Its alert is among what is sent; the keys are taken already, and signalling says when the call ends.
            done = null;
        }
    }

    /** Takes what was sent since the last time: as many records in a datagram as it holds, so that a flight is lost as a whole or not at all (RFC 6347 §4.1.1). */
    List<byte[]> takeSent() {
        List<byte[]> datagrams = new ArrayList<>();
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        for (byte[] sending : sent) {
            if (datagram.size() + sending.length > LONGEST_SENT && datagram.size() > 0) {
                datagrams.add(datagram.toByteArray());
                datagram.reset();
            }
            datagram.write(sending, 0, sending.length);
        }
        if (datagram.size() > 0) {
            datagrams.add(datagram.toByteArray());
        }
        sent.clear();
        return datagrams;
    }

    /** How it failed; null once it is done. */
    @Nullable
    DtlsFailure failure() {
        return done == null && failure == null ? DtlsFailure.PROTOCOL : failure;
    }

    @Override
    public int getReceiveLimit() {
        return LONGEST_RECEIVED;
    }

    @Override
    public int getSendLimit() {
        return LONGEST_SENT;
    }

    @Override
    public void close() {}
}
