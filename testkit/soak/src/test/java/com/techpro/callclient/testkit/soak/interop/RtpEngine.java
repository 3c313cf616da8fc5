// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A real rtpengine on the loopback address, without its kernel module: relays the sound of calls, and translates between RTP and SRTP. */
final class RtpEngine implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    /** Four a call and side, of which a few dozen are up at once. */
    private static final int MEDIA_PORTS = 400;

    private final int controlPort;
    private final PeerProcess process;

    RtpEngine(Path directory) {
        int first = Ports.freeRun(MEDIA_PORTS + 2);
        this.controlPort = first;
        this.process = PeerProcess.start(
                directory,
                "rtpengine",
                "--config-file=none",
                "--table=-1",
                "--foreground",
                "--log-stderr",
                "--log-level=5",
                "--num-threads=2",
                "--delete-delay=0",
                "--interface=127.0.0.1",
                "--listen-ng=127.0.0.1:" + controlPort,
                "--listen-cli=127.0.0.1:" + (controlPort + 1),
                "--port-min=" + (first + 2),
                "--port-max=" + (first + 1 + MEDIA_PORTS));
        process.awaitListening(controlPort + 1, START_LIMIT);
    }

    /** Where it is told of calls, over UDP. */
    int controlPort() {
        return controlPort;
    }

    /** What it counted: the number is of those that its command line interface prints as JSON, such as {@code totalstatistics relayedpackets}. */
    long count(String section, String name) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), controlPort + 1)) {
            socket.setSoTimeout((int) START_LIMIT.toMillis());
            socket.getOutputStream().write("list jsonstats\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            JsonObject counted = JsonParser.parseString(answer).getAsJsonObject();
            return counted.getAsJsonObject(section).get(name).getAsLong();
        } catch (IOException e) {
            throw new UncheckedIOException("rtpengine does not say what it counted\n" + process.output(), e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
