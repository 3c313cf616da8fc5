// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import com.techpro.callclient.engine.call.Failure.TlsProblem;
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
 * TLS for servers other than SIP's, for libraries that want blocking sockets, and for {@link TlsLink}: the same anchors, pins, client certificate and kinds of refusal as for
 * SIP; names are compared as the web does. Each instance has sessions of its own, so that nothing is resumed beyond it.
 */
public final class WebTls {
    private final PeerVerifier verifier;
    private final SSLContext context;

    public WebTls(TlsTrust trust, Supplier<Instant> clock) throws GeneralSecurityException {
        this.verifier = new PeerVerifier(trust, clock, PeerVerifier.Service.HTTP);
        this.context = SSLContext.getInstance("TLS");
        context.init(TlsContexts.keyManagers(trust.client()), new TrustManager[] {verifier}, null);
    }

    /** Sockets made from connected ones, for the host that is given with them. */
    public SSLSocketFactory sockets() {
        return context.getSocketFactory();
    }

    /** For a stream to that host. */
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

    /** What is behind a failed handshake; {@link TlsProblem#PROTOCOL} if it was not the certificate. */
    public static TlsProblem problemBehind(Throwable failure) {
        return PeerRejectedException.problemBehind(failure);
    }
}
