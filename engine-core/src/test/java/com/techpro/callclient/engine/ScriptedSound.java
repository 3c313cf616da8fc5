// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** What Bob says: packets of G.711 in clear, and reports, sent to where the phone's last description says. */
final class ScriptedSound implements AutoCloseable {
    static final int PORT = 40_000;

    private final ScriptedPhoneSystem scene;
    private final DatagramLink link;
    private int sequence = 100;

    /** At the phone system's own address. */
    ScriptedSound(ScriptedPhoneSystem scene) {
        this(scene, ScriptedPhoneSystem.HOST, PORT);
    }

    ScriptedSound(ScriptedPhoneSystem scene, String host, int port) {
        this.scene = scene;
        try {
            link = scene.network.host(host).openDatagram(new InetSocketAddress(host, port), (packet, from) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void speak(Duration length) {
        for (int i = 0; i < length.toMillis() / 20; i++) {
            ByteBuffer packet = ByteBuffer.allocate(172);
            packet.put((byte) 0x80)
                    .put((byte) 0)
                    .putShort((short) sequence)
                    .putInt(sequence * 160)
                    .putInt(0x5e5d);
            sequence++;
            packet.position(172).flip();
            link.send(packet, phone());
            scene.pass(Duration.ofMillis(20));
        }
    }

    /** So many packets are said and do not arrive. */
    void lose(int packets) {
        sequence += packets;
    }

    /** A leg that is up and with nobody: a report each second, and nothing else. */
    void report(Duration length) {
        for (int i = 0; i < length.toSeconds(); i++) {
            send(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0x5e, 0x5d});
            scene.pass(Duration.ofSeconds(1));
        }
    }

    void send(byte[] packet) {
        link.send(ByteBuffer.wrap(packet), phone());
    }

    private InetSocketAddress phone() {
        List<ScriptedMessage> descriptions = scene.pbx.received().stream()
                .filter(message -> !message.bodyLines("m=audio").isEmpty())
                .toList();
        ScriptedMessage last = descriptions.get(descriptions.size() - 1);
        int port = Integer.parseInt(last.bodyLines("m=audio").get(0).split(" ")[1]);
        return new InetSocketAddress(ScriptedPhoneSystem.PHONE, port);
    }

    @Override
    public void close() {
        link.close();
    }
}
