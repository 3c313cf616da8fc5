// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a server's certificate during the handshake, before anything of ours is sent. It checks
 * the path to an anchor at this time, the purpose, the domain (RFC 5922 §7.3), the pins, and the
 * strength of keys and signatures. Each kind of problem is reported separately. A rejected
 * certificate cannot be accepted afterwards. Called on workers.
 */
final class PeerVerifier extends X509ExtendedTrustManager {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String TLS_SERVER = "1.3.6.1.5.5.7.3.1";
    /** RFC 5924. */
    private static final String SIP_DOMAIN = "1.3.6.1.5.5.7.3.20";

    private final TlsTrust trust;
    private final Supplier<Instant> clock;
    private final Service service;
    private final @Nullable String alsoNamed;
    private final @Nullable X509TrustManager platform;
    private final Set<TrustAnchor> anchors = new HashSet<>();

    /** The service of the server, which decides what its certificate must contain. */
    enum Service {
        /** RFC 5922 §7, RFC 5924. */
        SIP,
        /** RFC 9110 §4.3.4, RFC 9525 §6. */
        HTTP
    }

    PeerVerifier(TlsTrust trust, Supplier<Instant> clock, Service service) throws GeneralSecurityException {
        this(trust, clock, service, null);
    }

    /**
     * @param alsoNamed a name that a SIP server's certificate may have instead of the peer's; see
     *     {@link Hop}
     */
    PeerVerifier(TlsTrust trust, Supplier<Instant> clock, Service service, @Nullable String alsoNamed)
            throws GeneralSecurityException {
        this.trust = trust;
        this.clock = clock;
        this.service = service;
        this.alsoNamed = alsoNamed;
        this.platform = trust.anchors().isEmpty() ? platform() : null;
        List<X509Certificate> trusted =
                platform == null ? trust.anchors() : Arrays.asList(platform.getAcceptedIssuers());
        for (X509Certificate anchor : trusted) {
            anchors.add(new TrustAnchor(anchor, null));
        }
    }

