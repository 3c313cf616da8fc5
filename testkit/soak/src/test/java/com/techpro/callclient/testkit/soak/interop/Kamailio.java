// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real Kamailio: registrar and proxy for {@code pbx.test}, on the loopback address unless it is told another. */
final class Kamailio implements PhoneServer, AutoCloseable {
    /** Where nobody listens. */
    private static final int DISCARD = 9;

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final PemAuthority authority;
    private final String digest;
    private final ServerHost host;
    private final int plainPort = Ports.freeRun(3);
    private final int focusPort;
    private final int notifierPort;
    private final @Nullable RtpEngine relay;
    private final List<String> features;
    private PeerProcess process;
    private @Nullable DbText tables;

    Kamailio(Path directory, String digest) {
        this(directory, digest, ServerHost.LOOPBACK);
    }

    Kamailio(Path directory, String digest, ServerHost host) {
        this(directory, digest, host, DISCARD, DISCARD, null);
    }

    /** Starts one that leads all sound through a relay. */
    Kamailio(Path directory, String digest, RtpEngine relay) {
        this(directory, digest, ServerHost.LOOPBACK, DISCARD, DISCARD, relay);
    }

    /**
     * Starts one with conference rooms.
     *
     * @param focusPort where the focus of 8000 and 8003 is, over UDP
     * @param notifierPort where it is told who is in 8003; of 8000 Kamailio itself tells what is published
     */
    Kamailio(Path directory, String digest, int focusPort, int notifierPort) {
        this(directory, digest, ServerHost.LOOPBACK, focusPort, notifierPort, null);
    }

    /** Starts one that keeps texts for phones that are not there. */
    static Kamailio keepingTexts(Path directory, String digest) throws IOException {
        // Debian's table wants of each text what the module does not write.
        String silo = DbText.table("silo")
                .replace("callid(string)", "callid(string,null)")
                .replace("status(int)", "status(int,null)");
        new DbText(directory).add("silo", silo);
        return new Kamailio(directory, digest, ServerHost.LOOPBACK, DISCARD, DISCARD, null, "MESSAGE_STORE");
    }

    /**
     * Starts one that tells of the dialogs of many extensions at once (RFC 4662), and of none alone.
     *
     * @param owner whose list it is, which {@code lamps} names
     */
    static Kamailio withResourceList(Path directory, String digest, String owner, String... extensions)
            throws IOException {
        StringBuilder services = new StringBuilder("<rls-services xmlns=\"urn:ietf:params:xml:ns:rls-services\" "
                + "xmlns:rl=\"urn:ietf:params:xml:ns:resource-lists\"><service uri=\"sip:lamps@" + DOMAIN
                + "\"><list>");
        for (String extension : extensions) {
            services.append("<rl:entry uri=\"sip:" + extension + "@" + DOMAIN + "\"/>");
        }
        services.append("</list><packages><package>dialog</package></packages></service></rls-services>");
        DbText tables = new DbText(directory)
                .add("pua", DbText.table("pua"))
                .add("rls_presentity", DbText.table("rls_presentity"))
                .add("rls_watchers", DbText.table("rls_watchers"))
                .add(
                        "xcap",
                        DbText.table("xcap")
                                + DbText.row("1", owner, DOMAIN, services.toString(), "8", "e1", "0", "index", "0"));
        Kamailio kamailio =
                new Kamailio(directory, digest, ServerHost.LOOPBACK, DISCARD, DISCARD, null, "RESOURCE_LISTS");
        kamailio.tables = tables;
        return kamailio;
    }

    /** Starts one that keeps a binding for each flow of a phone (RFC 5626). */
    static Kamailio withOutbound(Path directory, String digest) {
        return new Kamailio(directory, digest, ServerHost.LOOPBACK, DISCARD, DISCARD, null, "OUTBOUND");
    }

    /** Starts one whose phones come by way of edges ({@link KamailioEdge}), each with a binding for each of its flows. */
    static Kamailio behindEdges(Path directory, String digest) {
        return new Kamailio(directory, digest, ServerHost.LOOPBACK, DISCARD, DISCARD, null, "OUTBOUND", "EDGES");
    }

    /** Starts one that wakes phones, by printing their push token, and has a call wait until they are there. */
    static Kamailio wakingPhones(Path directory, String digest) {
        return new Kamailio(directory, digest, ServerHost.LOOPBACK, DISCARD, DISCARD, null, "PUSH");
    }

    /** Starts one with a collector of quality reports (RFC 6035), which it prints. */
    static Kamailio collectingQuality(Path directory, String digest) {
        return new Kamailio(directory, digest, ServerHost.LOOPBACK, DISCARD, DISCARD, null, "COLLECTOR");
    }

