// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real linphonec, registered over TLS and steered by what is typed at its prompt. It insists on SRTP; its microphone and its speaker are files.
 */
final class Linphone implements Softphone {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Pattern PROMPT = Pattern.compile("linphonec> ");

    private final PeerProcess process;
    private final Path directory;
    private final Path speech;
    private final int recordedRate;

    /** As linphonec numbers them, from one. */
    private int calls;

    /**
     * Starts one with keys by SDES, and PCMU as the codec it likes best.
     *
     * @param speech what its microphone hears
     */
    Linphone(Path directory, PhoneServer server, String extension, Path speech) {
        this(directory, server, extension, speech, "srtp", false, "PCMU", false);
    }

    /**
     * As above, with sessions that are refreshed (RFC 4028).
     *
     * @param refresher whom its offers ask to: {@code uac} is itself
     */
    static Linphone refreshing(Path directory, PhoneServer server, String extension, Path speech, String refresher) {
        return new Linphone(
                directory,
                server,
                extension,
                speech,
                "srtp",
                false,
                "PCMU",
                false,
                List.of(
                        "session_expires_enabled=1",
                        "session_expires_value=90",
                        "session_expires_min_value=90",
                        "session_expires_refresher_value=" + (refresher.equals("uas") ? 1 : 2)),
                false);
    }

    /** One that publishes its presence, and watches 1001's (RFC 3903, 3856). */
    static Linphone withPresence(Path directory, PhoneServer server, String extension, Path speech) {
        return new Linphone(directory, server, extension, speech, "srtp", false, "PCMU", false, List.of(), true);
    }

    /** Waits until it prints what it was told of 1001 last. */
    void awaitPresence(String status) {
        Pattern told = Pattern.compile("Friend .* is (\\w+)");
        Await.until(
                () -> "linphonec shows " + status + "; it printed\n" + process.output(),
                () -> told.matcher(process.output())
                        .results()
                        .reduce((first, second) -> second)
                        .filter(last -> last.group(1).equals(status))
                        .isPresent(),
                LIMIT);
    }

    /**
     * Starts one.
     *
     * @param mediaEncryption linphone's name for it: {@code srtp} is with keys by SDES, {@code dtls} by DTLS
     * @param codec that it likes best
     * @param earlyMedia whether callers hear it before it answers
     */
    Linphone(
            Path directory,
            PhoneServer server,
            String extension,
            Path speech,
            String mediaEncryption,
            boolean ice,
            String codec,
            boolean earlyMedia) {
        this(directory, server, extension, speech, mediaEncryption, ice, codec, earlyMedia, List.of(), false);
    }

