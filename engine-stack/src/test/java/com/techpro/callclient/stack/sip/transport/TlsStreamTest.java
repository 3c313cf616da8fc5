// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An engine that asks nobody about the certificate is what a resumed session is like: nothing is verified in its handshake, and which session is
 * resumed is the platform's choice.
 */
class TlsStreamTest {
    private static final Identity SERVER =
            Certificates.named("pbx").dns("pbx.example.com").issuedBy(Certificates.authority("Authority"));

    private final VirtualTime time = VirtualTime.seeded(4);
    private final EngineLoop loop = new EngineLoop(time.openLoop("loop"));
    private final List<String> heard = new ArrayList<>();
    private Executor workers = time.workers();
    private TlsStream client;
    private TlsStream server;

    @AfterEach
    void close() {
        time.close();
    }

    @ParameterizedTest
    @CsvSource({
        "pbx.example.com,                      client open",
        "other.example.com,                    client failed HOST_NAME",
        "other.example.com pbx.example.com,    client open",
        "com,                                  client failed HOST_NAME"
    })
    void RFC5922_7_3_the_host_name_is_checked_independently_of_the_platform(String names, String outcome)
            throws GeneralSecurityException {
        client = stream("client", unverified(), List.of(names.split(" ")), this::toServer);
        server = stream("server", TlsContexts.server(SERVER.context(), false), List.of(), this::toClient);

        loop.execute(() -> {
            take("server", server.start());
            take("client", client.start());
        });
        time.settle();

        assertThat(heard)
                .contains(outcome)
                .filteredOn(text -> text.startsWith("client"))
                .hasSize(1);
    }

    @Test
    void a_clients_keys_are_generated_by_a_worker() throws GeneralSecurityException {
        List<Runnable> work = new ArrayList<>();
        List<Integer> sent = new ArrayList<>();
        workers = work::add;
        client = stream("client", unverified(), List.of(), bytes -> sent.add(bytes.remaining()));

        loop.execute(() -> take("client", client.start()));
        time.settle();
        assertThat(sent).isEmpty();

        work.remove(0).run();
        time.settle();
        assertThat(sent).hasSize(1);
    }

    @Test
    void one_that_is_closed_while_a_worker_computes_says_nothing_more() throws GeneralSecurityException {
        List<Runnable> work = new ArrayList<>();
        workers = work::add;
        client = stream("client", unverified(), List.of(), bytes -> {});
        loop.execute(() -> take("client", client.start()));
        time.settle();

        loop.execute(client::close);
        time.settle();
        work.remove(0).run();
        time.settle();

        assertThat(heard).isEmpty();
    }

    @Test
    void bytes_before_the_peers_closing_are_opened_and_nothing_behind_it() throws GeneralSecurityException {
        List<ByteBuffer> held = new ArrayList<>();
        boolean[] holding = new boolean[1];
        client = stream("client", unverified(), List.of(), bytes -> {
            if (holding[0]) {
                held.add(bytes);
            } else {
                take("server", server.open(bytes));
            }
        });
        server = stream("server", TlsContexts.server(SERVER.context(), false), List.of(), this::toClient);
        loop.execute(() -> take("server", server.start()));
        loop.execute(() -> take("client", client.start()));
        time.settle();
        heard.clear();

        holding[0] = true;
        loop.execute(() -> take("client", client.send(text("one"))));
        loop.execute(() -> take("client", client.send(text("two"))));
        loop.execute(client::close);
        time.settle();
        ByteBuffer all = ByteBuffer.allocate(10_000);
        held.forEach(all::put);
        List<TlsStream.Outcome> outcomes = new ArrayList<>();
        loop.execute(() -> outcomes.addAll(server.open(all.flip())));
        time.settle();

        loop.execute(() -> take("server", outcomes));
        loop.execute(() -> take("server", server.open(text("nothing is read behind the end"))));
        time.settle();
        assertThat(heard).containsExactly("server one", "server two", "server ended");
    }

