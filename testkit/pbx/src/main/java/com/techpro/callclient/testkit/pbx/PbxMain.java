// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs a PBX on its own until the process ends. */
public final class PbxMain {
    private static final String USAGE = """
        --users FILE      one extension a line: the number, a space, the password
        --address IP      where to serve; 127.0.0.1 unless given
        --domain NAME     the domain of the extensions; pbx.test unless given
        --udp PORT        and --tcp PORT, --tls PORT: 5060, 5060 and 5061 unless given
        --wss PORT        and --ws PORT: WebSockets with and without TLS, at free ports unless given
        --group N=A,B     a number that rings several extensions
        --ca FILE         where to write the certificate of its authority, in PEM
        --voicemail PORT  take messages, and serve them at that IMAPS port
        --voicemail-format F  wav, mulaw or wav49; wav unless given
        --room-pin PIN    what opens the room 8001; 1234 unless given
        --srtp            offer SRTP on UDP and TCP too, with readable keys
        """;

    private PbxMain() {}

    /** Runs the PBX; its usage text lists the arguments. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 0) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8).print(USAGE);
            return;
        }
        try (EmbeddedPbx pbx = start(List.of(arguments))) {
            System.out.println("serving " + pbx.domain());
            new CountDownLatch(1).await();
        }
    }

    /** Starts a PBX with these arguments. */
    public static EmbeddedPbx start(List<String> arguments) throws IOException {
        PbxBuilder builder = EmbeddedPbx.builder()
                .recordedRequests(0)
                .port(SipTransport.UDP, 5060)
                .port(SipTransport.TCP, 5060)
                .port(SipTransport.TLS, 5061);
        Path authority = null;
        for (int i = 0; i < arguments.size(); i++) {
            String option = arguments.get(i);
            if (option.equals("--srtp")) {
                builder.srtpEverywhere();
                continue;
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(option + " wants a value");
            }
            String value = arguments.get(++i);
            switch (option) {
                case "--users" -> users(builder, Path.of(value));
                case "--address" -> builder.address(value);
                case "--domain" -> builder.domain(value);
                case "--udp", "--tcp", "--tls", "--ws", "--wss" ->
                    builder.port(
                            SipTransport.valueOf(option.substring(2).toUpperCase(java.util.Locale.ROOT)),
                            Integer.parseInt(value));
                case "--group" -> {
                    String[] parts = value.split("=", 2);
                    builder.ringGroup(parts[0], parts[1].split(",", -1));
                }
                case "--voicemail" -> builder.voicemail(boxes -> boxes.port(Integer.parseInt(value)));
                case "--voicemail-format" -> builder.voicemail(boxes -> boxes.format(value));
                case "--room-pin" -> builder.roomPin(value);
                case "--ca" -> authority = Path.of(value);
                default -> throw new IllegalArgumentException("no option is called " + option);
            }
        }
        EmbeddedPbx pbx = builder.start();
        if (authority != null) {
            Files.writeString(authority, pbx.authorityPem());
        }
        return pbx;
    }

    private static void users(PbxBuilder builder, Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] words = line.trim().split("\\s+", 2);
            if (words.length == 2) {
                builder.extension(words[0], words[1]);
            }
        }
    }
}
