// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.stack.net.NumericHost;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLS engines. Accounts with equal trust share a context, and with it resumable sessions; a
 * second name is part of the trust.
 */
final class TlsContexts {
    private record Key(TlsTrust trust, @Nullable String alsoNamed) {}

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final int KEPT = 64;

    private final Supplier<Instant> clock;
    private final Map<Key, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SSLContext> eldest) {
            return size() > KEPT;
        }
    };

    TlsContexts(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /**
     * Returns an engine that accepts only a server whose certificate has one of the hop's names.
     */
    SSLEngine client(TlsTrust trust, Hop hop) throws GeneralSecurityException {
        Key key = new Key(trust, hop.alsoNamed());
        SSLContext context = contexts.get(key);
        if (context == null) {
            context = SSLContext.getInstance("TLS");
            context.init(
                    keyManagers(trust.client()),
                    new TrustManager[] {new PeerVerifier(trust, clock, PeerVerifier.Service.SIP, hop.alsoNamed())},
                    null);
            contexts.put(key, context);
        }
        // PeerVerifier compares with the peer host, and sessions are stored under it.
        return client(context, hop.tlsName(), hop.address().getPort());
    }

    /** Returns a client's engine for a server with that name or address. */
    static SSLEngine client(SSLContext context, String name, int port) throws PeerRejectedException {
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols(engine));
        if (NumericHost.parse(name) == null) {
            parameters.setServerNames(List.of(serverName(name)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * RFC 6066 §3: not every host of a URI is valid for SNI; an invalid one is on no certificate
     * either.
     */
    private static SNIHostName serverName(String name) throws PeerRejectedException {
        try {
            return new SNIHostName(name);
        } catch (IllegalArgumentException e) {
            throw new PeerRejectedException(TlsProblem.HOST_NAME);
        }
    }

    static SSLEngine server(SSLContext context, boolean clientCertificateRequired) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols(engine));
        parameters.setNeedClientAuth(clientCertificateRequired);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** TLS 1.2 and newer, as far as the platform has them (Android has 1.3 from API 29 on). */
    private static String[] protocols(SSLEngine engine) {
        List<String> supported = Arrays.asList(engine.getSupportedProtocols());
        List<String> chosen = new ArrayList<>(PROTOCOLS);
        chosen.retainAll(supported);
        return chosen.toArray(new String[0]);
    }

    static KeyManager @Nullable [] keyManagers(TlsTrust.@Nullable ClientCertificate client)
            throws GeneralSecurityException {
        if (client == null) {
            return null;
        }
        // The password protects nothing: the store is in memory, beside the key itself.
        char[] password = {'-'};
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, password);
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store needs no input", e);
        }
        store.setKeyEntry("client", client.key(), password, client.chain().toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }
}
