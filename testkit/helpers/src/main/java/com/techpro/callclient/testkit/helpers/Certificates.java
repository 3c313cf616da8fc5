// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.helpers;

import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Certificates of every kind of wrongness. */
public final class Certificates {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** Inside every validity but those that are made not to hold it. */
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** A certificate, its key, and those above it, nearest first. */
    public record Identity(X509Certificate certificate, PrivateKey key, List<X509Certificate> above) {
        public List<X509Certificate> chain() {
            List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
            chain.addAll(above);
            return chain;
        }

        /** What a server presents itself with; it trusts clients that the anchors vouch for. */
        public SSLContext context(X509Certificate... anchors) {
            try {
                KeyStore trusted = KeyStore.getInstance("PKCS12");
                trusted.load(null, null);
                for (int i = 0; i < anchors.length; i++) {
                    trusted.setCertificateEntry("anchor" + i, anchors[i]);
                }
                TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
                trust.init(trusted);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(
                        new KeyManager[] {new OwnKey(this)},
                        anchors.length == 0 ? null : trust.getTrustManagers(),
                        null);
                return context;
            } catch (GeneralSecurityException | java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Shows the chain as it is; the JDK's own would refuse one that does not hold together. */
    private static final class OwnKey extends X509ExtendedKeyManager {
        private final Identity own;

        OwnKey(Identity own) {
            this.own = own;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return keyType.equals(own.key().getAlgorithm()) ? "own" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.key();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keyType.equals(own.key().getAlgorithm()) ? "own" : null;
        }
    }

    /** What a certificate is to say. */
    public static final class Request {
        private final String commonName;
        private final List<GeneralName> names = new ArrayList<>();
        private Instant from = NOW.minus(Duration.ofDays(30));
        private Instant until = NOW.plus(Duration.ofDays(3_650));
        private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;
        private boolean authority;
        private String keyType = "EC";
        private AlgorithmParameterSpec key = new ECGenParameterSpec("secp256r1");
        private String hash = "SHA256";
        private @Nullable KeyUsage uses;

        private Request(String commonName) {
            this.commonName = commonName;
        }

        public Request dns(String name) {
            names.add(new GeneralName(GeneralName.dNSName, name));
            return this;
        }

        public Request uri(String uri) {
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
            return this;
        }

        public Request ip(String address) {
            names.add(new GeneralName(GeneralName.iPAddress, address));
            return this;
        }

        public Request valid(Instant first, Instant last) {
            from = first;
            until = last;
            return this;
        }

        public Request purpose(KeyPurposeId only) {
            purpose = only;
            return this;
        }

        public Request authority() {
            authority = true;
            return this;
        }

        public Request rsa(int bits) {
            keyType = "RSA";
            key = new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
            return this;
        }

        public Request curve(String name) {
            key = new ECGenParameterSpec(name);
            return this;
        }

        /** @param name of the hash that is signed, such as {@code SHA1}; {@code SHA1andMGF1} for RSASSA-PSS */
        public Request hash(String name) {
            hash = name;
            return this;
        }

        /** @param bits of {@link KeyUsage} */
        public Request uses(int bits) {
            uses = new KeyUsage(bits);
            return this;
        }

        /** @param issuer null for self-signed */
        public Identity issuedBy(Identity issuer) {
            try {
                // The platform makes no key on a curve that it thinks too short, and the library none of RSA with an
                // odd length.
                KeyPairGenerator generator = keyType.equals("EC")
                        ? KeyPairGenerator.getInstance(keyType, BOUNCY_CASTLE)
                        : KeyPairGenerator.getInstance(keyType);
                generator.initialize(key);
                KeyPair keys = generator.generateKeyPair();
                X500Name subject = new X500Name("CN=" + commonName);
                X500Name by = issuer == null
                        ? subject
                        : new X500Name(
                                issuer.certificate().getSubjectX500Principal().getName());
                var builder = new JcaX509v3CertificateBuilder(
                        by,
                        new BigInteger(64, new SecureRandom()),
                        Date.from(from),
                        Date.from(until),
                        subject,
                        keys.getPublic());
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
                if (!authority) {
                    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                }
                if (!names.isEmpty()) {
                    builder.addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(names.toArray(new GeneralName[0])));
                }
                if (uses != null) {
                    builder.addExtension(Extension.keyUsage, true, uses);
                }
                PrivateKey signingKey = issuer == null ? keys.getPrivate() : issuer.key();
                String signature = signingKey.getAlgorithm().equals("EC")
                        ? hash + "withECDSA"
                        : hash.endsWith("andMGF1") ? hash.replace("and", "withRSAand") : hash + "withRSA";
                X509Certificate certificate = new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder(signature)
                                .setProvider(BOUNCY_CASTLE)
                                .build(signingKey)));
                return new Identity(certificate, keys.getPrivate(), issuer == null ? List.of() : issuer.chain());
            } catch (GeneralSecurityException | OperatorCreationException | org.bouncycastle.cert.CertIOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Certificates() {}

    public static Request named(String commonName) {
        return new Request(commonName);
    }

    public static Identity authority(String name) {
        return named(name).authority().issuedBy(null);
    }
}