    /** Starts one that has room for some thousand phones, and tells how often they ask ({@link #fleet}). */
    static Kamailio forFleet(Path directory, String digest) {
        return new Kamailio(directory, digest, ServerHost.LOOPBACK, DISCARD, DISCARD, null, "FLEET");
    }

    private Kamailio(
            Path directory,
            String digest,
            ServerHost host,
            int focusPort,
            int notifierPort,
            @Nullable RtpEngine relay,
            String... features) {
        this.host = host;
        this.relay = relay;
        this.features = List.of(features);
        this.focusPort = focusPort;
        this.notifierPort = notifierPort;
        this.directory = directory;
        this.digest = digest;
        this.authority = new PemAuthority(directory, DOMAIN, host.address());
        this.process = launch();
    }

    PemAuthority authority() {
        return authority;
    }

    @Override
    public ServerHost host() {
        return host;
    }

    @Override
    public Path authorityFile() {
        return authority.authority();
    }

    @Override
    public int port(SipTransport transport) {
        return switch (transport) {
            case UDP, TCP, WS -> plainPort;
            case TLS -> plainPort + 1;
            case WSS -> plainPort + 2;
        };
    }

    /** An account of the engine's here; every extension's password is as {@link PhoneServer#passwordOf} has it. */
    SipAccount.Builder account(String extension, SipTransport transport) {
        SipAccount.Builder builder = SipAccount.builder(extension, DOMAIN, Secret.of(PhoneServer.passwordOf(extension)))
                .transport(transport)
                .outboundProxy(new HostPort(host.address(), port(transport)))
                .webSocketPath("/ws")
                .tlsTrust(authority.trust());
        return transport.isEncrypted()
                ? builder
                : builder.securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling());
    }

    /**
     * What one for a fleet has seen since it was started.
     *
     * @param registered phones that it knows now
     * @param requests REGISTER requests
     * @param mostOfOne the most of them from one phone
     * @param connections that it accepted
     * @param sharedMemory in use, in bytes
     */
    record FleetSeen(int registered, int requests, int mostOfOne, int connections, long sharedMemory) {}

    FleetSeen fleet() {
        String[] words = page("/fleet").split(" ");
        return new FleetSeen(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Long.parseLong(words[4].trim()));
    }

    /** Returns how many Contacts of 1001 it has. */
    int contacts() {
        return Integer.parseInt(page("/contacts").trim());
    }

    /** Waits until one that wakes phones knows that the phone of 1002 is gone. */
    void awaitAsleep() {
        Await.until(
                "Kamailio knows that the phone is gone", () -> page("/awake").equals("asleep"), START_LIMIT);
    }

    private String page(String path) {
        try (InputStream answer = URI.create("http://" + host.inUri() + ":" + plainPort + path)
                .toURL()
                .openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a crash would; all bindings and subscriptions are lost. */
    void kill() {
        process.close();
    }

    void startAgain() {
        if (tables != null) {
            tables.restore();
        }
        process = launch();
    }

    /** Waits until it has printed this since it was started. */
    void awaitPrinted(String text) {
        process.awaitOutput(text, START_LIMIT);
    }

    /** What it has printed since it was started. */
    String printed() {
        return process.output();
    }

    /** What is configured for it, with {@code @…@} to be replaced. */
    static String template(String name) throws IOException {
        try (InputStream template = Kamailio.class.getResourceAsStream("/interop/" + name)) {
            if (template == null) {
                throw new IllegalStateException(name + " is missing from the test resources");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private PeerProcess launch() {
        try {
            String config = template("kamailio.cfg")
                    .replace("@ADDRESS@", host.inUri())
                    .replace("@UDP_PORT@", Integer.toString(plainPort))
                    .replace("@TLS_PORT@", Integer.toString(plainPort + 1))
                    .replace("@WSS_PORT@", Integer.toString(plainPort + 2))
                    .replace("@DIGEST@", digest)
                    .replace("@FOCUS_PORT@", Integer.toString(focusPort))
                    .replace("@NOTIFIER_PORT@", Integer.toString(notifierPort))
                    .replace("@RELAY_PORT@", Integer.toString(relay == null ? DISCARD : relay.controlPort()))
                    .replace("@DIR@", directory.toString());
            Path file = directory.resolve("kamailio.cfg");
            Files.writeString(file, config);
            List<String> command = new ArrayList<>(
                    List.of("kamailio", "-DD", "-E", "-f", file.toString(), "-Y", directory.toString()));
            if (relay != null) {
                command.addAll(List.of("-A", "MEDIA_RELAY"));
            }
            features.forEach(feature -> command.addAll(List.of("-A", feature)));
            PeerProcess started = host.start(directory, command);
            host.awaitListening(started, plainPort + 2, START_LIMIT);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