    private Linphone(
            Path directory,
            PhoneServer server,
            String extension,
            Path speech,
            String mediaEncryption,
            boolean ice,
            String codec,
            boolean earlyMedia,
            List<String> more,
            boolean presence) {
        this.directory = directory;
        this.recordedRate = switch (codec) {
            case "opus" -> 48_000;
            case "G722" -> 16_000;
            default -> HeadlessAudio.RATE;
        };
        this.speech = speech;
        // Without these folders it stops at its own database.
        Path data = directory.resolve(".local/share");
        Path settings = directory.resolve(".config");
        int rtp = Ports.freeRun(20);
        String proxy = "<sip:" + server.host().inUri() + ":" + server.port(SipTransport.TLS) + ";transport=tls>";
        try {
            Files.createDirectories(data.resolve("linphone"));
            Files.createDirectories(settings.resolve("linphone"));
            Files.writeString(
                    directory.resolve("linphonerc"),
                    String.join(
                            "\n",
                            "[sip]",
                            // A port of 0 is none, and of -1 any.
                            "sip_port=0",
                            "sip_tcp_port=0",
                            "sip_tls_port=-1",
                            "root_ca=" + server.authorityFile(),
                            "media_encryption=" + mediaEncryption,
                            "media_encryption_mandatory=1",
                            "guess_hostname=0",
                            "contact=sip:" + extension + "@" + server.host().inUri(),
                            "use_ipv6=" + (server.host() == ServerHost.LOOPBACK_6 ? 1 : 0),
                            "default_proxy=0",
                            String.join("\n", more),
                            // A 183 for whoever calls, with its sound.
                            "incoming_calls_early_media=" + (earlyMedia ? 1 : 0),
                            "[misc]",
                            "real_early_media=" + (earlyMedia ? 1 : 0),
                            "[net]",
                            "nat_policy_ref=policy",
                            "[nat_policy_0]",
                            "ref=policy",
                            "protocols=" + (ice ? "ice" : ""),
                            "[rtp]",
                            "audio_rtp_port=" + rtp + "-" + (rtp + 19),
                            "[proxy_0]",
                            "reg_proxy=" + proxy,
                            "reg_route=" + proxy,
                            "reg_identity=sip:" + extension + "@" + PhoneServer.DOMAIN,
                            "reg_expires=600",
                            "reg_sendregister=1",
                            "publish=" + (presence ? 1 : 0),
                            presence ? "[friend_0]" : "",
                            presence ? "url=\"A\" <sip:1001@" + PhoneServer.DOMAIN + ">" : "",
                            presence ? "subscribe=1" : "",
                            presence ? "pol=accept" : "",
                            "[auth_info_0]",
                            "username=" + extension,
                            "passwd=" + PhoneServer.passwordOf(extension),
                            "realm=" + PhoneServer.DOMAIN,
                            "[audio_codec_0]",
                            "mime=" + codec,
                            "rate=" + (codec.equals("opus") ? 48_000 : 8_000),
                            "channels=" + (codec.equals("opus") ? 2 : 1),
                            "enabled=1",
                            ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.process = PeerProcess.start(
                directory,
                Map.of(
                        "HOME", directory.toString(),
                        "XDG_RUNTIME_DIR", directory.toString(),
                        "XDG_DATA_HOME", data.toString(),
                        "XDG_CONFIG_HOME", settings.toString()),
                // A line about a friend is not flushed: into a pipe it would wait for the next prompt.
                List.of(
                        "stdbuf",
                        "-oL",
                        "linphonec",
                        "-c",
                        directory.resolve("linphonerc").toString()));
        try {
            Await.until("linphonec is ready", () -> prompts() > 0, LIMIT);
            awaitRegistered();
            type("soundcard use files");
            prepareNextCall();
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    /** It tells only who asks. */
    private void awaitRegistered() {
        Await.until(
                () -> "linphonec registers; it printed\n" + process.output(),
                () -> {
                    type("status register");
                    return process.output().contains("registered, identity=");
                },
                LIMIT);
    }

    /** One line at a time: of two that come before it looks again, it reads the second alone. A prompt tells that it has read one. */
    private void type(String line) {
        long before = prompts();
        process.type(line);
        Await.until(() -> "linphonec reads a line; it printed\n" + process.output(), () -> prompts() > before, LIMIT);
    }

    private long prompts() {
        return PROMPT.matcher(process.output()).results().count();
    }

    @Override
    public void call(String number) {
        calls++;
        type("call sip:" + number + "@" + PhoneServer.DOMAIN);
        awaitTalk();
    }

    @Override
    public void answer() {
        calls++;
        await("assigned id " + calls + "\\b");
        type("answer " + calls);
        awaitTalk();
    }

    /** For what it offers from now on. */
    void disable(String codec) {
        type("codec list");
        Matcher listed = Pattern.compile("(\\d+): " + codec + " ").matcher(process.output());
        if (!listed.find()) {
            throw new AssertionError("linphonec has no " + codec + "\n" + process.output());
        }
        type("codec disable " + listed.group(1));
    }

    /** Has the far end of one of its calls call somebody else. */
    void transfer(int call, String number) {
        type("transfer " + call + " sip:" + number + "@" + PhoneServer.DOMAIN);
    }

    /** Connects the far ends of two of its calls. */
    void transferTo(int call, int other) {
        type("transfer " + call + " --to-call " + other);
    }

    /** Its call, as it numbers them, is over. */
    void awaitEnd(int call) {
        await("Call " + call + " with .* ended");
    }

    @Override
    public void end() {
        type("terminate " + calls);
        await("Call " + calls + " with .* ended");
        prepareNextCall();
    }

    /** Sends a text. */
    void message(String number, String text) {
        type("chat sip:" + number + "@" + PhoneServer.DOMAIN + " " + text);
    }

    /** Waits for a text, which it prints. */
    void awaitMessage(String text) {
        await(Pattern.quote(text));
    }

    /** A line of nothing but keys is pressed, not read. */
    @Override
    public void press(char key) {
        type(String.valueOf(key));
    }

    @Override
    public void awaitKey(char key) {
        await("Receiving tone " + Pattern.quote(String.valueOf(key)) + " from");
    }

    @Override
    public void hold() {
        type("pause " + calls);
    }

    @Override
    public void resume() {
        type("resume " + calls);
    }

    @Override
    public Path heard() {
        return recordingOf(calls);
    }

    /** It writes the header when all is written. */
    @Override
    public int recordedRate() {
        return recordedRate;
    }

    /** A recording of its own. Between calls, as linphonec may stop for ever if it is told so while it rings. */
    private void prepareNextCall() {
        type("play " + speech);
        type("record " + recordingOf(calls + 1));
    }

    private Path recordingOf(int call) {
        return directory.resolve("heard-" + call + ".wav");
    }

    private void awaitTalk() {
        await("Media streams established with .* for call " + calls + "\\b");
    }

    private void await(String pattern) {
        process.awaitOutput(Pattern.compile(pattern), LIMIT);
    }

    @Override
    public void close() {
        process.close();
    }
}
