// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.turn.TurnClient;
import com.techpro.callclient.stack.ice.turn.TurnEffect;
import com.techpro.callclient.stack.ice.turn.TurnFailure;
import com.techpro.callclient.stack.ice.turn.TurnStreamFramer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The TURN client against a server that shares no code with it. */
@Tag("interop")
class CoturnInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int STALE = 0x26;

    @TempDir
    Path directory;

    enum Transport {
        UDP,
        TCP,
        TLS
    }

    /** A client on a real socket, driven by the test's thread. */
    private static final class Driven implements AutoCloseable {
        final List<TurnEffect> told = new ArrayList<>();
        int staleNonces;
        private final TurnClient client;
        private final DatagramSocket udp;
        private final Socket stream;
        private final InetSocketAddress server;
        private final TurnStreamFramer framer = new TurnStreamFramer();

        Driven(Coturn coturn, Transport transport, String password) {
            client = new TurnClient(
                    new LongTermAuthentication(Coturn.USER, Secret.of(password)),
                    false,
                    transport != Transport.UDP,
                    new SecureRandom());
            server = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), transport == Transport.TLS ? coturn.tlsPort() : coturn.port());
            try {
                udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                udp.setSoTimeout(100);
                stream = switch (transport) {
                    case UDP -> new Socket();
                    case TCP -> new Socket(server.getAddress(), server.getPort());
                    case TLS ->
                        coturn.trusting().getSocketFactory().createSocket(server.getAddress(), server.getPort());
                };
                if (stream instanceof SSLSocket secured) {
                    secured.startHandshake();
                }
                stream.setSoTimeout(100);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            interpret(client.start(System.nanoTime()));
        }

        <T extends TurnEffect> T await(Class<T> kind) {
            return kind.cast(await(kind.getSimpleName(), kind::isInstance));
        }

        TurnEffect await(String what, Predicate<TurnEffect> wanted) {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (System.nanoTime() - end < 0) {
                for (TurnEffect effect : told) {
                    if (wanted.test(effect)) {
                        return effect;
                    }
                }
                pump();
            }
            throw new AssertionError("no " + what + "; told " + told);
        }

        void pump() {
            byte[] buffer = new byte[65_536];
            try {
                if (stream.isConnected()) {
                    int count = stream.getInputStream().read(buffer);
                    if (count < 0) {
                        throw new AssertionError("the server closed the stream");
                    }
                    framer.feed(ByteBuffer.wrap(buffer, 0, count)).forEach(this::received);
                    assertThat(framer.isBroken()).isFalse();
                } else {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    udp.receive(packet);
                    received(ByteBuffer.wrap(Arrays.copyOf(buffer, packet.getLength())));
                }
            } catch (SocketTimeoutException e) {
                interpret(client.wake(System.nanoTime()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void received(ByteBuffer message) {
            // ERROR-CODE 4, 38, read by hand.
            for (int at = 20; at + 8 <= message.limit(); at += 4) {
                if (message.getShort(at) == 9 && message.get(at + 6) == 4 && message.get(at + 7) == STALE) {
                    staleNonces++;
                }
            }
            interpret(client.received(message, System.nanoTime()));
        }

        void permit(InetSocketAddress peer) {
            interpret(client.permit(peer, System.nanoTime()));
        }

        void bind(InetSocketAddress peer) {
            interpret(client.bindChannel(peer, System.nanoTime()));
        }

        void send(InetSocketAddress peer, String text) {
            interpret(client.send(peer, text.getBytes(StandardCharsets.US_ASCII)));
        }

        void awaitHeard(String text) {
            await(
                    text,
                    effect -> effect instanceof TurnEffect.Received heard
                            && new String(heard.packet(), StandardCharsets.US_ASCII).equals(text));
        }

        void release() {
            interpret(client.close(System.nanoTime()));
            await(TurnEffect.Released.class);
        }

        private void interpret(List<TurnEffect> effects) {
            for (TurnEffect effect : effects) {
                if (effect instanceof TurnEffect.Send send) {
                    write(send.packet());
                } else {
                    told.add(effect);
                }
            }
        }

        private void write(byte[] packet) {
            try {
                if (stream.isConnected()) {
                    stream.getOutputStream().write(packet);
                    stream.getOutputStream().flush();
                } else {
                    udp.send(new DatagramPacket(packet, packet.length, server));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            udp.close();
            stream.close();
        }
    }

    private static String hear(DatagramSocket peer, InetSocketAddress from) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        peer.receive(packet);
        assertThat(packet.getSocketAddress()).isEqualTo(from);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static void say(DatagramSocket peer, InetSocketAddress to, String text) throws IOException {
        peer.send(new DatagramPacket(text.getBytes(StandardCharsets.US_ASCII), text.length(), to));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void data_passes_by_indications_and_on_a_channel_and_the_allocation_is_released(Transport transport)
            throws IOException {
        try (Coturn coturn = new Coturn(directory, LONG);
                Driven client = new Driven(coturn, transport, Coturn.PASSWORD);
                DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout((int) LIMIT.toMillis());
            InetSocketAddress there = new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.getLocalPort());
            InetSocketAddress relayed = client.await(TurnEffect.Allocated.class).relayed();

            client.permit(there);
            client.await(TurnEffect.PermissionGranted.class);
            client.send(there, "in an indication");
            assertThat(hear(peer, relayed)).isEqualTo("in an indication");
            say(peer, relayed, "back in one");
            client.awaitHeard("back in one");

            client.bind(there);
            client.await(TurnEffect.ChannelBound.class);
            // Lengths that need padding over a stream, and none.
            for (String text : List.of("c", "on", "a ch", "channel")) {
                client.send(there, text);
                assertThat(hear(peer, relayed)).isEqualTo(text);
                say(peer, relayed, text + " back");
                client.awaitHeard(text + " back");
            }
            client.release();
        }
    }

    @Test
    void a_stale_nonce_costs_one_request() throws IOException {
        try (Coturn coturn = new Coturn(directory, Duration.ofSeconds(1));
                Driven client = new Driven(coturn, Transport.UDP, Coturn.PASSWORD)) {
            client.await(TurnEffect.Allocated.class);
            long end = System.nanoTime() + LIMIT.toNanos();
            for (int i = 1; i < 60 && client.staleNonces == 0 && System.nanoTime() - end < 0; i++) {
                InetAddress another = InetAddress.getByAddress(new byte[] {127, 0, 9, (byte) i});
                client.permit(new InetSocketAddress(another, 9));
                client.await(
                        "permission",
                        effect -> effect instanceof TurnEffect.PermissionGranted granted
                                && granted.peer().equals(another));
                for (int wait = 0; wait < 10; wait++) {
                    client.pump();
                }
            }

            assertThat(client.staleNonces).as("438 was answered").isPositive();
            client.release();
        }
    }

    @Test
    void a_wrong_password_is_told_as_one() throws IOException {
        try (Coturn coturn = new Coturn(directory, LONG);
                Driven client = new Driven(coturn, Transport.UDP, "wrong")) {
            assertThat(client.await(TurnEffect.Failed.class))
                    .isEqualTo(new TurnEffect.Failed(TurnFailure.WRONG_CREDENTIALS));
        }
    }
}
