// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The embedded PBX in real time, for softphones that are other programs. */
final class PbxServer implements PhoneServer, AutoCloseable {
    private final EmbeddedPbx pbx;
    private final Path authority;

    PbxServer(Path directory, String... extensions) {
        // baresip 1.1 gives up at a challenge with SHA-256, whatever else it is offered beside it (RFC 8760 §2.4).
        PbxBuilder builder = EmbeddedPbx.builder().domain(DOMAIN).digests("MD5");
        for (String extension : extensions) {
            builder.extension(extension, PhoneServer.passwordOf(extension));
        }
        this.pbx = builder.start();
        this.authority = directory.resolve("pbx-authority.pem");
        try {
            Files.writeString(authority, pbx.authorityPem());
        } catch (IOException e) {
            pbx.close();
            throw new UncheckedIOException(e);
        }
    }

    EmbeddedPbx pbx() {
        return pbx;
    }

    /** The key that it shows there: SHA-256 of its SubjectPublicKeyInfo, in Base64, as a browser pins it. */
    String pinned(SipTransport transport) {
        try (SSLSocket socket = (SSLSocket) trustingAnybody().createSocket("127.0.0.1", port(transport))) {
            socket.startHandshake();
            byte[] key =
                    socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What is read here is the pin itself. */
    private static SSLSocketFactory trustingAnybody() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509ExtendedTrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        return context.getSocketFactory();
    }

    @Override
    public int port(SipTransport transport) {
        return pbx.address(transport).port();
    }

    @Override
    public Path authorityFile() {
        return authority;
    }

    @Override
    public void close() {
        pbx.close();
    }
}
