// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.stack.jdk.Coroutine;
import com.techpro.callclient.testkit.helpers.Certificates;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.CancellationException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** An end that does what ours never would: it takes anything, and shows and signs what the test says. */
final class ForgedDtlsEnd implements DatagramTransport, Coroutine.Body<byte[]> {
    private static final UseSRTPData SRTP =
            new UseSRTPData(new int[] {SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80}, new byte[0]);

    private final DtlsRole role;
    private DtlsIdentity own;
    private final BcTlsCrypto crypto;
    private final Coroutine<byte[]> coroutine = new Coroutine<>("forged", this);
    private final List<byte[]> sent = new ArrayList<>();
    private @Nullable Coroutine<byte[]> self;

    /** What it shows after its own certificate, in DER. */
    final List<byte[]> chain = new ArrayList<>();

    short hash = HashAlgorithm.sha256;
    boolean extendedMasterSecret = true;
    /** Whether it shows a certificate; a server always does. */
    boolean certified = true;

    /** What the other end says that it takes. */
    final List<SignatureAndHashAlgorithm> taken = new ArrayList<>();

    /** What the other end ended it with; -1 if it did not. */
    int alert = -1;

    ForgedDtlsEnd(DtlsRole role, DtlsScene scene) {
        this.role = role;
        own = new DtlsIdentity(scene.secureRandom("forged key"), scene.time.now());
        crypto = new BcTlsCrypto(scene.secureRandom("forged handshake"));
    }

    DtlsIdentity identity() {
        return own;
    }

    /** With a key that ours never has: on an elliptic curve of 192 bits. */
    void weaken() {
        Certificates.Identity weak =
                Certificates.named("forged").curve("secp192r1").issuedBy(null);
        own = new DtlsIdentity(() -> {
            try {
                return new DtlsIdentity.KeyPair(
                        (ECPrivateKeyParameters)
                                PrivateKeyFactory.createKey(weak.key().getEncoded()),
                        weak.certificate().getEncoded());
            } catch (IOException | CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /**
     * Gives it a datagram, or lets it begin.
     *
     * @return what it sends thereupon
     */
    List<byte[]> resume(byte @Nullable [] datagram) {
        coroutine.resume(datagram);
        List<byte[]> now = List.copyOf(sent);
        sent.clear();
        return now;
    }

    @Override
    public void run(Coroutine<byte[]> coroutine) {
        self = coroutine;
        try {
            if (role == DtlsRole.CLIENT) {
                new DTLSClientProtocol().connect(new Client(), this);
            } else {
                new DTLSServerProtocol().accept(new Server(), this);
            }
        } catch (TlsFatalAlertReceived e) {
            alert = e.getAlertDescription();
        } catch (IOException e) {
            // The test asks the other end what became of it.
            sent.clear();
        }
    }

    private TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        List<TlsCertificate> shown = new ArrayList<>();
        shown.add(crypto.createCertificate(own.certificate()));
        for (byte[] more : chain) {
            shown.add(crypto.createCertificate(more));
        }
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                own.key(),
                new Certificate(shown.toArray(TlsCertificate[]::new)),
                SignatureAndHashAlgorithm.getInstance(hash, SignatureAlgorithm.ecdsa));
    }

    private static Hashtable<Integer, byte[]> withSrtp(Hashtable<Integer, byte[]> extensions) throws IOException {
        TlsSRTPUtils.addUseSRTPExtension(extensions, SRTP);
        return extensions;
    }

    @SuppressWarnings("JdkObsolete") // BouncyCastle asks for a Vector.
    private static Vector<SignatureAndHashAlgorithm> everySignature() {
        Vector<SignatureAndHashAlgorithm> all = new Vector<>();
        for (short hash : new short[] {HashAlgorithm.sha256, HashAlgorithm.sha1}) {
            all.add(SignatureAndHashAlgorithm.getInstance(hash, SignatureAlgorithm.ecdsa));
        }
        return all;
    }

    private final class Client extends DefaultTlsClient {
        Client() {
            super(ForgedDtlsEnd.this.crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
            return everySignature();
        }

        @Override
        public boolean shouldUseExtendedMasterSecret() {
            return extendedMasterSecret;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            return withSrtp(super.getClientExtensions());
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate theirs) {}

                @Override
                @SuppressWarnings("unchecked")
                public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    if (!certified) {
                        return null;
                    }
                    taken.addAll((Vector<SignatureAndHashAlgorithm>) request.getSupportedSignatureAlgorithms());
                    // BouncyCastle signs with nothing that it was not asked for.
                    context.getSecurityParametersHandshake().getServerSigAlgs().addAll(everySignature());
                    return credentials(context);
                }
            };
        }
    }

    private final class Server extends DefaultTlsServer {
        Server() {
            super(ForgedDtlsEnd.this.crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
        }

        @Override
        public boolean shouldUseExtendedMasterSecret() {
            return extendedMasterSecret;
        }

        @Override
        public CertificateRequest getCertificateRequest() {
            return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, everySignature(), null);
        }

        @Override
        public void notifyClientCertificate(Certificate theirs) {}

        @Override
        @SuppressWarnings("unchecked")
        protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
            taken.addAll((Vector<SignatureAndHashAlgorithm>)
                    context.getSecurityParametersHandshake().getClientSigAlgs());
            return credentials(context);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
            return withSrtp(super.getServerExtensions());
        }
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        Coroutine<byte[]> coroutine = self;
        if (coroutine == null) {
            return -1;
        }
        try {
            byte[] datagram = coroutine.await();
            System.arraycopy(datagram, 0, buffer, offset, Math.min(length, datagram.length));
            return Math.min(length, datagram.length);
        } catch (CancellationException e) {
            throw new InterruptedIOException("closed");
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] datagram = new byte[length];
        System.arraycopy(buffer, offset, datagram, 0, length);
        sent.add(datagram);
    }

    @Override
    public int getReceiveLimit() {
        return 2048;
    }

    @Override
    public int getSendLimit() {
        return 1232;
    }

    /** BouncyCastle closes it after a fatal alert. */
    @Override
    public void close() {}

    void end() {
        coroutine.close();
    }
}
