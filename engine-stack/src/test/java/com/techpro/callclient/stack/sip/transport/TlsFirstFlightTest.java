// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that does not wait: it puts a SIP request behind its first flight, or sends it sealed as soon as it has keys. Nothing of that
 * is heard unless the server proved who it is.
 */
class TlsFirstFlightTest extends TlsBetweenTwoPeers {
    private static final byte[] REQUEST = Peer.options()
            .via(new Via("TLS", "192.0.2.1", 5061, Map.of("branch", "z9hG4bK1")))
            .build()
            .encode();

    /** How the request is smuggled in. */
    enum Way {
        PLAIN_BYTES,
        UNSEALED_RECORD,
        SEALED
    }

    record Case(String name, Identity identity, TlsProblem problem, String protocol, Way way) {
        @Override
        public String toString() {
            return name + ", " + protocol + ", " + way;
        }
    }

    static Stream<Case> cases() {
        Identity wrongName = Certificates.named("x").dns("evil.example.com").issuedBy(CA);
        Identity untrusted = Certificates.named("x").dns("pbx.example.com").issuedBy(OTHER_CA);
        return Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(protocol -> Stream.of(Way.values())
                        .flatMap(way -> Stream.of(
                                new Case("wrong name", wrongName, TlsProblem.HOST_NAME, protocol, way),
                                new Case("untrusted", untrusted, TlsProblem.UNTRUSTED, protocol, way))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void RFC_5922_nothing_that_an_unverified_server_sends_is_ever_heard(Case what) throws IOException {
        var server = new EagerServer(what);
        InetSocketAddress at = new InetSocketAddress("192.0.2.1", 5070);
        serverHost.listen(at, link -> server);

        Peer.Attempt attempt = connect(at, "pbx.example.com", TlsTrust.anchoredAt(CA.certificate()));

        assertRefused(attempt, what.problem());
        assertThat(phone.arrivals).isEmpty();
        assertThat(phone.counters().received()).isZero();
        assertThat(phone.counters().rejected()).isEmpty();
        assertThat(server.flightSent).isTrue();
        serverHost.close();
        serverHost.reopen();
    }

    static Stream<Case> honest() {
        return Stream.of("TLSv1.3", "TLSv1.2").map(protocol -> new Case("good", GOOD, null, protocol, Way.SEALED));
    }

    /** The proof that the request of the cases above would have been heard. */
    @ParameterizedTest
    @MethodSource("honest")
    void the_same_request_of_a_verified_server_is_heard(Case what) throws IOException {
        InetSocketAddress at = new InetSocketAddress("192.0.2.1", 5070);
        serverHost.listen(at, link -> new EagerServer(what));

        Peer.Attempt attempt = connect(at, "pbx.example.com", TlsTrust.anchoredAt(CA.certificate()));

        assertThat(attempt.failure).isNull();
        assertThat(phone.arrivals).hasSize(1);
        serverHost.close();
        serverHost.reopen();
    }

    /** Whether or not the client verified it, it goes on talking. */
    private static final class EagerServer implements StreamHandler {
        private final Case what;
        private final SSLEngine engine;
        private final ByteBuffer opened = ByteBuffer.allocate(32_768);
        private ByteBuffer unread = ByteBuffer.allocate(0);
        private boolean flightSent;
        private boolean requestSent;

        EagerServer(Case what) {
            this.what = what;
            engine = what.identity().context().createSSLEngine();
            engine.setUseClientMode(false);
            engine.setEnabledProtocols(new String[] {what.protocol()});
        }

        @Override
        public void connected(StreamLink link) {}

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {
            ByteBuffer both = ByteBuffer.allocate(unread.remaining() + bytes.remaining());
            both.put(unread).put(bytes).flip();
            unread = both;
            try {
                proceed(link);
            } catch (SSLException e) {
                // The client has said that it does not want to talk; this one does not care.
                flightSent = true;
            }
        }

        private void proceed(StreamLink link) throws SSLException {
            while (true) {
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    write(link, ByteBuffer.allocate(0));
                } else if (unread.hasRemaining()) {
                    opened.clear();
                    if (engine.unwrap(unread, opened).bytesConsumed() == 0) {
                        return;
                    }
                } else {
                    break;
                }
            }
            smuggle(link);
        }

        private void smuggle(StreamLink link) throws SSLException {
            if (!flightSent) {
                flightSent = true;
                if (what.way() == Way.PLAIN_BYTES) {
                    link.write(ByteBuffer.wrap(REQUEST));
                } else if (what.way() == Way.UNSEALED_RECORD) {
                    ByteBuffer sealed = ByteBuffer.allocate(5 + REQUEST.length);
                    sealed.put(new byte[] {23, 3, 3}).putShort((short) REQUEST.length);
                    sealed.put(REQUEST).flip();
                    link.write(sealed);
                }
            }
            if (what.way() == Way.SEALED
                    && !requestSent
                    && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
                requestSent = true;
                write(link, ByteBuffer.wrap(REQUEST));
            }
        }

        private void write(StreamLink link, ByteBuffer plaintext) throws SSLException {
            ByteBuffer sealed = ByteBuffer.allocate(65_536);
            engine.wrap(plaintext, sealed);
            sealed.flip();
            link.write(sealed);
        }

        @Override
        public void closed(StreamLink link, IOException cause) {}
    }
}
