// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.ByteString;

/** An HTTPS server that keeps every request as it was before it was encrypted. */
final class RecordingWebServer implements AutoCloseable {
    private static final String FEED = "/appcast.xml";

    volatile Function<RecordedRequest, MockResponse> answers =
            request -> new MockResponse.Builder().code(404).build();
    private final MockWebServer web = new MockWebServer();
    private final HeldCertificate certificate;
    private final OkHttpClient client;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    RecordingWebServer() throws IOException {
        this("127.0.0.1");
    }

    /** @param name whom its certificate speaks for */
    RecordingWebServer(String name) throws IOException {
        certificate =
                new HeldCertificate.Builder().addSubjectAlternativeName(name).build();
        web.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        web.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                ByteString body = request.getBody();
                requests.add(request.getMethod() + " " + request.getTarget() + "\n" + lines(request.getHeaders())
                        + (body == null ? "" : "\n" + body.utf8()));
                return answers.apply(request);
            }
        });
        web.start(InetAddress.getByName("127.0.0.1"), 0);
        HandshakeCertificates trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        client = new OkHttpClient.Builder()
                .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager())
                .build();
    }

    /** As they were sent: printing them leaves out what proves who somebody is. */
    private static String lines(Headers headers) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < headers.size(); i++) {
            lines.append(headers.name(i)).append(": ").append(headers.value(i)).append('\n');
        }
        return lines.toString();
    }

    HostPort address() {
        return new HostPort("127.0.0.1", web.getPort());
    }

    TlsTrust trust() {
        return TlsTrust.anchoredAt(certificate.certificate());
    }

    /** For programs that read files. */
    String certificatePem() {
        return certificate.certificatePem();
    }

    /** For who is asked by an adapter of the host's own. */
    OkHttpClient client() {
        return client;
    }

    /** Line, headers and body of each. */
    List<String> requests() {
        return requests;
    }

    URI feedAddress() {
        return URI.create("https://" + address() + FEED);
    }

    /** Publishes a feed, signed as Sparkle does it. */
    void feed(String xml, KeyPair publisher) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(publisher.getPrivate());
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes);
        String signed = xml + "<!-- sparkle-signatures:\nedSignature: "
                + Base64.getEncoder().encodeToString(signer.sign()) + "\nlength: " + bytes.length + "\n-->\n";
        answers = request -> request.getTarget().equals(FEED)
                ? new MockResponse.Builder().body(signed).build()
                : new MockResponse.Builder().code(404).build();
    }

    /** The key as 32 bytes (RFC 8032 §5.1.5); X.509 puts twelve before them (RFC 8410 §4). */
    static byte[] raw(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        web.close();
    }
}
