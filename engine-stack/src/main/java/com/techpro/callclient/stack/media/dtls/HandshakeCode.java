// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.stack.jdk.Coroutine;
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
 * Runs BouncyCastle's handshake, which blocks for datagrams, as the body of a {@link Coroutine}.
 * Its input is a datagram, or {@link #OVERDUE}. The caller reads the datagrams to send, and the
 * result, between two resumptions.
 */
final class HandshakeCode implements DatagramTransport, Coroutine.Body<byte[]> {
    /** Input if no datagram came in time. */
    static final byte[] OVERDUE = {};

    /** Longer datagrams cannot belong to one of our handshakes. */
    static final int LONGEST_RECEIVED = 2048;

    /** Fits every network (the 1280 of RFC 8200 §5, less IPv6 and UDP headers). */
    private static final int LONGEST_SENT = 1232;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int RECORD_HEADER = 13;

    private final DtlsRole role;
    private final SrtpNegotiation negotiation;
    private final SecureRandom random;
    private final List<byte[]> sent = new ArrayList<>();
    private final RetransmissionFilter filter = new RetransmissionFilter();
    /**
     * Input that BouncyCastle has not read yet. It gets one record at a time, which shows the
     * record that it answers.
     */
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
                // Let time pass as on a real network, so that virtual time, too, has the flight
                // that RetransmissionFilter keeps back.
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
     * Processes a datagram that arrives after the handshake. Our last flight may have been lost,
     * and is sent again if theirs is repeated (RFC 6347 §4.2.4). The rest of the datagram is
     * ignored.
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
            // BouncyCastle stops between two records of a datagram if its clock says so.
            transport.receivePending(nowhere, 0, nowhere.length);
        } catch (IOException | RuntimeException e) {
            // Its alert is among the data to send. The keys are taken already, and the signalling
            // ends the call.
            done = null;
        }
    }

    /**
     * Returns what was sent since the last call. Each datagram holds as many records as fit, so
     * that a flight is lost as a whole or not at all (RFC 6347 §4.1.1).
     */
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

    /** Returns the failure; null if the handshake succeeded. */
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
