// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream secured by TLS to a server that echoes what it reads. */
class TlsLinkTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("203.0.113.1", 5349);
    private static final Identity AUTHORITY = Certificates.authority("Authority");
    private static final Identity IDENTITY =
            Certificates.named("turn").dns("turn.example.com").issuedBy(AUTHORITY);

    private final VirtualTime time = VirtualTime.seeded(8656);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 8656);
    private final Loop loop = time.openLoop("media");
    private final List<String> heard = new ArrayList<>();
    private final List<StreamLink> accepted = new ArrayList<>();
    private TlsLink link;

    @AfterEach
    void close() {
        network.close();
        loop.close();
        time.close();
    }

    @Test
    void data_written_before_verification_arrives_and_the_response_is_delivered() throws Exception {
        open("turn.example.com", AUTHORITY);

        assertThat(String.join(" ", heard)).isEqualTo("connected early");
        loop.execute(() -> link.write(ByteBuffer.wrap("later".getBytes(StandardCharsets.US_ASCII))));
        time.advance(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("connected", "early", "later");
        loop.execute(link::close);
        time.advance(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("connected", "early", "later", "closed");
        assertThat(link.write(ByteBuffer.allocate(1))).isFalse();
        assertThat(network.openLinks()).as("but the listener").isEqualTo(1);
    }

    @Test
    void data_at_which_the_layer_above_throws_does_not_take_the_next_with_it() throws Exception {
        open("turn.example.com", AUTHORITY);
        loop.execute(() -> link.write(ByteBuffer.wrap("unwelcome next".getBytes(StandardCharsets.US_ASCII))));

        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(1))).hasMessage("above");
        time.advance(Duration.ofSeconds(1));

        assertThat(heard).containsExactly("connected", "early", "unwelcome", "next");
    }

    /** By the rules of the web: a wildcard or a part of the name would be somebody else's. */
    @ParameterizedTest
    @ValueSource(strings = {"example.com", "other.example.com", "203.0.113.1"})
    void to_a_server_of_another_name_nothing_is_said(String name) throws Exception {
        open(name, AUTHORITY);
        assertThat(heard).containsExactly("closed TLS failed: HOST_NAME");
    }

    @Test
    void to_a_server_of_another_authority_nothing_is_said() throws Exception {
        open("turn.example.com", Certificates.authority("Somebody"));
        assertThat(heard).containsExactly("closed TLS failed: UNTRUSTED");
    }

    @Test
    void the_end_of_the_stream_below_is_told_once() throws Exception {
        open("turn.example.com", AUTHORITY);
        accepted.forEach(StreamLink::close);
        time.advance(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("connected", "early", "closed");
    }

    private void open(String name, Identity trusted) throws IOException, GeneralSecurityException {
        network.host("203.0.113.1").listen(SERVER, below -> new Echo(below));
        WebTls tls = new WebTls(TlsTrust.anchoredAt(trusted.certificate()), () -> Certificates.NOW);
        loop.execute(() -> {
            link = TlsLink.connect(network.host("192.0.2.1"), SERVER, tls, name, loop, time.workers(), new Client());
            assertThat(link.write(ByteBuffer.wrap("early".getBytes(StandardCharsets.US_ASCII))))
                    .isTrue();
        });
        time.advance(Duration.ofSeconds(1));
    }

    private final class Client implements StreamHandler {
        @Override
        public void connected(StreamLink opened) {
            heard.add("connected");
        }

        @Override
        public void received(StreamLink from, ByteBuffer bytes) {
            assertThat(loop.isCurrent()).isTrue();
            String text = StandardCharsets.US_ASCII.decode(bytes).toString();
            heard.add(text);
            if (text.equals("unwelcome")) {
                throw new IllegalStateException("above");
            }
        }

        @Override
        public void closed(StreamLink gone, @Nullable IOException cause) {
            heard.add(cause == null ? "closed" : "closed " + cause.getMessage());
        }
    }

    /** Echoes each word in a record of its own, and all records at once. */
    private final class Echo implements StreamHandler {
        private final TlsStream tls;
        private final StreamLink below;
        private final ByteArrayOutputStream records = new ByteArrayOutputStream();

        Echo(StreamLink below) {
            accepted.add(below);
            this.below = below;
            tls = new TlsStream(
                    loop::execute,
                    time.workers(),
                    TlsContexts.server(IDENTITY.context(), false),
                    List.of(),
                    new TlsStream.Scratch(),
                    record ->
                            records.write(record.array(), record.arrayOffset() + record.position(), record.remaining()),
                    this::proceed);
        }

        @Override
        public void connected(StreamLink below) {
            echo(tls.start());
        }

        @Override
        public void received(StreamLink below, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            loop.execute(() -> echo(tls.open(ByteBuffer.wrap(copy))));
        }

        @Override
        public void closed(StreamLink below, @Nullable IOException cause) {}

        private void proceed() {
            echo(tls.proceed());
        }

        private void echo(List<TlsStream.Outcome> outcomes) {
            for (TlsStream.Outcome outcome : outcomes) {
                if (outcome instanceof TlsStream.Outcome.Plaintext plaintext) {
                    for (String word : new String(plaintext.bytes(), StandardCharsets.US_ASCII).split(" ")) {
                        var unused = tls.send(ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)));
                    }
                }
            }
            below.write(ByteBuffer.wrap(records.toByteArray()));
            records.reset();
        }
    }
}