    /** The far end is the JDK's engine alone. TLS 1.2 forbids the answer (RFC 5246 §7.2.1). */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"TLSv1.3, answer", "TLSv1.2, ''"})
    void a_request_beside_close_notify_is_answered_where_the_protocol_permits_it(String protocol, String answer)
            throws Exception {
        SSLEngine peer = unverified();
        peer.setEnabledProtocols(new String[] {protocol});
        List<ByteBuffer> toPeer = new ArrayList<>();
        server = stream("server", TlsContexts.server(SERVER.context(), false), List.of(), toPeer::add);
        loop.execute(() -> take("server", server.start()));
        time.settle();
        shakeHands(peer, toPeer);

        ByteBuffer last = ByteBuffer.allocate(40_000);
        peer.wrap(text("question"), last);
        peer.closeOutbound();
        peer.wrap(text(""), last);
        loop.execute(() -> {
            for (TlsStream.Outcome outcome : server.open(last.flip())) {
                take("server", List.of(outcome));
                if (outcome instanceof TlsStream.Outcome.Plaintext) {
                    take("server", server.send(text("answer")));
                }
            }
            server.close();
        });
        time.settle();

        assertThat(heard).containsExactly("server open", "server question", "server ended");
        assertThat(opened(peer, toPeer)).isEqualTo(answer);
    }

    private void shakeHands(SSLEngine peer, List<ByteBuffer> toPeer) throws SSLException {
        peer.beginHandshake();
        while (peer.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING || !toPeer.isEmpty()) {
            if (peer.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                peer.getDelegatedTask().run();
            } else if (peer.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                ByteBuffer flight = ByteBuffer.allocate(40_000);
                peer.wrap(text(""), flight);
                loop.execute(() -> take("server", server.open(flight.flip())));
                time.settle();
            } else {
                peer.unwrap(toPeer.get(0), ByteBuffer.allocate(40_000));
                toPeer.removeIf(bytes -> !bytes.hasRemaining());
            }
        }
    }

    private static String opened(SSLEngine peer, List<ByteBuffer> toPeer) throws SSLException {
        ByteBuffer plain = ByteBuffer.allocate(40_000);
        for (ByteBuffer record : toPeer) {
            peer.unwrap(record, plain);
        }
        return new String(plain.array(), 0, plain.position(), StandardCharsets.US_ASCII);
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void bytes_that_are_no_record_end_it_and_nothing_more_is_read() throws GeneralSecurityException {
        server = stream("server", TlsContexts.server(SERVER.context(), false), List.of(), bytes -> {});
        loop.execute(() -> take("server", server.start()));
        loop.execute(() -> take("server", server.open(text("OPTIONS sip:a SIP/2.0"))));
        loop.execute(() -> take("server", server.open(text("OPTIONS sip:a SIP/2.0"))));
        loop.execute(() -> take("server", server.send(text("x"))));
        time.settle();

        assertThat(heard).containsExactly("server failed PROTOCOL");
    }

    @Test
    void workers_that_reject_the_computation_end_it() throws GeneralSecurityException {
        workers = task -> {
            throw new RejectedExecutionException();
        };
        client = stream("client", unverified(), List.of(), bytes -> {});
        loop.execute(() -> take("client", client.start()));
        time.settle();

        assertThat(heard).containsExactly("client failed PROTOCOL");
    }

    private void toClient(ByteBuffer bytes) {
        take("client", client.open(bytes));
    }

    private void toServer(ByteBuffer bytes) {
        take("server", server.open(bytes));
    }

    private TlsStream stream(String name, SSLEngine engine, List<String> names, Consumer<ByteBuffer> peer) {
        return new TlsStream(
                loop::execute,
                workers,
                engine,
                names,
                new TlsStream.Scratch(),
                bytes -> {
                    ByteBuffer copy =
                            ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
                    loop.execute(() -> peer.accept(copy));
                },
                () -> take(name, (name.equals("client") ? client : server).proceed()));
    }

    private void take(String name, List<TlsStream.Outcome> outcomes) {
        for (TlsStream.Outcome outcome : outcomes) {
            if (outcome instanceof TlsStream.Outcome.Plaintext plaintext) {
                heard.add(name + " " + new String(plaintext.bytes(), StandardCharsets.US_ASCII));
            } else if (outcome instanceof TlsStream.Outcome.Ended ended) {
                heard.add(name + (ended.problem() == null ? " ended" : " failed " + ended.problem()));
            } else {
                heard.add(name + " open");
            }
        }
    }

    private static SSLEngine unverified() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Unasked()}, null);
        SSLEngine engine = context.createSSLEngine("pbx.example.com", 5061);
        engine.setUseClientMode(true);
        return engine;
    }

    private static final class Unasked extends X509ExtendedTrustManager {
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
}
