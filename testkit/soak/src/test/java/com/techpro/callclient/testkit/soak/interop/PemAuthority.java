// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.stream.Stream;

/** A throw-away authority made by OpenSSL, with one server certificate, as files: what other programs want. */
public final class PemAuthority {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path directory;

    PemAuthority(Path directory, String domain) {
        this(directory, domain, "127.0.0.1");
    }

    /** @param address that the server is reached at, besides */
    PemAuthority(Path directory, String domain, String address) {
        this.directory = directory;
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=interop-authority"
                + " -keyout ca.key -out ca.pem");
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + domain
                + " -keyout server.key -out server.csr");
        try {
            Files.writeString(
                    directory.resolve("names"), "subjectAltName=DNS:" + domain + ",DNS:localhost,IP:" + address + "\n");
            openssl("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names"
                    + " -out server.pem");
            Files.writeString(
                    directory.resolve("identity.pem"),
                    Files.readString(directory.resolve("server.pem"))
                            + Files.readString(directory.resolve("server.key")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path authority() {
        return directory.resolve("ca.pem");
    }

    /** Certificate and key in one file. */
    Path identity() {
        return directory.resolve("identity.pem");
    }

    TlsTrust trust() {
        return anchoredAt(authority());
    }

    /** @param certificates each in PEM */
    public static TlsTrust anchoredAt(Path... certificates) {
        return TlsTrust.anchoredAt(
                Stream.of(certificates).map(PemAuthority::read).toArray(X509Certificate[]::new));
    }

    private static X509Certificate read(Path certificate) {
        try (InputStream in = Files.newInputStream(certificate)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new AssertionError("OpenSSL's certificate cannot be read", e);
        }
    }

    private void openssl(String arguments) {
        PeerProcess.run(directory, LIMIT, ("openssl " + arguments).split(" "));
    }
}
