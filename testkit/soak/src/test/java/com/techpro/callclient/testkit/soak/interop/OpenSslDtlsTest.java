// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes with OpenSSL in both roles: what it exports as keys (RFC 5764 §4.2), and what it says our certificate's fingerprint is. */
@Tag("interop")
@Timeout(120)
class OpenSslDtlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern EXPORTED = Pattern.compile("Keying material: ([0-9A-F]+)");

    @TempDir
    Path directory;

    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final Loop loop =
            schedulers.openLoop("dtls-test", (thread, failure) -> failures().add(failure));
    private final List<Throwable> failures = new ArrayList<>();
    private final DtlsHandshakes handshakes = new DtlsHandshakes(schedulers.workers(), new SecureRandom());
    private final int port = Ports.freeRun(2);
    private End end;

    private List<Throwable> failures() {
        return failures;
    }

    @BeforeEach
    void open() throws IOException {
        end = new End();
    }

    @AfterEach
    void close() throws IOException {
        end.close();
        schedulers.close();
        assertThat(failures).isEmpty();
        assertThat(handshakes.running()).isZero();
    }

    private String[] key(String kind) {
        List<String> options = switch (kind) {
            case "rsa" -> List.of("rsa:2048");
            case "rsa-1024" -> List.of("rsa:1024");
            case "P-192" -> List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-192");
            default -> List.of("ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        };
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey"));
        command.addAll(options);
        command.addAll(List.of("-subj", "/CN=peer", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem"));
        PeerProcess.run(directory, LIMIT, command.toArray(String[]::new));
        return new String[] {"-cert", "cert.pem", "-key", "key.pem"};
    }

    private Fingerprint theirFingerprint(String hash) {
        String printed = PeerProcess.run(
                directory, LIMIT, "openssl", "x509", "-in", "cert.pem", "-noout", "-fingerprint", "-" + hash);
        String value = printed.substring(printed.indexOf('=') + 1).trim();
        String token = hash.substring(0, 3) + "-" + hash.substring(3);
        return Objects.requireNonNull(Fingerprint.parse(token + " " + value));
    }

    private PeerProcess peer(String role, String profile, int exported, String... key) {
        List<String> command = new ArrayList<>(List.of("openssl", role, "-dtls1_2"));
        if (role.equals("s_server")) {
            command.addAll(List.of("-accept", "127.0.0.1:" + port, "-Verify", "1", "-naccept", "1"));
        } else {
            command.addAll(List.of("-connect", "127.0.0.1:" + end.port()));
        }
        command.addAll(List.of("-use_srtp", profile, "-keymatexport", "EXTRACTOR-dtls_srtp"));
        command.addAll(List.of("-keymatexportlen", Integer.toString(exported)));
        command.addAll(Arrays.asList(key));
        return PeerProcess.start(directory, command);
    }

    private static byte[] exported(PeerProcess peer) {
        peer.awaitOutput(EXPORTED, LIMIT);
        Matcher matcher = EXPORTED.matcher(peer.output());
        assertThat(matcher.find()).isTrue();
        return HexFormat.of().parseHex(matcher.group(1));
    }

    /** The client's key, the server's, the client's salt, the server's. */
    private static void assertKeys(DtlsKeys ours, DtlsRole role, SrtpSuite suite, byte[] exported) {
        int key = suite.keyLength();
        int salt = suite.saltLength();
        byte[] client = joined(exported, 0, key, 2 * key, salt);
        byte[] server = joined(exported, key, key, 2 * key + salt, salt);
        assertThat(ours.local().suite()).isEqualTo(suite);
        assertThat(ours.local().masterKeySalt()).isEqualTo(role == DtlsRole.CLIENT ? client : server);
        assertThat(ours.remote().masterKeySalt()).isEqualTo(role == DtlsRole.CLIENT ? server : client);
    }

    private static byte[] joined(byte[] from, int key, int keyLength, int salt, int saltLength) {
        byte[] both = Arrays.copyOfRange(from, key, key + keyLength + saltLength);
        System.arraycopy(from, salt, both, keyLength, saltLength);
        return both;
    }

    @ParameterizedTest
    @CsvSource({
        "AEAD_AES_256_GCM, SRTP_AEAD_AES_256_GCM, ec, sha256",
        "AEAD_AES_128_GCM, SRTP_AEAD_AES_128_GCM, rsa, sha384",
        "AES_CM_128_HMAC_SHA1_80, SRTP_AES128_CM_SHA1_80, ec, sha512",
        "AES_CM_128_HMAC_SHA1_32, SRTP_AES128_CM_SHA1_32, rsa, sha256"
    })
    void both_roles_export_the_same_keying_material_as_OpenSSL(
            SrtpSuite suite, String profile, String kind, String hash) {
        String[] key = key(kind);
        int length = 2 * (suite.keyLength() + suite.saltLength());

        try (PeerProcess server = peer("s_server", profile, length, key)) {
            server.awaitOutput("ACCEPT", LIMIT);
            end.begin(DtlsRole.CLIENT, new InetSocketAddress("127.0.0.1", port), theirFingerprint(hash));
            assertKeys(end.awaitKeys(), DtlsRole.CLIENT, suite, exported(server));
        }

        end.begin(DtlsRole.SERVER, null, theirFingerprint(hash));
        try (PeerProcess client = peer("s_client", profile, length, key)) {
            assertKeys(end.awaitKeys(), DtlsRole.SERVER, suite, exported(client));
        }
    }

    @Test
    void another_certificate_than_the_signalling_told_of_is_refused() {
        String[] key = key("ec");
        Fingerprint told = end.identity.fingerprint();
        try (PeerProcess server = peer("s_server", "SRTP_AEAD_AES_128_GCM", 56, key)) {
            server.awaitOutput("ACCEPT", LIMIT);
            end.begin(DtlsRole.CLIENT, new InetSocketAddress("127.0.0.1", port), told);
            assertThat(end.awaitFailure()).isEqualTo(DtlsFailure.FINGERPRINT);
            server.awaitOutput("alert bad certificate", LIMIT);
        }
        end.begin(DtlsRole.SERVER, null, told);
        try (PeerProcess client = peer("s_client", "SRTP_AEAD_AES_128_GCM", 56, key)) {
            assertThat(end.awaitFailure()).isEqualTo(DtlsFailure.FINGERPRINT);
            client.awaitOutput("alert bad certificate", LIMIT);
        }
    }

    /** RFC 9325 §4.2: the signalling tells of it, but whoever breaks it is in the call. OpenSSL itself takes it at level 0 alone. */
    @ParameterizedTest
    @ValueSource(strings = {"rsa-1024", "P-192"})
    void a_certificate_with_a_key_below_112_bits_is_refused_in_both_roles(String kind) {
        List<String> weak = new ArrayList<>(List.of(key(kind)));
        weak.addAll(List.of("-cipher", "ALL:@SECLEVEL=0"));
        String[] key = weak.toArray(String[]::new);
        try (PeerProcess server = peer("s_server", "SRTP_AEAD_AES_128_GCM", 56, key)) {
            server.awaitOutput("ACCEPT", LIMIT);
            end.begin(DtlsRole.CLIENT, new InetSocketAddress("127.0.0.1", port), theirFingerprint("sha256"));
            // Our hello names no such curve, so that OpenSSL has no certificate for it.
            assertThat(end.awaitFailure()).isEqualTo(kind.equals("P-192") ? DtlsFailure.REFUSED : DtlsFailure.WEAK_KEY);
        }
        end.begin(DtlsRole.SERVER, null, theirFingerprint("sha256"));
        try (PeerProcess client = peer("s_client", "SRTP_AEAD_AES_128_GCM", 56, key)) {
            assertThat(end.awaitFailure()).isEqualTo(DtlsFailure.WEAK_KEY);
        }
    }

    @Test
    void a_client_without_a_certificate_is_refused() {
        key("ec");
        end.begin(DtlsRole.SERVER, null, theirFingerprint("sha256"));
        try (PeerProcess client = peer("s_client", "SRTP_AEAD_AES_128_GCM", 56)) {
            assertThat(end.awaitFailure()).isEqualTo(DtlsFailure.FINGERPRINT);
            client.awaitOutput("handshake failure", LIMIT);
        }
    }

    @Test
    void the_fingerprint_we_tell_of_is_the_one_OpenSSL_finds() {
        String[] key = key("ec");
        try (PeerProcess server = peer("s_server", "SRTP_AEAD_AES_128_GCM", 56, key)) {
            server.awaitOutput("ACCEPT", LIMIT);
            end.begin(DtlsRole.CLIENT, new InetSocketAddress("127.0.0.1", port), theirFingerprint("sha256"));
            end.awaitKeys();
            exported(server);
            String output = server.output();
            String pem = output.substring(output.indexOf("-----BEGIN CERT"), output.indexOf("-----END CERT"));
            Path file = directory.resolve("ours.pem");
            try {
                Files.writeString(file, pem + "-----END CERTIFICATE-----\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String printed = PeerProcess.run(
                    directory,
                    LIMIT,
                    "openssl",
                    "x509",
                    "-in",
                    "ours.pem",
                    "-noout",
                    "-text",
                    "-fingerprint",
                    "-sha256");
            String value = end.identity.fingerprint().toAttribute().substring("sha-256 ".length());
            assertThat(printed).contains(value).contains("ecdsa-with-SHA256").contains("P-256");
        }
    }

    /** By RFC 3711 §4, with nothing but OpenSSL's AES and HMAC, from what it exported itself: the session keys, the keystream and the tag. */
    @Test
    void our_SRTP_is_authenticated_and_decrypted_with_OpenSSL_only() throws IOException {
        String[] key = key("ec");
        try (PeerProcess server = peer("s_server", "SRTP_AES128_CM_SHA1_80", 60, key)) {
            server.awaitOutput("ACCEPT", LIMIT);
            end.begin(DtlsRole.CLIENT, new InetSocketAddress("127.0.0.1", port), theirFingerprint("sha256"));
            SrtpContext ours = new SrtpContext(end.awaitKeys().local());
            byte[] exported = exported(server);
            byte[] master = Arrays.copyOfRange(exported, 0, 16);
            byte[] masterSalt = Arrays.copyOfRange(exported, 32, 46);
            byte[] encryption = derived(master, masterSalt, 0, 16);
            byte[] authentication = derived(master, masterSalt, 1, 20);
            byte[] salt = derived(master, masterSalt, 2, 14);
            byte[] sound = "as it was spoken".getBytes(StandardCharsets.US_ASCII);
            int ssrc = 0xCAFE_F00D;
            // The roll-over counter is in the index.
            for (int index : new int[] {65_535, 65_536}) {
                ByteBuffer packet = ByteBuffer.allocate(100);
                RtpPacket.writeHeader(packet, false, 0, index & 0xffff, 160 * index, ssrc);
                packet.put(sound).flip();
                assertThat(ours.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
                byte[] sent = new byte[packet.remaining()];
                packet.get(sent);

                int tag = sent.length - 10;
                byte[] authenticated = Arrays.copyOf(sent, tag + 4);
                ByteBuffer.wrap(authenticated).putInt(tag, index >> 16);
                assertThat(Arrays.copyOf(hmac(authentication, authenticated), 10))
                        .isEqualTo(Arrays.copyOfRange(sent, tag, sent.length));
                byte[] counter = Arrays.copyOf(salt, 16);
                xor(counter, 4, ssrc);
                xor(counter, 10, index);
                assertThat(aes(encryption, counter, Arrays.copyOfRange(sent, 12, tag)))
                        .isEqualTo(sound);
            }
        }
    }

    /** RFC 3711 §4.3.1. */
    private byte[] derived(byte[] master, byte[] masterSalt, int label, int length) throws IOException {
        byte[] counter = Arrays.copyOf(masterSalt, 16);
        counter[7] ^= (byte) label;
        return aes(master, counter, new byte[length]);
    }

    private static void xor(byte[] counter, int at, int number) {
        ByteBuffer.wrap(counter).putInt(at, ByteBuffer.wrap(counter).getInt(at) ^ number);
    }

    private byte[] aes(byte[] key, byte[] counter, byte[] data) throws IOException {
        Files.write(directory.resolve("in.bin"), data);
        HexFormat hex = HexFormat.of();
        PeerProcess.run(
                directory,
                LIMIT,
                "openssl",
                "enc",
                "-aes-128-ctr",
                "-K",
                hex.formatHex(key),
                "-iv",
                hex.formatHex(counter),
                "-in",
                "in.bin",
                "-out",
                "out.bin");
        return Files.readAllBytes(directory.resolve("out.bin"));
    }

    private byte[] hmac(byte[] key, byte[] data) throws IOException {
        Files.write(directory.resolve("in.bin"), data);
        String option = "hexkey:" + HexFormat.of().formatHex(key);
        PeerProcess.run(
                directory, LIMIT, "openssl", "dgst", "-sha1", "-mac", "HMAC", "-macopt", option, "-binary", "-out",
                "out.bin", "in.bin");
        return Files.readAllBytes(directory.resolve("out.bin"));
    }

    /** Our end of a handshake over a socket of its own; answers go to where the first datagram came from. */
    private final class End implements DtlsHandshake.Listener {
        private final DatagramChannel channel;
        private final DtlsIdentity identity = new DtlsIdentity(new SecureRandom(), Instant.now());
        private volatile @Nullable DtlsKeys keys;
        private volatile @Nullable DtlsFailure failure;
        private volatile @Nullable SocketAddress to;
        private @Nullable DtlsHandshake handshake;

        End() throws IOException {
            channel = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            Thread reader = new Thread(this::read, "dtls-test-reader");
            reader.setDaemon(true);
            reader.start();
        }

        int port() {
            return channel.socket().getLocalPort();
        }

        void begin(DtlsRole role, @Nullable SocketAddress peer, Fingerprint expected) {
            keys = null;
            failure = null;
            to = peer;
            loop.execute(() -> {
                if (handshake != null) {
                    handshake.close();
                }
                handshake =
                        handshakes.begin(role, identity, List.of(expected), List.of(SrtpSuite.values()), loop, this);
            });
        }

        DtlsKeys awaitKeys() {
            Await.until("keys, or a failure", () -> keys != null || failure != null, LIMIT);
            return Objects.requireNonNull(keys, () -> "failed: " + failure);
        }

        @Nullable
        DtlsFailure awaitFailure() {
            Await.until("keys, or a failure", () -> keys != null || failure != null, LIMIT);
            return failure;
        }

        private void read() {
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            try {
                while (true) {
                    buffer.clear();
                    SocketAddress from = channel.receive(buffer);
                    buffer.flip();
                    byte[] datagram = new byte[buffer.remaining()];
                    buffer.get(datagram);
                    loop.execute(() -> {
                        to = from;
                        Objects.requireNonNull(handshake).received(ByteBuffer.wrap(datagram));
                    });
                }
            } catch (ClosedChannelException e) {
                // The end of the test.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void send(ByteBuffer datagram) {
            try {
                channel.send(datagram, Objects.requireNonNull(to));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void established(DtlsKeys agreed) {
            keys = agreed;
        }

        @Override
        public void failed(DtlsFailure reason) {
            failure = reason;
        }

        void close() throws IOException {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            loop.execute(() -> {
                if (handshake != null) {
                    handshake.close();
                }
                closed.complete(null);
            });
            closed.join();
            channel.close();
        }
    }
}
