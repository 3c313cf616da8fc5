// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.MediaEngine;
import com.techpro.callclient.stack.media.MediaListener;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.MediaSession;
import com.techpro.callclient.stack.media.PayloadTypeMap;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A media session whose far end, which is OpenSSL's, forgets its handshake: each time it is another process at the same port. */
@Tag("interop")
@Timeout(120)
class OpenSslMediaTest implements MediaListener {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern EXPORTED = Pattern.compile("Keying material: ([0-9A-F]+)");
    private static final SrtpSuite SUITE = SrtpSuite.AEAD_AES_128_GCM;
    private static final int TIMES = 3;

    @TempDir
    Path directory;

    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final MediaEngine engine = new MediaEngine(
            schedulers,
            new JdkNetwork(schedulers.workers()),
            new SecureRandom(),
            1,
            (thread, failure) -> events.add("exception " + failure));
    private final DtlsIdentity identity = new DtlsIdentity(new SecureRandom(), Instant.now());
    private final int port = Ports.freeRun(2);
    private MediaSession session;

    @BeforeEach
    void open() throws IOException {
        session = engine.open(InetAddress.getByName("127.0.0.1"), this);
        PeerProcess.run(
                directory,
                LIMIT,
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-subj",
                "/CN=peer",
                "-days",
                "2",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem");
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
        schedulers.close();
    }

    @Test
    void RFC6347_4_2_8_a_client_that_forgot_its_handshake_gets_keys_that_both_have() throws Exception {
        session.configure(agreed(DtlsRole.SERVER, 0));
        for (int time = 1; time <= TIMES; time++) {
            byte[] exported;
            try (PeerProcess client = peer(
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + session.localRtp().getPort(),
                    "-bind",
                    "127.0.0.1:" + port)) {
                exported = exported(client);
            }
            awaitKeyed(time);
            assertHeard(exported, DtlsRole.CLIENT);
        }
    }

    @Test
    void RFC8842_a_server_that_says_it_has_a_new_association_is_asked_again() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            byte[] exported;
            try (PeerProcess server =
                    peer("s_server", "-accept", "127.0.0.1:" + port, "-Verify", "1", "-naccept", "1")) {
                server.awaitOutput("ACCEPT", LIMIT);
                session.configure(agreed(DtlsRole.CLIENT, time - 1));
                exported = exported(server);
            }
            awaitKeyed(time);
            assertHeard(exported, DtlsRole.SERVER);
        }
    }

    private PeerProcess peer(String role, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl", role, "-dtls1_2"));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-cert", "cert.pem", "-key", "key.pem", "-use_srtp", "SRTP_AEAD_AES_128_GCM"));
        command.addAll(List.of("-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", "56"));
        return PeerProcess.start(directory, command);
    }

    private static byte[] exported(PeerProcess peer) {
        peer.awaitOutput(EXPORTED, LIMIT);
        Matcher matcher = EXPORTED.matcher(peer.output());
        assertThat(matcher.find()).isTrue();
        return HexFormat.of().parseHex(matcher.group(1));
    }

    private void awaitKeyed(int times) {
        Await.until(
                () -> times + " handshakes; there were " + events,
                () -> events.stream().filter("keyed"::equals).count() == times,
                LIMIT);
        assertThat(events).containsOnly("keyed");
    }

    /** What is sent under the key that OpenSSL exported for its end, from its port. */
    private void assertHeard(byte[] exported, DtlsRole theirs) throws IOException {
        int end = theirs == DtlsRole.CLIENT ? 0 : 1;
        byte[] master = Arrays.copyOf(Arrays.copyOfRange(exported, 16 * end, 16 * end + 16), 28);
        System.arraycopy(exported, 32 + 12 * end, master, 16, 12);
        CryptoAttribute.Usable keys = (CryptoAttribute.Usable)
                SrtpKeys.parse("1 " + SUITE + " inline:" + Base64.getEncoder().encodeToString(master));
        SrtpContext context = new SrtpContext(keys.keys());
        long before = session.statistics().packetsReceived();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
            for (int number = 0; number < 50; number++) {
                ByteBuffer packet = ByteBuffer.allocate(200);
                RtpPacket.writeHeader(packet, number == 0, 0, number, 160 * number, 0xCAFE);
                packet.put(new byte[160]).flip();
                assertThat(context.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
                socket.send(new DatagramPacket(packet.array(), packet.limit(), session.localRtp()));
            }
            Await.until(
                    "it was heard", () -> session.statistics().packetsReceived() >= before + 40, Duration.ofSeconds(5));
        }
    }

    private MediaParameters agreed(DtlsRole role, int resets) {
        String printed = PeerProcess.run(
                directory, LIMIT, "openssl", "x509", "-in", "cert.pem", "-noout", "-fingerprint", "-sha256");
        Fingerprint theirs = Objects.requireNonNull(Fingerprint.parse(
                "sha-256 " + printed.substring(printed.indexOf('=') + 1).trim()));
        PayloadFormat codec = PayloadFormat.ofStatic(G711.ULAW);
        return new MediaParameters(
                new InetSocketAddress("127.0.0.1", port),
                null,
                codec,
                -1,
                PayloadTypeMap.of(List.of(codec), List.of()),
                20,
                MediaDirection.SENDRECV,
                new Keying.Dtls(role, identity, List.of(theirs), List.of(SUITE), null, resets));
    }

    @Override
    public void dtmf(char digit, Duration length) {
        events.add("key " + digit);
    }

    @Override
    public void remoteLatched(InetSocketAddress from) {
        events.add("latched");
    }

    @Override
    public void rtpTimeout(Duration silence) {
        // The far end says nothing of its own.
    }

    @Override
    public void resumed() {
        // And then it does.
    }

    @Override
    public void keyed(SrtpSuite suite) {
        events.add("keyed");
    }

    @Override
    public void failed(Reason reason) {
        events.add("failed " + reason);
    }
}
