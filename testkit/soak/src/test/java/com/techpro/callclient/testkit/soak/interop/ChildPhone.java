// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceServer;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The main class of {@link NamespacePhone}: the engine in a process of its own, which does what it reads and prints what came of it. */
final class ChildPhone implements AutoCloseable {
    /** What an answer begins with, among what else a program prints. */
    static final String ANSWER = "> ";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String extension;
    private final HostPort proxy;
    private final TlsTrust trust;
    private final Recitation speech;
    private @Nullable EnginePhone phone;
    private @Nullable HeadlessAudio ear;
    private @Nullable Call call;

    private ChildPhone(String extension, HostPort proxy, TlsTrust trust, Path wav) throws IOException {
        this.extension = extension;
        this.proxy = proxy;
        this.trust = trust;
        this.speech = Recitation.writeForUnevenPeer(wav);
    }

    /** @param arguments extension, outbound proxy, the files of its authority and of the relay's, a file for the speech */
    public static void main(String[] arguments) throws IOException {
        try (ChildPhone phone = new ChildPhone(
                        arguments[0],
                        HostPort.parse(arguments[1]),
                        PemAuthority.anchoredAt(Path.of(arguments[2]), Path.of(arguments[3])),
                        Path.of(arguments[4]));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(ANSWER + phone.obey(line));
            }
        }
        System.exit(0);
    }

    private String obey(String line) {
        String[] words = line.split(" ");
        try {
            switch (words[0]) {
                case "register" -> register(List.of(words).subList(1, words.length));
                case "dial" -> established(started().account().dial(words[1]));
                case "answer" -> established(started().awaitIncoming());
                case "sound" -> heard().awaitHeard(Duration.ofMillis(300));
                case "speech" -> speech.assertHeard(heard());
                case "silence" ->
                    Await.until("nothing arrives", () -> talking().snapshot().nothingArrives(), LIMIT);
                case "hang-up" -> {
                    talking().hangUp();
                    over();
                }
                case "over" -> over();
                default -> throw new AssertionError("unknown");
            }
            return words[0];
        } catch (AssertionError | RuntimeException e) {
            return "no " + words[0] + ": " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }

    /**
     * Anew.
     *
     * @param servers as URIs
     */
    private void register(List<String> servers) {
        close();
        HeadlessAudio devices = speech.phone();
        ear = devices;
        List<IceServer> named = new ArrayList<>();
        for (String server : servers) {
            named.add(IceServer.ofUri(server, Coturn.USER, Secret.of(Coturn.PASSWORD)));
        }
        SipAccount.Builder account = SipAccount.builder(
                        extension, PhoneServer.DOMAIN, Secret.of(PhoneServer.passwordOf(extension)))
                .outboundProxy(proxy)
                .tlsTrust(trust)
                .keyingPolicy(KeyingPolicy.PREFER_DTLS)
                .ice(IceSettings.DEFAULT.withUse(IceSettings.Use.OFFERED).withServers(named));
        phone = new EnginePhone(account, devices).answering().awaitRegistered();
    }

    private void established(Call made) {
        call = made;
        EnginePhone.awaitState(made, CallState.ESTABLISHED);
        Await.until(() -> "keys, but " + made.snapshot(), () -> made.snapshot().cipher() != null, LIMIT);
    }

    private void over() {
        EnginePhone.awaitEnding(talking());
        started().awaitNoCalls();
    }

    private EnginePhone started() {
        return require(phone);
    }

    private HeadlessAudio heard() {
        HeadlessAudio devices = require(ear);
        devices.forget();
        return devices;
    }

    private Call talking() {
        return require(call);
    }

    private static <T> T require(@Nullable T part) {
        if (part == null) {
            throw new AssertionError("not there yet");
        }
        return part;
    }

    @Override
    public void close() {
        if (phone != null) {
            phone.close();
            phone = null;
        }
    }
}
