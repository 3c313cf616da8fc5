// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The common part of client and server: presents our certificate, checks the other side's
 * fingerprint, negotiates SRTP, and exports the keys.
 */
final class SrtpNegotiation {
    /**
     * Only elliptic curves and authenticated encryption; gateways often still have RSA
     * certificates.
     */
    static final int[] CLIENT_CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    };

    /**
     * Those that suit the server's certificate, which is {@link DtlsIdentity ECDSA}; the client may
     * prefer others.
     */
    static final int[] SERVER_CIPHER_SUITES = Arrays.copyOf(CLIENT_CIPHER_SUITES, 3);

    /**
     * BouncyCastle's own retransmission timeout, by the machine's clock: the minimum, which stays
     * the same when doubled. {@link DtlsHandshake} decides when a flight is retransmitted, and
     * {@link RetransmissionFilter} drops retransmissions by BouncyCastle's clock.
     */
    static final int RESEND_MILLIS = 0;

    private static final byte[] NO_MKI = {};

    private final DtlsIdentity own;
    private final Collection<Fingerprint> expected;
    private final List<SrtpSuite> suites;
    private @Nullable SrtpSuite agreed;
    private @Nullable DtlsFailure failure;
    private byte @Nullable [] exported;

    SrtpNegotiation(DtlsIdentity own, Collection<Fingerprint> expected, List<SrtpSuite> suites) {
        this.own = own;
        this.expected = expected;
        this.suites = suites;
    }

    TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        BcTlsCrypto crypto = (BcTlsCrypto) context.getCrypto();
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                own.key(),
                new Certificate(new TlsCertificate[] {crypto.createCertificate(own.certificate())}),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /** The accepted signature algorithms, without SHA-1. */
    @SuppressWarnings("JdkObsolete") // BouncyCastle asks for a Vector.
    static Vector<SignatureAndHashAlgorithm> signatures() {
        Vector<SignatureAndHashAlgorithm> all = new Vector<>();
        for (short signature : new short[] {SignatureAlgorithm.ecdsa, SignatureAlgorithm.rsa}) {
            for (short hash : new short[] {HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512}) {
                all.add(SignatureAndHashAlgorithm.getInstance(hash, signature));
            }
        }
        return all;
    }

    /**
     * Checks the certificate against the signalled fingerprints. Its dates and issuer do not matter
     * (RFC 8122 §6.2).
     *
     * @throws TlsFatalAlert if no fingerprint matches, or the key is too weak
     */
    void judge(Certificate theirs) throws IOException {
        if (theirs.isEmpty()) {
            throw refuse(DtlsFailure.FINGERPRINT, AlertDescription.handshake_failure);
        }
        byte[] certificate = theirs.getCertificateAt(0).getEncoded();
        if (expected.stream().noneMatch(fingerprint -> fingerprint.matches(certificate))) {
            throw refuse(DtlsFailure.FINGERPRINT, AlertDescription.bad_certificate);
        }
        if (!KeyStrength.suffices(certificate)) {
            throw refuse(DtlsFailure.WEAK_KEY, AlertDescription.insufficient_security);
        }
    }

    /** For the client's hello. */
    void offer(Hashtable<Integer, byte[]> extensions) throws IOException {
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(SrtpProfiles.numbers(suites), NO_MKI));
    }

    /** The server's choice: one of ours, without MKI (RFC 5764 §4.1.3). */
    void chosen(@Nullable Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData answer = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (answer == null || answer.getProtectionProfiles().length != 1 || answer.getMki().length != 0) {
            throw refuse(DtlsFailure.SRTP_PROFILE, AlertDescription.illegal_parameter);
        }
        agree(answer.getProtectionProfiles());
    }

    /** The client's offer. */
    void offered(@Nullable Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData offer = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (offer == null) {
            throw refuse(DtlsFailure.SRTP_PROFILE, AlertDescription.handshake_failure);
        }
        agree(offer.getProtectionProfiles());
    }

    private void agree(int[] theirs) throws TlsFatalAlert {
        agreed = SrtpProfiles.choose(suites, theirs);
        if (agreed == null) {
            throw refuse(DtlsFailure.SRTP_PROFILE, AlertDescription.illegal_parameter);
        }
    }

    /** For the server's hello. */
    void answer(Hashtable<Integer, byte[]> extensions) throws IOException {
        SrtpSuite suite = agreed;
        if (suite != null) {
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {SrtpProfiles.number(suite)}, NO_MKI));
        }
    }

    /** Exports the keys when the handshake is done. */
    void export(TlsContext context) {
        SrtpSuite suite = agreed;
        if (suite != null) {
            exported = context.exportKeyingMaterial(SrtpProfiles.LABEL, null, SrtpProfiles.length(suite));
        }
    }

    /** Returns the keys of both ends, once. */
    DtlsKeys takeKeys(DtlsRole role) {
        SrtpSuite suite = agreed;
        byte[] material = exported;
        if (suite == null || material == null) {
            throw new IllegalStateException("the handshake is not done");
        }
        DtlsRole other = role == DtlsRole.CLIENT ? DtlsRole.SERVER : DtlsRole.CLIENT;
        SrtpKeys local = SrtpProfiles.keys(suite, material, role);
        SrtpKeys remote = SrtpProfiles.keys(suite, material, other);
        forget();
        return new DtlsKeys(local, remote);
    }

    /** Wipes the exported keys if nobody has taken them. */
    void forget() {
        byte[] material = exported;
        if (material != null) {
            Arrays.fill(material, (byte) 0);
            exported = null;
        }
    }

    /** Returns why this side refused the handshake, if it did. */
    @Nullable
    DtlsFailure failure() {
        return failure;
    }

    private TlsFatalAlert refuse(DtlsFailure reason, short alert) {
        failure = reason;
        return new TlsFatalAlert(alert);
    }
}
