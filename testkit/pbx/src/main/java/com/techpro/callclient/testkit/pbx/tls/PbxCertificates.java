// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A throw-away certificate authority and the good and bad server certificates that it issues. Keys
 * never leave the JVM. The validity covers every plausible clock, so that virtual time may be at
 * any date.
 */
public final class PbxCertificates {
    private static final Date LONG_AGO = Date.from(Instant.parse("2000-01-01T00:00:00Z"));
    private static final Date STILL_LONG_AGO = Date.from(Instant.parse("2001-01-01T00:00:00Z"));
    private static final Date FAR_AHEAD = Date.from(Instant.parse("2099-12-31T00:00:00Z"));
    private static final X500Name NAME = new X500Name("CN=CallClient throw-away test authority");
    private static final char[] NO_PASSWORD = new char[0];

    private final AtomicLong serial = new AtomicLong(1);
    private final KeyPair authorityKey;
    private final X509Certificate authority;
    private final String domain;
    private final List<GeneralName> names;

    /**
     * Creates an authority.
     *
     * @param domain the name in the good certificate, as a DNS name and as a SIP URI (RFC 5922
     *     §7.1)
     * @param hosts further host names in it
     * @param addresses literal IP addresses in it
     */
    public PbxCertificates(String domain, List<String> hosts, List<String> addresses) {
        this.domain = domain;
        this.names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, domain));
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, "sip:" + domain));
        hosts.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
        addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        this.authorityKey = newKey();
        this.authority = selfSigned(authorityKey);
    }

    public X509Certificate authority() {
        return authority;
    }

    /** Returns the authority's certificate in PEM. */
    public String authorityPem() {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made can be encoded", e);
        }
    }

    /** Returns a TLS server context with a certificate of this kind. */
    public SSLContext serverContext(ServerCertificate kind) {
        KeyPair key = newKey();
        return serverContext(key.getPrivate(), chain(kind, key));
    }

    /** Returns a chain of this kind, the server's certificate first. */
    List<X509Certificate> chain(ServerCertificate kind) {
        return chain(kind, newKey());
    }

    private List<X509Certificate> chain(ServerCertificate kind, KeyPair key) {
        List<GeneralName> elsewhere = List.of(new GeneralName(GeneralName.dNSName, "elsewhere.invalid"));
        return switch (kind) {
            case VALID -> List.of(issue(key, domain, names, LONG_AGO, FAR_AHEAD), authority);
            case EXPIRED -> List.of(issue(key, domain, names, LONG_AGO, STILL_LONG_AGO), authority);
            case WRONG_HOST -> List.of(issue(key, "elsewhere.invalid", elsewhere, LONG_AGO, FAR_AHEAD), authority);
            case UNTRUSTED -> untrustedChain(key);
        };
    }

    /** Issued by an untrusted authority of the same name. */
    private List<X509Certificate> untrustedChain(KeyPair key) {
        PbxCertificates stranger = new PbxCertificates(domain, List.of(), List.of());
        return List.of(stranger.issue(key, domain, names, LONG_AGO, FAR_AHEAD), stranger.authority);
    }

    private static SSLContext serverContext(PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("pbx", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot serve TLS", e);
        }
    }

    private X509Certificate issue(KeyPair key, String name, List<GeneralName> subjects, Date from, Date to) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            extensions.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            extensions.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(subjects.toArray(new GeneralName[0])));
            return signed(NAME, authorityKey, new X500Name("CN=" + name), key.getPublic(), from, to, extensions);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    private X509Certificate selfSigned(KeyPair key) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return signed(NAME, key, NAME, key.getPublic(), LONG_AGO, FAR_AHEAD, extensions);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a certificate authority", e);
        }
    }

    private X509Certificate signed(
            X500Name issuer,
            KeyPair issuersKey,
            X500Name subject,
            PublicKey key,
            Date from,
            Date to,
            ExtensionsGenerator extensions)
            throws GeneralSecurityException, IOException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
        content.setSerialNumber(new ASN1Integer(serial.getAndIncrement()));
        content.setSignature(algorithm);
        content.setIssuer(issuer);
        content.setSubject(subject);
        content.setStartDate(new Time(from));
        content.setEndDate(new Time(to));
        content.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        content.setExtensions(extensions.generate());
        TBSCertificate unsigned = content.generateTBSCertificate();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuersKey.getPrivate());
        signature.update(unsigned.getEncoded(ASN1Encoding.DER));
        byte[] encoded = new DERSequence(new ASN1Encodable[] {unsigned, algorithm, new DERBitString(signature.sign())})
                .getEncoded(ASN1Encoding.DER);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    /** Elliptic curves: generating an RSA key would take longer than a whole test. */
    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no elliptic curves", e);
        }
    }
}
