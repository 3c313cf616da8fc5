// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS for servers other than SIP servers: for libraries that need blocking sockets, and for
 * {@link TlsLink}. Anchors, pins, client certificate and rejection reasons are those of SIP; names
 * are compared by the rules of the web. Each instance has its own sessions, so that none is resumed
 * outside it.
 */
public final class WebTls {
    private final PeerVerifier verifier;
    private final SSLContext context;

    public WebTls(TlsTrust trust, Supplier<Instant> clock) throws GeneralSecurityException {
        this.verifier = new PeerVerifier(trust, clock, PeerVerifier.Service.HTTP);
        this.context = SSLContext.getInstance("TLS");
        context.init(TlsContexts.keyManagers(trust.client()), new TrustManager[] {verifier}, null);
    }

    /** Returns a factory that wraps connected sockets, for the host that is passed with them. */
    public SSLSocketFactory sockets() {
        return context.getSocketFactory();
    }

    /** Returns an engine for a stream to that host. */
    SSLEngine engine(String host, int port) {
        try {
            return TlsContexts.client(context, host, port);
        } catch (PeerRejectedException e) {
            throw new IllegalArgumentException("no certificate can have that name", e);
        }
    }

    public X509TrustManager trustManager() {
        return verifier;
    }

    /**
     * Returns the cause of a failed handshake; {@link TlsProblem#PROTOCOL} if it was not the
     * certificate.
     */
    public static TlsProblem problemBehind(Throwable failure) {
        return PeerRejectedException.problemBehind(failure);
    }
}
