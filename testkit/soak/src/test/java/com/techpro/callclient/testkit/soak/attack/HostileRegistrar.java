// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * An engine in virtual time whose registrar means it harm. What came of it is said in the engine's own stable words: why the registration failed, or
 * {@code registered}; with {@code storm} for an engine that lets itself be driven to send without end.
 */
final class HostileRegistrar implements CallClientListener, AutoCloseable {
    private static final String HOST = "192.0.2.10";
    private static final String ELSEWHERE = "192.0.2.66";
    private static final Duration WATCHED = Duration.ofMinutes(5);

    /** Two a second. */
    private static final int MOST_REGISTERS = 2 * (int) WATCHED.toSeconds();

    private final VirtualTime time = VirtualTime.seeded(9);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 9);
    private final SimulatedHost stranger = network.host(ELSEWHERE);
    private final ScriptedPeer elsewhere = ScriptedPeer.udp(stranger, ELSEWHERE, 5060);
    private final ScriptedPeer registrar;
    private final CallClient client;
    private final Account account;
    private final Random random = Seeds.random(9);
    private final List<Throwable> defects = new ArrayList<>();
    private final List<RegistrationSnapshot> told = new ArrayList<>();
    private int rang;
    private int nonces;

    private HostileRegistrar(SipTransport transport, BiConsumer<HostileRegistrar, ScriptedMessage> answer) {
        SimulatedHost server = network.host(HOST);
        registrar = transport == SipTransport.UDP
                ? ScriptedPeer.udp(server, HOST, 5060)
                : ScriptedPeer.tcp(server, HOST, 5060);
        registrar.on("REGISTER", register -> answer.accept(this, register));
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab ->
                        lab.schedulers(time).network(network.host("192.0.2.1")).random(time.random("victim")))
                .platform(p -> p.audio(new FakeAudio(time.openLoop("audio"))))
                .callbacks(Runnable::run)
                .listener(this)
                .failures((thread, failure) -> defects.add(failure))
                .build());
        account = client.addAccount(SipAccount.builder("alice", HOST, Secret.of("pw-alice"))
                .transport(transport)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build());
    }

    /** What came of a registrar that answers so, over UDP. */
    static String udp(BiConsumer<HostileRegistrar, ScriptedMessage> answer) {
        return outcome(SipTransport.UDP, answer);
    }

    static String tcp(BiConsumer<HostileRegistrar, ScriptedMessage> answer) {
        return outcome(SipTransport.TCP, answer);
    }

    private static String outcome(SipTransport transport, BiConsumer<HostileRegistrar, ScriptedMessage> answer) {
        try (HostileRegistrar scene = new HostileRegistrar(transport, answer)) {
            scene.time.advance(WATCHED);
            return scene.outcome();
        }
    }

    private String outcome() {
        if (!defects.isEmpty()) {
            return "exception " + defects.get(0);
        }
        int registers = registrar.received("REGISTER").size();
        if (registers > MOST_REGISTERS) {
            return "storm of " + registers;
        }
        if (!elsewhere.received().isEmpty()) {
            return "went elsewhere";
        }
        String calls = rang == 0 ? "" : ", rang " + rang + " times";
        if (account.registration().state() == RegistrationState.REGISTERED) {
            return "registered" + calls;
        }
        // While it tries again, why it did not work the last time.
        Failure failure = null;
        for (RegistrationSnapshot each : told) {
            failure = each.failure() == null ? failure : each.failure();
        }
        return (failure == null ? account.registration().state().toString() : failure.code()) + calls;
    }

    /** What a registrar without passwords answers. */
    void accept(ScriptedMessage register) {
        respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600");
    }

    /** As a NAT that has another mapping for each packet makes it look (RFC 3581 §4). */
    void acceptFromElsewhere(ScriptedMessage register) {
        String seen = ";received=198.51.100." + answers() % 250 + ";rport=" + (6_000 + answers());
        registrar.send(
                "SIP/2.0 200 OK\nVia: " + register.header("Via").replaceFirst(";rport\\b", "") + seen + "\nFrom: "
                        + register.header("From") + "\nTo: " + register.header("To") + ";tag=r\nCall-ID: "
                        + register.header("Call-ID") + "\nCSeq: " + register.header("CSeq") + "\nContact: "
                        + register.header("Contact") + ";expires=600\n");
    }

    /** How many requests to register have come. */
    int answers() {
        return registrar.received("REGISTER").size();
    }

    void respond(ScriptedMessage request, String status, String... lines) {
        registrar.respond(request, status, lines);
    }

    /** Without any form. */
    void raw(byte[] bytes) {
        registrar.sendBytes(bytes);
    }

    void raw(String text) {
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    void disconnect() {
        registrar.disconnect();
    }

    /** Calls alice so often at once, with this description. */
    void invite(ScriptedMessage register, int times, String... description) {
        for (int i = 0; i < times; i++) {
            registrar.send("INVITE " + register.uri("Contact") + " SIP/2.0\nVia: " + registrar.via()
                    + "\nMax-Forwards: 70\nFrom: <sip:m@" + HOST + ">;tag=m" + i + "\nTo: <sip:alice@" + HOST
                    + ">\nCall-ID: flood-" + i + "\nCSeq: 1 INVITE\nContact: <sip:m@" + HOST + ":5060>\n"
                    + String.join("\n", description) + "\n");
        }
    }

    /** Requests outside dialogs. All their branches have one hash, as "Aa" and "BB" have. */
    void requests(ScriptedMessage register, int times, String method, String lines) {
        for (int i = 0; i < times; i++) {
            StringBuilder branch = new StringBuilder("z9hG4bK");
            for (int bit = 1; bit < times; bit <<= 1) {
                branch.append((i & bit) == 0 ? "Aa" : "BB");
            }
            registrar.send(method + " " + register.uri("Contact") + " SIP/2.0\nVia: SIP/2.0/UDP " + HOST
                    + ":5060;branch=" + branch + "\nMax-Forwards: 70\nFrom: <sip:m@" + HOST + ">;tag=m" + i
                    + "\nTo: <sip:alice@" + HOST + ">\nCall-ID: flood-" + i + "\nCSeq: 1 " + method
                    + "\nContact: <sip:m@" + HOST + ":5060>\n" + lines + "\n");
        }
    }

    /** The wall clock alone. */
    void jump(Duration by) {
        time.jumpWallClock(by);
    }

    String challenge(String scheme) {
        return "WWW-Authenticate: " + scheme + " realm=\"r\", nonce=\"n" + ++nonces + "\", qop=\"auth\"";
    }

    int nonces() {
        return nonces;
    }

    @Override
    public void registrationChanged(Account of, RegistrationSnapshot after) {
        told.add(after);
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        rang++;
    }

    @Override
    public void close() {
        client.close();
        time.advance(Duration.ofSeconds(6));
        registrar.close();
        elsewhere.close();
        network.close();
        time.close();
    }
}
