// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.interop.EnginePhone;
import com.techpro.callclient.testkit.soak.interop.HeadlessAudio;
import com.techpro.callclient.testkit.soak.interop.Recitation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Two engines that call each other through the embedded PBX, with keys by DTLS, while a stranger sends what anybody can make of DTLS to every UDP port as soon as it is
 * open: while it rings, before the answer, during the handshake and after it. What came of it is {@code talks}, or what did not.
 */
final class HandshakeSpray {
    static final String FATAL_ALERT = "15fefd000000000000000000020228";
    static final String CLOSE_NOTIFY = "15fefd000000000000000000020100";
    /** One that is answered. */
    static final String CLIENT_HELLO = "16feff00000000000000000060010000540000000000000054fefd" + "5a".repeat(32)
            + "00000002c02b0100002800170000000a000400020017000b00020100000d000400020403000e00050002000800ff01000100";

    static final String SERVER_HELLO =
            "16fefd00000000000000000034020000280000000000000028fefd" + "5a".repeat(32) + "00c02b000000";

    private static final Duration PAUSE = Duration.ofMillis(5);

    private HandshakeSpray() {}

    /** @param ice whether the phones find each other's ports by ICE */
    static String of(Path directory, int calls, boolean ice, List<String> datagrams) throws Exception {
        Set<Integer> before = Flood.ports();
        Recitation speech = Recitation.write(directory.resolve("speech.wav"));
        HeadlessAudio left = speech.phone();
        HeadlessAudio right = speech.phone();
        AtomicLong sprayed = new AtomicLong();
        try (EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002")
                        .dtls("1002")
                        .start();
                EnginePhone caller = new EnginePhone(account(pbx, "1001", ice), left).awaitRegistered();
                EnginePhone called = new EnginePhone(account(pbx, "1002", ice), right)
                        .answering()
                        .awaitRegistered()) {
            Thread stranger = new Thread(() -> spray(before, datagrams, sprayed), "stranger");
            stranger.start();
            try {
                for (int i = 0; i < calls; i++) {
                    Call call = caller.account().dial("1002");
                    EnginePhone.awaitState(call, CallState.ESTABLISHED);
                    called.awaitIncoming();
                    Flood.assertHeard(speech, left);
                    Flood.assertHeard(speech, right);
                    call.hangUp();
                    EnginePhone.awaitEnding(call);
                    called.awaitNoCalls();
                }
            } finally {
                stranger.interrupt();
                stranger.join();
            }
            caller.assertNoMoreCalls();
            called.assertNoMoreCalls();
            return sprayed.get() < 100 ? "was sprayed with " + sprayed : "talks";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static SipAccount.Builder account(EmbeddedPbx pbx, String extension, boolean ice) {
        return Flood.account(pbx, extension)
                .keyingPolicy(KeyingPolicy.DTLS_ONLY)
                .ice(IceSettings.DEFAULT.withUse(ice ? IceSettings.Use.OFFERED : IceSettings.Use.NEVER));
    }

    private static void spray(Set<Integer> before, List<String> datagrams, AtomicLong sprayed) {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(Flood.STRANGER))) {
            while (!Thread.currentThread().isInterrupted()) {
                Set<Integer> targets = new HashSet<>(Flood.ports());
                targets.removeAll(before);
                for (int port : targets) {
                    for (String datagram : datagrams) {
                        byte[] bytes = HexFormat.of().parseHex(datagram);
                        socket.send(new DatagramPacket(
                                bytes, bytes.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                        sprayed.incrementAndGet();
                    }
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
