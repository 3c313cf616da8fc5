// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On real sockets, with the JDK's own TLS client. */
class PbxExtensionTest {
    @RegisterExtension
    static final PbxExtension shared = PbxExtension.with("1001", "1002");

    @RegisterExtension
    final PbxExtension own =
            PbxExtension.with(settings -> settings.extensions("1001").without(SipTransport.UDP));

    @Test
    void gives_accounts_that_fit_the_running_pbx() {
        SipAccount account = shared.account("1001").build();

        assertThat(account.transport()).isEqualTo(SipTransport.TLS);
        assertThat(account.outboundProxy()).isEqualTo(shared.pbx().address(SipTransport.TLS));
        assertThat(account.securityFloor().isWeakened()).isFalse();
        assertThat(shared.account("1002", SipTransport.UDP)
                        .build()
                        .securityFloor()
                        .isWeakened())
                .isTrue();
        assertThatThrownBy(() -> shared.account("1003")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> own.pbx().address(SipTransport.UDP)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void serves_tls_with_a_certificate_that_names_its_domain() throws Exception {
        try (SSLSocket socket = connect()) {
            assertThatCode(socket::startHandshake).doesNotThrowAnyException();
            assertThat(answerTo(socket, "OPTIONS")).startsWith("SIP/2.0 200");
        }
    }

    @Test
    void keeps_a_connection_open_that_pings() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().readNBytes(2)).isEqualTo(new byte[] {'\r', '\n'});
        }
    }

    @Test
    void shows_another_certificate_when_told_to() throws Exception {
        own.pbx().restartWith(ServerCertificate.EXPIRED);
        try (SSLSocket socket = connect()) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
        own.pbx().restartWith(ServerCertificate.WRONG_HOST);
        try (SSLSocket socket = connect()) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
        own.pbx().restartWith(ServerCertificate.VALID);
        try (SSLSocket socket = connect()) {
            assertThatCode(socket::startHandshake).doesNotThrowAnyException();
        }
    }

    private SSLSocket connect() throws Exception {
        EmbeddedPbx pbx = own.pbx();
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        anchors.setCertificateEntry("authority", pbx.tlsTrust().anchors().get(0));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        java.net.Socket plain = new java.net.Socket();
        plain.connect(
                new InetSocketAddress("127.0.0.1", pbx.address(SipTransport.TLS).port()));
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, pbx.domain(), plain.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String answerTo(SSLSocket socket, String method) throws Exception {
        String request = method + " sip:pbx.test SIP/2.0\r\n"
                + "Via: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bK1;rport\r\nMax-Forwards: 70\r\n"
                + "From: <sip:x@pbx.test>;tag=1\r\nTo: <sip:pbx.test>\r\nCall-ID: 1\r\nCSeq: 1 " + method
                + "\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[4096];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, length, StandardCharsets.US_ASCII);
    }
}
