// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
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
        client = stream("client", unverified(), List.of(names.split(" ")), bytes -> server.received(bytes));
        server = stream(
                "server", TlsContexts.server(SERVER.context(), false), List.of(), bytes -> client.received(bytes));

        loop.execute(() -> {
            server.start();
            client.start();
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

        loop.execute(client::start);
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
        loop.execute(client::start);
        time.settle();

        loop.execute(client::close);
        time.settle();
        work.remove(0).run();
        time.settle();

        assertThat(heard).isEmpty();
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
                new TlsStream.Events() {
                    @Override
                    public void opened(@Nullable X509Certificate certificate) {
                        heard.add(name + " open");
                    }

                    @Override
                    public void plaintext(ByteBuffer bytes) {}

                    @Override
                    public void ended() {}

                    @Override
                    public void failed(TlsProblem problem) {
                        heard.add(name + " failed " + problem);
                    }
                });
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
