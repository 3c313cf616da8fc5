// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.transport.WebTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is encrypted and authenticated before any IMAP (RFC 8314). It uses the resolver
 * and sockets of the login, so it leads only where the egress guard permits.
 */
final class ImapSocket {
    private static final Duration ONE_WAIT = Duration.ofSeconds(10);

    private final Socket plain;
    private final SSLSocket secured;

    private ImapSocket(Socket plain, SSLSocket secured) {
        this.plain = plain;
        this.secured = secured;
    }

    /** Lets the caller abort a connection attempt. */
    interface Halt {
        /**
         * Receives the action that closes the connection at once, from any thread.
         *
         * @return whether to continue
         */
        boolean begun(Runnable abort);
    }

    static ImapSocket open(ImapAccount account, LoginContext context, TimeBudget deadline, Halt halt)
            throws VoicemailException {
        try {
            IOException last = null;
            for (InetAddress address : addresses(account.server().host(), context, deadline)) {
                try {
                    return open(address, account, context, deadline, halt);
                } catch (VoicemailException e) {
                    throw e;
                } catch (IOException e) {
                    last = e;
                }
                if (deadline.passed()) {
                    break;
                }
            }
            throw last == null ? new SocketException("there is no such host") : last;
        } catch (IOException e) {
            throw ImapFailures.connecting(e);
        }
    }

    private static ImapSocket open(
            InetAddress address, ImapAccount account, LoginContext context, TimeBudget deadline, Halt halt)
            throws IOException {
        Socket plain = context.sockets().createSocket();
        try {
            if (!halt.begun(() -> abort(plain))) {
                throw new VoicemailException(Reason.CLOSED, "this box was closed");
            }
            plain.connect(new InetSocketAddress(address, account.port()), deadline.millis(ONE_WAIT));
            plain.setTcpNoDelay(true);
            plain.setKeepAlive(true);
            plain.setSoTimeout(deadline.millis(ONE_WAIT));
            WebTls tls = new WebTls(account.trust(), context::now);
            SSLSocket secured = (SSLSocket)
                    tls.sockets().createSocket(plain, account.server().host(), account.port(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setProtocols(modern(secured.getSupportedProtocols()));
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return new ImapSocket(plain, secured);
        } catch (GeneralSecurityException e) {
            abort(plain);
            throw new VoicemailException(Reason.UNTRUSTED, "this platform cannot use an anchor or certificate", e);
        } catch (IOException | RuntimeException e) {
            abort(plain);
            throw e;
        }
    }

    private static String[] modern(String[] supported) {
        List<String> protocols = new ArrayList<>();
        for (String protocol : supported) {
            if (protocol.equals("TLSv1.3") || protocol.equals("TLSv1.2")) {
                protocols.add(protocol);
            }
        }
        return protocols.toArray(new String[0]);
    }

    private static List<InetAddress> addresses(String host, LoginContext context, TimeBudget deadline)
            throws IOException {
        InetAddress literal = NumericHost.parse(host);
        if (literal != null) {
            return List.of(literal);
        }
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        context.resolver().resolve(host, RecordType.ADDRESS, answer::complete);
        List<InetAddress> addresses = new ArrayList<>();
        if (awaited(answer, deadline) instanceof DnsAnswer.Records found) {
            for (DnsRecord record : found.records()) {
                if (record instanceof DnsRecord.Address one) {
                    addresses.add(one.address());
                }
            }
        }
        return addresses;
    }

    private static @Nullable DnsAnswer awaited(CompletableFuture<DnsAnswer> answer, TimeBudget deadline) {
        try {
            return answer.get(deadline.millis(ONE_WAIT), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The mailbox counts as unreachable.
        }
        return null;
    }

    InputStream in() throws IOException {
        return secured.getInputStream();
    }

    OutputStream out() throws IOException {
        return secured.getOutputStream();
    }

    /** Sets how long a read waits. */
    void patience(Duration time) throws IOException {
        secured.setSoTimeout((int) time.toMillis());
    }

    /** Sets how long one answer may take, within the command's whole time. */
    void patience(TimeBudget deadline) throws IOException {
        secured.setSoTimeout(deadline.millis(ONE_WAIT));
    }

    /**
     * Closes the connection from any thread, without waiting for the reader and without TLS's
     * close_notify.
     */
    void abort() {
        abort(plain);
    }

    private static void abort(Socket plain) {
        try {
            plain.close();
        } catch (IOException e) {
            // The connection is closed anyway.
        }
    }
}
