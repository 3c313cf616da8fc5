// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.soak.interop.EnginePhone;
import com.techpro.callclient.testkit.soak.interop.HeadlessAudio;
import com.techpro.callclient.testkit.soak.interop.PeerProcess;
import com.techpro.callclient.testkit.soak.interop.Ports;
import com.techpro.callclient.testkit.soak.interop.Recitation;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RFC 5763's own race (§3, §5): whoever answers begins the handshake at once, and its hello is with
 * the caller before the answer with the fingerprint is. Until that has come the caller cannot tell
 * it from a stranger. Here both are OpenSSL's, and the phone system is a script that answers late.
 * What came of it is {@code talks with who answered}, or what did not.
 */
final class HandshakeRace implements AutoCloseable {
    private static final String HERE = "127.0.0.1";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** How much later than the hello the answer is. */
    private static final Duration LATE = Duration.ofMillis(1_200);

    private static final SrtpSuite SUITE = SrtpSuite.AEAD_AES_128_GCM;
    private static final Pattern EXPORTED = Pattern.compile("Keying material: ([0-9A-F]+)");
    private static final int PACKETS = 100;

    private final Path directory;
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final ScriptedPeer pbx = ScriptedPeer.udp(new JdkNetwork(schedulers.workers()), HERE, Ports.freeRun(2));
    private final AtomicReference<ScriptedMessage> invite = new AtomicReference<>();
    private final HeadlessAudio audio;

    private HandshakeRace(Path directory) throws IOException {
        this.directory = directory;
        audio = Recitation.write(directory.resolve("speech.wav")).phone();
        pbx.on("REGISTER", it -> pbx.respond(it, "200 OK", "Contact: " + it.header("Contact") + ";expires=600"));
        pbx.on("INVITE", it -> {
            pbx.respond(it, "180 Ringing");
            invite.set(it);
        });
        pbx.on("BYE", it -> pbx.respond(it, "200 OK"));
        for (String whose : List.of("far", "stranger")) {
            PeerProcess.run(
                    directory,
                    LIMIT,
                    ("openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 2 -subj /CN=peer"
                                    + " -keyout " + whose + "-key.pem -out " + whose + ".pem")
                            .split(" "));
        }
    }

    /**
     * Strangers with a certificate of their own shake hands, before and after the hello that
     * counts.
     */
    static String strangers(Path directory, int calls) throws Exception {
        return of(directory, calls, false);
    }

    /**
     * Before the hello that counts others came from where it comes from, and alerts, as somebody
     * forges them who can guess the address.
     */
    static String forgers(Path directory, int calls) throws Exception {
        return of(directory, calls, true);
    }

