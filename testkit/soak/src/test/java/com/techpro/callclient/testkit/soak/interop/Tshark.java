// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A capture of what goes to and from one loopback address, and what Wireshark's dissectors make of it. */
final class Tshark implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final byte[] MARKER = "end of the capture".getBytes(StandardCharsets.US_ASCII);
    private static final int DISCARD_PORT = 9;

    private final Path directory;
    private final Path file;
    private final String host;
    private final PeerProcess capture;
    private final StringBuilder decodeAs = new StringBuilder();
    private String read = "capture.pcapng";
    private int files;

    /** Starts capturing; nothing that happens after this returns is missed. */
    Tshark(Path directory, String host) {
        this.directory = directory;
        this.file = directory.resolve("capture.pcapng");
        this.host = host;
        this.capture = PeerProcess.start(
                directory, "tshark", "-i", "lo", "-f", "host " + host, "-B", "64", "-w", "capture.pcapng");
        Await.until("tshark writes", () -> Files.exists(file) && file.toFile().length() > 0, LIMIT);
    }

    /** Ends the capture once everything up to now is in the file: a marker is sent, and waited for. */
    void stop() {
        Await.until(
                "the end of the capture is written",
                () -> {
                    try (DatagramSocket socket = new DatagramSocket()) {
                        socket.send(
                                new DatagramPacket(MARKER, MARKER.length, InetAddress.getByName(host), DISCARD_PORT));
                        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                                .contains(new String(MARKER, StandardCharsets.ISO_8859_1));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                LIMIT);
        capture.close();
    }

    /** Takes whatever goes to or from a port for SIP. */
    void takeForSip(int port) {
        decodeAs.append(" -d udp.port==")
                .append(port)
                .append(",sip -d tcp.port==")
                .append(port)
                .append(",sip");
    }

    /** Puts keys of TLS into the capture, in the form of a key log, as a Decryption Secrets Block. What is found from now on is decrypted. */
    void decrypt(Path keyLog) {
        PeerProcess.run(
                directory, LIMIT, "editcap", "--inject-secrets", "tls," + keyLog, "capture.pcapng", "decrypted.pcapng");
        read = "decrypted.pcapng";
    }

    /** Frames that a display filter finds, the RTP and RTCP heuristics being on. */
    List<String> frames(String filter) {
        return fields(filter, "frame.number");
    }

    /** One field of each frame that the filter finds. */
    List<String> fields(String filter, String field) {
        Path out = directory.resolve("fields-" + ++files + ".txt");
        PeerProcess.run(
                directory,
                LIMIT,
                "sh",
                "-c",
                "tshark -r " + read + " --enable-heuristic rtp_udp --enable-heuristic rtcp_udp" + decodeAs + " -Y '"
                        + filter + "' -T fields -e " + field + " > " + out + " 2>/dev/null");
        try (Stream<String> lines = Files.lines(out)) {
            return lines.filter(line -> !line.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** UDP payloads in order. */
    List<byte[]> datagrams() {
        return datagrams("udp");
    }

    /** Those that a display filter finds. */
    List<byte[]> datagrams(String filter) {
        List<byte[]> payloads = new ArrayList<>();
        for (String hex : fields(filter, "udp.payload")) {
            byte[] bytes = new byte[hex.length() / 2];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
            }
            payloads.add(bytes);
        }
        return Collections.unmodifiableList(payloads);
    }

    String host() {
        return host;
    }

    @Override
    public void close() {
        capture.close();
    }
}
