// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A real Asterisk on the loopback address: registrar, B2BUA, voicemail, rooms and parking. It runs
 * in a folder with its own libraries ({@code .ci/asterisk} makes it), since this system's release
 * has no Asterisk. An extension's first digit says how its sound is keyed.
 */
final class Asterisk implements PhoneServer, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> FILES = List.of(
            "asterisk.conf",
            "modules.conf",
            "logger.conf",
            "http.conf",
            "rtp.conf",
            "features.conf",
            "res_parking.conf",
            "voicemail.conf",
            "musiconhold.conf",
            "extensions.conf",
            "pjsip.conf");

    /** How an endpoint keys its sound. */
    enum Keying {
        SDES("1"),
        DTLS("2"),
        WEBRTC("3");

        private final String firstDigit;

        Keying(String firstDigit) {
            this.firstDigit = firstDigit;
        }

        /** Of its nine extensions, from 1 on. */
        String extension(int number) {
            return firstDigit + "00" + number;
        }
    }

    private final Path root = root();
    private final Path directory;
    private final PemAuthority authority;
    private final int port = Ports.freeRun(4);
    private final int media = Ports.freeRun(60);
    private PeerProcess process;

    Asterisk(Path test) {
        authority = new PemAuthority(test, DOMAIN);
        try {
            directory = Files.createTempDirectory(Files.createDirectories(root.resolve("callclient")), "run");
            for (String certificate : List.of("server.pem", "server.key")) {
                Files.copy(test.resolve(certificate), directory.resolve(certificate));
            }
            for (String file : FILES) {
                Files.writeString(directory.resolve(file), configuration(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = launch();
    }

    private static Path root() {
        String given = System.getProperty("callclient.asterisk");
        if (given == null) {
            throw new IllegalStateException("run .ci/asterisk, which says where Asterisk is");
        }
        return Path.of(given);
    }

    private String configuration(String file) throws IOException {
        String inside = "/" + root.relativize(directory);
        StringBuilder endpoints = new StringBuilder();
        for (Keying keying : Keying.values()) {
            for (int number = 1; number <= 4; number++) {
                String extension = keying.extension(number);
                endpoints.append(endpoint(extension, keying.name().toLowerCase(Locale.ROOT)));
            }
        }
        try (InputStream template = Asterisk.class.getResourceAsStream("/interop/asterisk/" + file)) {
            if (template == null) {
                throw new IllegalStateException(file + " is missing from the test resources");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@ENDPOINTS@", endpoints)
                    .replace("@DIR@", inside)
                    .replace("@SIP@", Integer.toString(port))
                    .replace("@TLS@", Integer.toString(port + 1))
                    .replace("@WS@", Integer.toString(port + 2))
                    .replace("@WSS@", Integer.toString(port + 3))
                    .replace("@RTP@", Integer.toString(media))
                    .replace("@RTP_END@", Integer.toString(media + 59));
        }
    }

    /** Several contacts are kept, and a call rings the first: old ones are not for the registrar to clear away. */
    private static String endpoint(String extension, String template) {
        return """
            [%1$s](%2$s)
            aors = %1$s
            auth = %1$s
            callerid = Extension %1$s <%1$s>
            mailboxes = %1$s@default

            [%1$s]
            type = auth
            auth_type = digest
            username = %1$s
            password = %3$s

            [%1$s]
            type = aor
            max_contacts = 4
            mailboxes = %1$s@default

            """.formatted(extension, template, PhoneServer.passwordOf(extension));
    }

    private PeerProcess launch() {
        // It needs devices and processes; both are gone with its mount namespace.
        PeerProcess started = PeerProcess.start(
                directory,
                "unshare",
                "--mount",
                "--kill-child",
                "--fork",
                "sh",
                "-ec",
                "mount --bind /dev \"$1/dev\"; mount -t proc proc \"$1/proc\"; exec chroot \"$1\" "
                        + "/usr/sbin/asterisk -f -C \"/${2#\"$1\"/}/asterisk.conf\"",
                "asterisk",
                root.toString(),
                directory.toString());
        started.awaitOutput("Asterisk Ready.", LIMIT);
        started.awaitListening(port + 3, LIMIT);
        return started;
    }

    /** Waits until it has printed this since it was started. */
    void awaitPrinted(String text, Duration limit) {
        process.awaitOutput(text, limit);
    }

    /** As a crash would; it finds its bindings again when it starts. */
    void kill() {
        command("core stop now");
        process.close();
    }

    void startAgain() {
        process = launch();
    }

    /** Types a command at its console; what it answers. */
    String command(String command) {
        return PeerProcess.run(
                directory,
                LIMIT,
                "chroot",
                root.toString(),
                "/usr/sbin/asterisk",
                "-C",
                "/" + root.relativize(directory) + "/asterisk.conf",
                "-rx",
                command);
    }

    /** The addresses at which an extension is registered. */
    List<String> contacts(String extension) {
        return command("pjsip show aor " + extension)
                .lines()
                .map(String::trim)
                .filter(line -> line.startsWith("Contact:") && line.contains("sip:"))
                .toList();
    }

    /** An account of the engine's here. */
    SipAccount.Builder account(String extension, SipTransport transport) {
        return account(extension, transport, new HostPort("127.0.0.1", port(transport)));
    }

    /** As {@link #account(String, SipTransport)}, reached by another way. */
    SipAccount.Builder account(String extension, SipTransport transport, HostPort way) {
        SipAccount.Builder builder = SipAccount.builder(extension, DOMAIN, Secret.of(PhoneServer.passwordOf(extension)))
                .transport(transport)
                .outboundProxy(way)
                .webSocketPath("/ws")
                .tlsTrust(authority.trust());
        if (extension.startsWith(Keying.DTLS.firstDigit)) {
            builder.keyingPolicy(KeyingPolicy.DTLS_ONLY);
        }
        if (extension.startsWith(Keying.WEBRTC.firstDigit)) {
            builder.keyingPolicy(KeyingPolicy.DTLS_ONLY).ice(IceSettings.DEFAULT.withUse(IceSettings.Use.OFFERED));
        }
        return transport.isEncrypted()
                ? builder
                : builder.securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling());
    }

    @Override
    public int port(SipTransport transport) {
        return switch (transport) {
            case UDP, TCP -> port;
            case TLS -> port + 1;
            case WS -> port + 2;
            case WSS -> port + 3;
        };
    }

    @Override
    public Path authorityFile() {
        return authority.authority();
    }

    @Override
    public void close() {
        process.close();
    }
}