    private static X509TrustManager platform() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this platform has no trusted authorities");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        verify(chain, engine.getPeerHost());
        // Last, as the platform gives no reason. It may know more than its authorities: some are
        // trusted only in part.
        if (platform instanceof X509ExtendedTrustManager extended) {
            extended.checkServerTrusted(chain, authType, engine);
        } else if (platform != null) {
            platform.checkServerTrusted(chain, authType);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket secured)) {
            throw new CertificateException("without a TLS socket there is no domain to verify");
        }
        SSLSession session = secured.getHandshakeSession();
        verify(chain, session == null ? null : session.getPeerHost());
        if (platform instanceof X509ExtendedTrustManager extended) {
            extended.checkServerTrusted(chain, authType, socket);
        } else if (platform != null) {
            platform.checkServerTrusted(chain, authType);
        }
    }

    /** If several things are wrong, reports the gravest: the identity before the age. */
    private void verify(X509Certificate[] chain, @Nullable String host) throws CertificateException {
        if (chain.length == 0) {
            throw new PeerRejectedException(TlsProblem.UNTRUSTED);
        }
        List<X509Certificate> path = path(chain, clock.get());
        boolean outdated = path == null;
        if (path == null) {
            // If the path is valid at a time when all certificates are, only the date is wrong.
            path = path(chain, latestStart(chain));
        }
        if (path == null) {
            throw new PeerRejectedException(unverified(chain));
        }
        checkPurpose(chain[0]);
        if (service == Service.SIP) {
            checkName(chain[0], names(host));
        } else if (host == null || !CertificateNames.speaksForWeb(chain[0], host)) {
            throw new PeerRejectedException(TlsProblem.HOST_NAME);
        }
        checkPins(path);
        if (!CertificateStrength.suffices(path)) {
            throw new PeerRejectedException(TlsProblem.WEAK);
        }
        if (outdated) {
            throw new PeerRejectedException(TlsProblem.EXPIRED);
        }
    }

    private static Instant latestStart(X509Certificate[] chain) {
        Instant latest = Instant.MIN;
        for (X509Certificate certificate : chain) {
            Instant start = certificate.getNotBefore().toInstant();
            latest = start.isAfter(latest) ? start : latest;
        }
        return latest;
    }

    /**
     * The platform builds no path from certificates that it considers too weak, and does not say
     * so.
     */
    private static TlsProblem unverified(X509Certificate[] chain) {
        for (X509Certificate certificate : chain) {
            boolean selfIssued = certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
            if (CertificateStrength.isWeak(certificate.getPublicKey())
                    || (!selfIssued && CertificateStrength.hasWeakSignature(certificate))) {
                return TlsProblem.WEAK;
            }
        }
        return TlsProblem.UNTRUSTED;
    }

    private List<String> names(@Nullable String host) {
        if (host == null) {
            return List.of();
        }
        return alsoNamed == null ? List.of(host) : List.of(host, alsoNamed);
    }

    /**
     * Also needed when a session is resumed, because the handshake then verifies nothing.
     *
     * @param names of which any will do
     */
    static void checkName(X509Certificate certificate, List<String> names) throws PeerRejectedException {
        for (String name : names) {
            if (CertificateNames.speaksFor(certificate, name)) {
                return;
            }
        }
        throw new PeerRejectedException(TlsProblem.HOST_NAME);
    }

    /** Returns the certificates from the server's own to the anchor, as verified, not as sent. */
    private @Nullable List<X509Certificate> path(X509Certificate[] chain, Instant when) {
        X509Certificate leaf = chain[0];
        try {
            for (TrustAnchor anchor : anchors) {
                if (leaf.equals(anchor.getTrustedCert())) {
                    leaf.checkValidity(Date.from(when));
                    return List.of(leaf);
                }
            }
            X509CertSelector selector = new X509CertSelector();
            selector.setCertificate(leaf);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, selector);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
            parameters.setDate(Date.from(when));
            parameters.setRevocationEnabled(false);
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            List<X509Certificate> path = new ArrayList<>();
            for (Certificate certificate : result.getCertPath().getCertificates()) {
                path.add((X509Certificate) certificate);
            }
            path.add(result.getTrustAnchor().getTrustedCert());
            return path;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /**
     * If purposes are listed, they must include serving TLS or (for SIP) SIP (RFC 5280 §4.2.1.12,
     * RFC 5924). If key usages are listed, they must include signing: in TLS 1.3 a server proves
     * with a signature that the key is its own (RFC 8446 §4.4.2.2).
     */
    private void checkPurpose(X509Certificate leaf) throws CertificateException {
        boolean[] uses = leaf.getKeyUsage();
        if (uses != null && !uses[DIGITAL_SIGNATURE]) {
            throw new PeerRejectedException(TlsProblem.UNTRUSTED);
        }
        List<String> purposes = leaf.getExtendedKeyUsage();
        if (purposes != null
                && !purposes.contains(TLS_SERVER)
                && !(service == Service.SIP && purposes.contains(SIP_DOMAIN))
                && !purposes.contains(ANY_PURPOSE)) {
            throw new PeerRejectedException(TlsProblem.UNTRUSTED);
        }
    }

    private void checkPins(List<X509Certificate> path) throws PeerRejectedException {
        if (trust.pins().isEmpty()) {
            return;
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (X509Certificate certificate : path) {
                byte[] hash = sha256.digest(certificate.getPublicKey().getEncoded());
                for (String pin : trust.pins()) {
                    byte[] wanted = pin.trim().getBytes(StandardCharsets.US_ASCII);
                    if (MessageDigest.isEqual(Base64.getEncoder().encode(hash), wanted)) {
                        return;
                    }
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
        throw new PeerRejectedException(TlsProblem.PIN);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("without an engine there is no domain to verify");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients are not verified here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("clients are not verified here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("clients are not verified here");
    }
}