    private static String of(Path directory, int calls, boolean forged) throws Exception {
        try (HandshakeRace race = new HandshakeRace(directory);
                EnginePhone phone = new EnginePhone(race.account(), race.audio).awaitRegistered()) {
            for (int i = 0; i < calls; i++) {
                race.call(phone, forged);
            }
            return "talks with who answered";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private SipAccount.Builder account() {
        return SipAccount.builder("1001", HERE + ":" + pbx.local().getPort(), Secret.of("secret"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .keyingPolicy(KeyingPolicy.DTLS_ONLY);
    }

    private void call(EnginePhone phone, boolean forged) throws Exception {
        invite.set(null);
        Call call = phone.account().dial("1002");
        Await.until("the phone system is asked", () -> invite.get() != null, LIMIT);
        ScriptedMessage asked = invite.get();
        Matcher port = Pattern.compile("m=audio (\\d+)").matcher(asked.body());
        if (!port.find()) {
            throw new AssertionError("nothing was offered");
        }
        InetSocketAddress phones = new InetSocketAddress(HERE, Integer.parseInt(port.group(1)));
        int farPort = Ports.freeRun(2);
        List<PeerProcess> strangers = new ArrayList<>();
        byte[] exported;
        try {
            if (forged) {
                forge(farPort, phones);
            }
            strangers.add(peer("stranger", Flood.STRANGER + ":0", phones));
            try (PeerProcess far = peer("far", HERE + ":" + farPort, phones)) {
                strangers.add(peer("stranger", Flood.STRANGER + ":0", phones));
                LockSupport.parkNanos(LATE.toNanos());
                pbx.respond(asked, "200 OK", answer(farPort));
                exported = exported(far);
            }
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            hears(exported, farPort, phones);
            if (call.snapshot().state() != CallState.ESTABLISHED) {
                throw new AssertionError("the call is " + call.snapshot().state());
            }
        } finally {
            strangers.forEach(PeerProcess::close);
        }
        call.hangUp();
        EnginePhone.awaitEnding(call);
        phone.awaitNoCalls();
    }

    private static void forge(int from, InetSocketAddress phones) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(from, InetAddress.getByName(HERE))) {
            for (String datagram :
                    List.of(HandshakeSpray.CLIENT_HELLO, HandshakeSpray.FATAL_ALERT, HandshakeSpray.CLOSE_NOTIFY)) {
                byte[] bytes = HexFormat.of().parseHex(datagram);
                socket.send(new DatagramPacket(bytes, bytes.length, phones));
            }
        }
    }

    private PeerProcess peer(String whose, String from, InetSocketAddress phones) {
        return PeerProcess.start(
                directory,
                ("openssl s_client -dtls1_2 -connect " + HERE + ":" + phones.getPort() + " -bind " + from + " -cert "
                                + whose + ".pem -key " + whose + "-key.pem -use_srtp SRTP_" + SUITE
                                + " -keymatexport EXTRACTOR-dtls_srtp -keymatexportlen 56")
                        .split(" "));
    }

    private String[] answer(int farPort) throws IOException {
        String printed = PeerProcess.run(
                directory, LIMIT, "openssl", "x509", "-in", "far.pem", "-noout", "-fingerprint", "-sha256");
        String fingerprint = printed.substring(printed.indexOf('=') + 1).trim();
        String[] sdp = ScriptedPeer.sdp(
                HERE, farPort, 1, "a=rtcp-mux", "a=setup:active", "a=fingerprint:sha-256 " + fingerprint);
        for (int i = 0; i < sdp.length; i++) {
            sdp[i] = sdp[i].replace("RTP/AVP", "UDP/TLS/RTP/SAVP");
        }
        return ScriptedPeer.lines(
                "Contact: <sip:1002@" + HERE + ":" + pbx.local().getPort() + ">", sdp);
    }

    private static byte[] exported(PeerProcess far) {
        far.awaitOutput(EXPORTED, LIMIT);
        Matcher keys = EXPORTED.matcher(far.output());
        if (!keys.find()) {
            throw new AssertionError("no keys");
        }
        return HexFormat.of().parseHex(keys.group(1));
    }

    /**
     * Both ways, under what OpenSSL has exported at the end that answered, and nothing under
     * anything else.
     */
    private void hears(byte[] exported, int farPort, InetSocketAddress phones) throws IOException {
        SrtpContext sends = new SrtpContext(keys(exported, 0));
        SrtpContext receives = new SrtpContext(keys(exported, 1));
        audio.forget();
        try (DatagramSocket socket = new DatagramSocket(farPort, InetAddress.getByName(HERE))) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            byte[] sound = new byte[160];
            int media = 0;
            for (int number = 0; media < PACKETS; number++) {
                Arrays.fill(sound, 0, 80, (byte) 0x90);
                Arrays.fill(sound, 80, 160, (byte) 0x10);
                ByteBuffer packet = ByteBuffer.allocate(200);
                RtpPacket.writeHeader(packet, number == 0, 0, number, 160 * number, 0xCAFE);
                packet.put(sound).flip();
                if (sends.protectRtp(packet) != SrtpStatus.OK) {
                    throw new AssertionError("no packet");
                }
                socket.send(new DatagramPacket(packet.array(), packet.limit(), phones));
                DatagramPacket came = new DatagramPacket(new byte[2_048], 2_048);
                socket.receive(came);
                byte[] bytes = Arrays.copyOf(came.getData(), came.getLength());
                boolean rtcp = (bytes[1] & 0xFF) >= 200 && (bytes[1] & 0xFF) <= 207;
                boolean flight = bytes[0] >= 20 && bytes[0] <= 63;
                if (!rtcp && !flight) {
                    media++;
                    if (receives.unprotectRtp(ByteBuffer.wrap(bytes)) != SrtpStatus.OK) {
                        throw new AssertionError("sound under the keys of somebody else");
                    }
                }
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no sound", e);
        }
        audio.awaitHeard(Duration.ofSeconds(1));
    }

    /** @param end 0 for what the client sends, 1 for what the server does (RFC 5764 §4.2) */
    private static SrtpKeys keys(byte[] exported, int end) {
        byte[] master = Arrays.copyOf(Arrays.copyOfRange(exported, 16 * end, 16 * end + 16), 28);
        System.arraycopy(exported, 32 + 12 * end, master, 16, 12);
        CryptoAttribute.Usable usable = (CryptoAttribute.Usable)
                SrtpKeys.parse("1 " + SUITE + " inline:" + Base64.getEncoder().encodeToString(master));
        return usable.keys();
    }

    @Override
    public void close() throws IOException {
        pbx.close();
        schedulers.close();
        for (String file : List.of("speech.wav", "far.pem", "far-key.pem", "stranger.pem", "stranger-key.pem")) {
            Files.deleteIfExists(directory.resolve(file));
        }
    }
}
