// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.interop.EnginePhone;
import com.techpro.callclient.testkit.soak.interop.HeadlessAudio;
import com.techpro.callclient.testkit.soak.interop.Recitation;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Two engines that talk through the embedded PBX, on real sockets and over UDP, while a stranger sends to every UDP port that they and
 * the PBX have opened. What came of it is {@code talks on}, or what did not.
 */
final class Flood {
    /** The loopback network has many addresses on Linux; on that of the phone system a stranger would be taken for it. */
    static final String STRANGER = "127.0.0.66";

    /** A thousand a second. */
    private static final int BURST = 20;

    private static final int ATTEMPTS = 3;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Random RANDOM = Seeds.random(9);

    private Flood() {}

    /**
     * For as long as both speak ten seconds.
     *
     * @param times so often
     * @param packet the one of that number
     */
    static String of(Path directory, int times, IntFunction<byte[]> packet) throws Exception {
        Set<Integer> before = ports();
        Recitation speech = Recitation.write(directory.resolve("speech.wav"));
        HeadlessAudio left = speech.phone();
        HeadlessAudio right = speech.phone();
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002")
                        .srtpEverywhere()
                        .start();
                EnginePhone caller = new EnginePhone(account(pbx, "1001"), left).awaitRegistered();
                EnginePhone called =
                        new EnginePhone(account(pbx, "1002"), right).answering().awaitRegistered()) {
            Call call = caller.account().dial("1002");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            called.awaitIncoming();
            List<Integer> targets = new ArrayList<>(ports());
            targets.removeAll(before);
            Thread stranger = new Thread(() -> send(targets, packet), "stranger");
            stranger.start();
            try {
                for (int i = 0; i < times; i++) {
                    assertHeard(speech, left);
                    assertHeard(speech, right);
                }
            } finally {
                stranger.interrupt();
                stranger.join();
            }
            if (call.snapshot().state() != CallState.ESTABLISHED) {
                return "the call is " + call.snapshot().state();
            }
            call.hangUp();
            EnginePhone.awaitEnding(call);
            caller.assertNoMoreCalls();
            called.assertNoMoreCalls();
            caller.awaitNoCalls();
            called.awaitNoCalls();
            return "talks on";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A machine that is busy with something else spoils some seconds; a flood that does harm spoils all. */
    static void assertHeard(Recitation speech, HeadlessAudio ear) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                speech.assertHeard(ear);
                return;
            } catch (AssertionError e) {
                System.out.println("heard badly, listening again");
            }
        }
        speech.assertHeard(ear);
    }

    /** Anybody reaches UDP. The sound is encrypted. */
    static SipAccount.Builder account(EmbeddedPbx pbx, String extension) {
        return pbx.account(extension, SipTransport.UDP)
                // What is heard of a file is judged by its waveform, which G.711 keeps.
                .codecs(Set.copyOf(MediaChoice.G711))
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling());
    }

    private static void send(List<Integer> targets, IntFunction<byte[]> packet) {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(STRANGER))) {
            for (int number = 0; !Thread.currentThread().isInterrupted(); ) {
                for (int i = 0; i < BURST; i++, number++) {
                    byte[] bytes = packet.apply(number);
                    int port = targets.get(RANDOM.nextInt(targets.size()));
                    socket.send(new DatagramPacket(
                            bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] noise(int number) {
        byte[] bytes = new byte[1 + RANDOM.nextInt(1_400)];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** As a stranger's phone would send it: G.711, in order, unencrypted. */
    static byte[] rtp(int number) {
        ByteBuffer packet = ByteBuffer.allocate(172);
        packet.put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) number)
                .putInt(number * 160)
                .putInt(0x0BADCAFE);
        byte[] sound = new byte[160];
        RANDOM.nextBytes(sound);
        return packet.put(sound).array();
    }

    /** A goodbye of every source of sound that there may be. */
    static byte[] rtcpBye(int number) {
        return ByteBuffer.allocate(8)
                .put((byte) 0x81)
                .put((byte) 203)
                .putShort((short) 1)
                .putInt(number)
                .array();
    }

    /** RFC 8489 §5. */
    static byte[] bindingRequest(int number) {
        return stun(0x0001, number, new byte[0]);
    }

    /** Data of a channel (RFC 8656 §12.4), and a Data indication whose DATA is longer than it says (§11.6), in turn. */
    static byte[] relayed(int number) {
        byte[] sound = rtp(number);
        return number % 2 == 0
                ? ByteBuffer.allocate(4 + sound.length)
                        .putShort((short) 0x4000)
                        .putShort((short) sound.length)
                        .put(sound)
                        .array()
                : stun(0x0017, number, new byte[] {0x00, 0x13, (byte) 0xff, (byte) 0xff, 1, 2, 3, 4});
    }

    private static byte[] stun(int type, int number, byte[] attributes) {
        return ByteBuffer.allocate(20 + attributes.length)
                .putShort((short) type)
                .putShort((short) attributes.length)
                .putInt(0x2112A442)
                .putLong(RANDOM.nextLong())
                .putInt(number)
                .put(attributes)
                .array();
    }

    static byte[] request(String method, int number) {
        return (method + " sip:1002@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.66:9;branch=z9hG4bKstranger" + number
                        + "\r\nMax-Forwards: 70\r\nFrom: <sip:stranger@127.0.0.66>;tag=s" + number
                        + "\r\nTo: <sip:1002@127.0.0.1>\r\nCall-ID: stranger-" + number + "\r\nCSeq: 1 " + method
                        + "\r\nContact: <sip:stranger@127.0.0.66:9>\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Those of this process; Linux tells. */
    static Set<Integer> ports() throws IOException {
        Set<String> own = new HashSet<>();
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : open.toList()) {
                try {
                    own.add(Files.readSymbolicLink(each).toString());
                } catch (NoSuchFileException | NotLinkException e) {
                    // It has been closed meanwhile.
                }
            }
        }
        Set<Integer> ports = new HashSet<>();
        for (String table : List.of("/proc/self/net/udp", "/proc/self/net/udp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.trim().split(" +");
                if (fields.length > 9 && own.contains("socket:[" + fields[9] + "]")) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }
}
