// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Random;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.jspecify.annotations.Nullable;

/**
 * The key that an account uses in handshakes, ECDSA on P-256 (RFC 8827 §6.5), with its self-signed
 * certificate and fingerprint. The certificate does not identify anybody: its name and number are
 * random.
 */
public final class DtlsIdentity {
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
    private static final Duration VALID = Duration.ofDays(365);

    private final Supplier<KeyPair> source;
    /** Guarded by this: the signalling loop reads the fingerprint, workers use the rest. */
    private @Nullable KeyPair made;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record KeyPair(ECPrivateKeyParameters key, byte[] certificate) {}

    /** Makes an identity whose key is generated at its first use, which takes milliseconds. */
    public DtlsIdentity(Random random, Instant now) {
        this(() -> generate(SecureSource.of(random), now));
    }

    /** @param source asked once, by the first user; others wait meanwhile */
    DtlsIdentity(Supplier<KeyPair> source) {
        this.source = source;
    }

    private synchronized KeyPair made() {
        KeyPair there = made;
        if (there == null) {
            there = source.get();
            made = there;
        }
        return there;
    }

    /** Takes milliseconds of computing, and a hundred times that for the first in a process. */
    static KeyPair generate(SecureRandom random, Instant now) {
        X9ECParameters p256 = SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1);
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1, p256), random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        ECPrivateKeyParameters secret = (ECPrivateKeyParameters) pair.getPrivate();
        try {
            return new KeyPair(secret, certificate(secret, (ECPublicKeyParameters) pair.getPublic(), random, now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] certificate(
            ECPrivateKeyParameters secret, ECPublicKeyParameters open, SecureRandom random, Instant now)
            throws IOException {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        // 64 bits, positive and never 0 (RFC 5280 §4.1.2.2).
        BigInteger number = new BigInteger(63, random).add(BigInteger.ONE);
        X500Name name = new X500Name("CN=" + Long.toHexString(random.nextLong()));
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(number));
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(new Time(Date.from(now.minus(CLOCKS_DIFFER))));
        generator.setEndDate(new Time(Date.from(now.plus(VALID))));
        generator.setSignature(algorithm);
        generator.setSubjectPublicKeyInfo(new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                open.getQ().getEncoded(false)));
        TBSCertificate contents = generator.generateTBSCertificate();
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, secret);
        BigInteger[] signature = signer.generateSignature(Fingerprint.Hash.SHA_256.of(contents.getEncoded("DER")));
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(signature[0]));
        numbers.add(new ASN1Integer(signature[1]));
        ASN1EncodableVector whole = new ASN1EncodableVector();
        whole.add(contents);
        whole.add(algorithm);
        whole.add(new DERBitString(new DERSequence(numbers)));
        return Certificate.getInstance(new DERSequence(whole)).getEncoded("DER");
    }

    /** Returns the fingerprint for the signalling. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(made().certificate);
    }

    ECPrivateKeyParameters key() {
        return made().key;
    }

    /** Returns the certificate in DER. */
    byte[] certificate() {
        return made().certificate.clone();
    }

    @Override
    public String toString() {
        return "DtlsIdentity[redacted]";
    }
}
