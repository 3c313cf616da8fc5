// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real baresip, registered at a {@link PhoneServer}, steered through its control socket (netstrings of JSON). */
final class Baresip implements Softphone {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** Whom it knows. */
    private static final String CONTACT = "1001";

    private final PeerProcess process;
    private final Path recordings;
    private final Socket control;
    private final List<JsonObject> events = new ArrayList<>();
    private final List<JsonObject> responses = new ArrayList<>();

    /**
     * Starts one.
     *
     * @param mediaEncryption baresip's name for it, such as {@code srtp-mand}, or empty for none
     * @param speech what its microphone hears
     */
    Baresip(
            Path directory,
            PhoneServer registrar,
            String extension,
            SipTransport transport,
            String mediaEncryption,
            Path speech) {
        this(directory, registrar, extension, transport, mediaEncryption, speech, "PCMU/8000/1,PCMA/8000/1", 8_000);
    }

    /**
     * Starts one that speaks other codecs.
     *
     * @param codecs as its account's {@code audio_codecs}
     * @param sampleRate of its devices, and of the speech
     */
    Baresip(
            Path directory,
            PhoneServer registrar,
            String extension,
            SipTransport transport,
            String mediaEncryption,
            Path speech,
            String codecs,
            int sampleRate) {
        this(directory, registrar, extension, transport, mediaEncryption, speech, codecs, sampleRate, false);
    }

    private Baresip(
            Path directory,
            PhoneServer registrar,
            String extension,
            SipTransport transport,
            String mediaEncryption,
            Path speech,
            String codecs,
            int sampleRate,
            boolean presence) {
        try {
            Files.createDirectories(directory);
            this.recordings = Files.createDirectories(directory.resolve("recorded"));
            int sipPort = Ports.freeRun(44);
            int controlPort = sipPort + 2;
            int port = registrar.port(transport);
            ServerHost host = registrar.host();
            String name = transport.name().toLowerCase(java.util.Locale.ROOT);
            Files.writeString(
                    directory.resolve("config"),
                    String.join(
                            "\n",
                            "poll_method epoll",
                            "net_interface " + host.address(),
                            "sip_listen " + host.inUri() + ":" + sipPort,
                            "sip_cafile " + registrar.authorityFile(),
                            "audio_source aufile," + speech,
                            "audio_player aubridge,speaker",
                            "audio_alert aubridge,alert",
                            "audio_path /nonexistent",
                            "ausrc_srate " + sampleRate,
                            "auplay_srate " + sampleRate,
                            "rtp_ports " + (sipPort + 4) + "-" + (sipPort + 43),
                            "snd_path " + recordings,
                            "module_path /usr/lib/baresip/modules",
                            "module g711.so",
                            "module g722.so",
                            "module opus.so",
                            "module aufile.so",
                            "module aubridge.so",
                            "module sndfile.so",
                            "module srtp.so",
                            "module dtls_srtp.so",
                            "module ice.so",
                            "module_app account.so",
                            "module_app contact.so",
                            "module_app menu.so",
                            presence ? "module_app presence.so" : "",
                            "module stdio.so",
                            "module ctrl_tcp.so",
                            "ctrl_tcp_listen 127.0.0.1:" + controlPort,
                            ""));
            Files.writeString(
                    directory.resolve("accounts"),
                    "<sip:" + extension + "@" + PhoneServer.DOMAIN + ";transport=" + name + ">;auth_user=" + extension
                            + ";auth_pass=" + PhoneServer.passwordOf(extension) + ";outbound=\"sip:" + host.inUri()
                            + ":" + port
                            + ";transport=" + name
                            + "\";regint=60" + (presence ? ";pubint=600" : "") + ";answermode=manual;audio_codecs="
                            + codecs
                            + (mediaEncryption.isEmpty() ? "" : ";mediaenc=" + mediaEncryption) + "\n");
            Files.writeString(
                    directory.resolve("contacts"),
                    "\"Engine\" <sip:" + CONTACT + "@" + PhoneServer.DOMAIN + ">" + (presence ? ";presence=p2p" : "")
                            + "\n");
            this.process = PeerProcess.start(
                    directory, "baresip", host == ServerHost.LOOPBACK_6 ? "-6" : "-4", "-f", directory.toString());
            try {
                process.awaitOutput("200 OK", LIMIT);
                process.awaitListening(controlPort, LIMIT);
            } catch (AssertionError e) {
                process.close();
                throw e;
            }
            this.control = new Socket("127.0.0.1", controlPort);
            Thread reader = new Thread(this::read, "baresip-control");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that watches the presence of 1001 (RFC 3856). */
    static Baresip withPresence(Path directory, PhoneServer registrar, String extension, Path speech) {
        return new Baresip(
                directory,
                registrar,
                extension,
                SipTransport.TLS,
                "srtp-mand",
                speech,
                "PCMU/8000/1",
                HeadlessAudio.RATE,
                true);
    }

    /** Waits for what it shows of 1001. */
    void awaitPresence(String status) {
        String[] shown = new String[1];
        Await.until(
                () -> "baresip shows " + status + ", not " + shown[0],
                () -> {
                    command("contacts", "");
                    synchronized (events) {
                        shown[0] = responses.get(responses.size() - 1).toString();
                    }
                    return shown[0].contains(status);
                },
                LIMIT);
    }

    /** One that recites, over TLS, in one codec. */
    static Baresip speaking(
            Path directory,
            PhoneServer registrar,
            String extension,
            String mediaEncryption,
            String codec,
            Recitation speech) {
        int rate = switch (codec) {
            case "opus" -> 48_000;
            case "G722" -> 16_000;
            default -> 8_000;
        };
        // Whatever it reads, it takes for as many channels as the codec's rtpmap has.
        int channels = codec.equals("opus") ? 2 : 1;
        return new Baresip(
                directory,
                registrar,
                extension,
                SipTransport.TLS,
                mediaEncryption,
                speech.at(rate, channels),
                codec + "/" + rate + "/" + channels,
                rate);
    }

    void dial(String number) {
        command("dial", "sip:" + number + "@" + PhoneServer.DOMAIN);
    }

    void accept() {
        command("accept", "");
    }

    void hangUp() {
        command("hangup", "");
    }

    @Override
    public void hold() {
        command("hold", "");
    }

    @Override
    public void resume() {
        command("resume", "");
    }

    /** Asks its far end to call somebody else. */
    void transfer(String number) {
        command("transfer", "sip:" + number + "@" + PhoneServer.DOMAIN);
    }

    /** Sends a text to 1001, the one contact that it has. */
    void message(String text) {
        command("message", text);
    }

    /** Waits for a text, which it prints. */
    void awaitMessage(String text) {
        process.awaitOutput(text, LIMIT);
    }

    void pressKey(char key) {
        command("sndcode", String.valueOf(key));
    }

    @Override
    public void call(String number) {
        dial(number);
        awaitEvent("CALL_ESTABLISHED");
    }

    @Override
    public void answer() {
        awaitEvent("CALL_INCOMING");
        accept();
        awaitEvent("CALL_ESTABLISHED");
    }

    @Override
    public void end() {
        hangUp();
        awaitEvent("CALL_CLOSED");
    }

    @Override
    public void press(char key) {
        pressKey(key);
    }

    @Override
    public void awaitKey(char key) {
        String heard = awaitEvent("CALL_DTMF_START").get("param").getAsString();
        if (!heard.equals(String.valueOf(key))) {
            throw new AssertionError("baresip heard " + heard + " and not " + key);
        }
    }

    JsonObject awaitEvent(String type) {
        JsonObject[] found = new JsonObject[1];
        Await.until(
                "baresip tells " + type + "; it told " + eventTypes(),
                () -> {
                    synchronized (events) {
                        for (JsonObject event : events) {
                            if (event.get("type").getAsString().equals(type)) {
                                found[0] = event;
                                events.remove(event);
                                return true;
                            }
                        }
                        return false;
                    }
                },
                LIMIT);
        return found[0];
    }

    private List<String> eventTypes() {
        synchronized (events) {
            return events.stream().map(event -> event.get("type").getAsString()).toList();
        }
    }

    /** Its recording begins with the sound, somewhat later than the call, and ends with the first hold: it turns its recorder on once a call. */
    @Override
    public Path heard() {
        Await.until("baresip records", () -> !recorded().isEmpty(), LIMIT);
        return recorded().get(recorded().size() - 1);
    }

    /** Named for when they began. */
    private List<Path> recorded() {
        try (Stream<Path> files = Files.list(recordings)) {
            return files.filter(file -> file.toString().endsWith("-dec.wav"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void command(String command, String parameters) {
        JsonObject request = new JsonObject();
        request.addProperty("command", command);
        request.addProperty("params", parameters);
        byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
        int before;
        synchronized (events) {
            before = responses.size();
        }
        try {
            control.getOutputStream().write((body.length + ":").getBytes(StandardCharsets.US_ASCII));
            control.getOutputStream().write(body);
            control.getOutputStream().write(',');
            control.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("baresip is gone\n" + process.output(), e);
        }
        Await.until(
                "baresip answers " + command,
                () -> {
                    synchronized (events) {
                        return responses.size() > before;
                    }
                },
                LIMIT);
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(control.getInputStream());
            while (true) {
                int length = 0;
                for (int c = in.readUnsignedByte(); c != ':'; c = in.readUnsignedByte()) {
                    length = length * 10 + (c - '0');
                }
                byte[] body = new byte[length];
                in.readFully(body);
                in.readUnsignedByte();
                JsonObject message = JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                        .getAsJsonObject();
                synchronized (events) {
                    (message.has("event") ? events : responses).add(message);
                }
            }
        } catch (IOException e) {
            // the program ended or the test closed the socket; whoever waits for an event will say so
            return;
        }
    }

    @Override
    public void close() {
        try {
            control.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.close();
        }
    }
}
