// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.TlsServerNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * One engine, {@code alice} at 192.0.2.1, and a phone system at 192.0.2.10 that is a {@link ScriptedPeer}: it registers whoever asks, and everything
 * else is for the test to say. Sound is not encrypted, so that the descriptions stay short.
 */
final class ScriptedPhoneSystem implements CallClientListener, AutoCloseable {
    static final String HOST = "192.0.2.10";
    static final String PHONE = "192.0.2.1";
    static final String CONTACT = "Contact: <sip:bob@" + HOST + ":5060>";
    /** Key material for a line {@code a=crypto}, of suites with a key of 128 bits. */
    static final String SDES_KEY = "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    static final String FINGERPRINT =
            "a=fingerprint:sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:3F:4B:65:2E:7D:46:3F:54:42:CD:54:F1";
    /** A request without a number in its CSeq. */
    private static final String MALFORMED = "INVITE sip:alice@" + PHONE + " SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP " + HOST + ";branch=z9hG4bKx;rport\r\n"
            + "From: <sip:x@" + HOST + ">;tag=1\r\nTo: <sip:alice@" + PHONE + ">\r\n"
            + "Call-ID: x\r\nCSeq: one INVITE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";

    private static final Certificates.Identity CA = Certificates.authority("Test Authority");

    final VirtualTime time;
    final SimulatedNetwork network;
    final SimulatedHost phone;
    final ScriptedPeer pbx;
    final CallClient client;
    final Account alice;
    final FakeAudio audio;
    final List<RegistrationSnapshot> registrations = new ArrayList<>();
    final List<CallEvent> events = new ArrayList<>();
    final List<Call> incoming = new ArrayList<>();

    static ScriptedPhoneSystem udp(long seed) {
        return new ScriptedPhoneSystem(seed, SipTransport.UDP, account -> account, config -> config);
    }

    /** Sound is encrypted, with keys by this policy, and signalling is not. */
    static ScriptedPhoneSystem encrypting(long seed, KeyingPolicy policy) {
        return new ScriptedPhoneSystem(
                seed,
                SipTransport.UDP,
                account ->
                        account.keyingPolicy(policy).securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling()),
                config -> config);
    }

    static ScriptedPhoneSystem tcp(long seed) {
        return new ScriptedPhoneSystem(seed, SipTransport.TCP, account -> account, config -> config);
    }

    /** Over TLS and with the floor that accounts have unless told otherwise. */
    static ScriptedPhoneSystem tls(long seed) {
        return tls(seed, account -> account, config -> config);
    }

    static ScriptedPhoneSystem tls(
            long seed, UnaryOperator<SipAccount.Builder> account, UnaryOperator<CallClientConfig.Builder> config) {
        return tls(VirtualTime.seeded(seed), seed, account, config);
    }

    static ScriptedPhoneSystem tls(
            VirtualTime time,
            long seed,
            UnaryOperator<SipAccount.Builder> account,
            UnaryOperator<CallClientConfig.Builder> config) {
        return new ScriptedPhoneSystem(
                time,
                seed,
                SipTransport.TLS,
                strict -> account.apply(
                        strict.securityFloor(SecurityFloor.DEFAULT).tlsTrust(TlsTrust.anchoredAt(CA.certificate()))),
                config);
    }

    ScriptedPhoneSystem(
            long seed,
            SipTransport transport,
            UnaryOperator<SipAccount.Builder> account,
            UnaryOperator<CallClientConfig.Builder> config) {
        this(VirtualTime.seeded(seed), seed, transport, account, config);
    }

    private ScriptedPhoneSystem(
            VirtualTime time,
            long seed,
            SipTransport transport,
            UnaryOperator<SipAccount.Builder> account,
            UnaryOperator<CallClientConfig.Builder> config) {
        this.time = time;
        network = new SimulatedNetwork(time, seed);
        SimulatedHost server = network.host(HOST);
        phone = network.host(PHONE);
        pbx = switch (transport) {
            case UDP -> ScriptedPeer.udp(server, HOST, 5060);
            case TLS ->
                ScriptedPeer.tcp(
                        new TlsServerNetwork(
                                server,
                                Certificates.named("pbx").ip(HOST).issuedBy(CA).context()),
                        HOST,
                        5061);
            default -> ScriptedPeer.tcp(server, HOST, 5060);
        };
        pbx.on("REGISTER", this::accept);
        audio = new FakeAudio(time.openLoop("audio"));
        client = CallClient.create(config.apply(CallClientConfig.builder()
                        .lab(lab -> lab.schedulers(time).network(phone).random(time.random("alice")))
                        .platform(p -> p.audio(audio))
                        .tones(CallTones.OFF)
                        .callbacks(Runnable::run)
                        .listener(this)
                        .failures((thread, failure) -> {
                            throw new AssertionError("a task of the engine failed", failure);
                        }))
                .build());
        alice = client.addAccount(account.apply(SipAccount.builder("alice", HOST, Secret.of("pw-alice"))
                        .transport(transport)
                        .securityFloor(SecurityFloor.DEFAULT
                                .labAllowCleartextSignalling()
                                .labAllowCleartextMedia()))
                .build());
    }

    /** What a registrar without passwords answers. */
    void accept(ScriptedMessage register) {
        String expires = register.header("Expires");
        pbx.respond(
                register,
                "200 OK",
                expires.equals("0") ? "" : "Contact: " + register.header("Contact") + ";expires=600");
    }

    /** Answers an INVITE; a hold is accepted. */
    void ok(ScriptedMessage invite) {
        String direction = invite.bodyLines("a=sendonly").isEmpty() ? "a=sendrecv" : "a=recvonly";
        pbx.respond(invite, "200 OK", lines(CONTACT, sdp(HOST, 40_000, 1, direction)));
    }

    /** Answers an INVITE with G.711 only, so that digits go by INFO. */
    void okWithoutTelephoneEvent(ScriptedMessage invite) {
        pbx.respond(invite, "200 OK", description(1, "RTP/AVP 0"));
    }

    ScriptedPhoneSystem registered() {
        until(() -> alice.registration().state() == RegistrationState.REGISTERED);
        return this;
    }

    void until(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(40));
    }

    void pass(Duration length) {
        time.advance(length);
    }

    /**
     * A body that describes sound at the phone system's port 40,000, after its Content-Type.
     *
     * @param media what the line {@code m=audio} says after it: the profile and the formats
     */
    static String[] audio(int version, String media, String... attributes) {
        return audio(40_000, version, media, attributes);
    }

    /** @param port 0 where no sound is taken */
    static String[] audio(int port, int version, String media, String... attributes) {
        List<String> lines = new ArrayList<>(List.of(
                "Content-Type: application/sdp",
                "",
                "v=0",
                "o=- 20 " + version + " IN IP4 " + HOST,
                "s=-",
                "c=IN IP4 " + HOST,
                "t=0 0",
                "m=audio " + port + " " + media));
        lines.addAll(List.of(attributes));
        return lines.toArray(new String[0]);
    }

    /** The same after a Contact: an offer, or an answer. */
    static String[] description(int version, String media, String... attributes) {
        return ScriptedPeer.lines(CONTACT, audio(version, media, attributes));
    }

    /** Alice calls Bob, and somebody answers. */
    Call established() {
        Call call = alice.dial("bob");
        until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    /**
     * Bob calls Alice, and the user answers.
     *
     * @param description the offer, as of {@link #invite}
     */
    Call answered(String... description) {
        invite("one", "z9hG4bKone", 1, description);
        until(() -> !incoming.isEmpty());
        Call call = incoming.get(0);
        call.answer();
        until(() -> !pbx.received("SIP/2.0 200").isEmpty());
        pbx.request("ACK", pbx.last("SIP/2.0 200"), 1, "bob");
        until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    /**
     * An INVITE of the phone system's for alice with an offer, as {@link ScriptedPeer#send} takes it.
     *
     * @param more header lines and then {@link ScriptedPeer#sdp}, or nothing
     */
    ScriptedMessage invite(String callId, String branch, int cseq, String... more) {
        ScriptedMessage register = pbx.last("REGISTER");
        String transport = register.header("Via").contains("/UDP") ? "UDP" : "TCP";
        String via = "SIP/2.0/" + transport + " " + HOST + ":5060;branch=" + branch;
        return inviteAt(register.uri("Contact"), via, callId, cseq, more);
    }

    /** As {@link #invite}, also when the REGISTER has been forgotten that told where the phone is. */
    ScriptedMessage inviteAt(String target, String via, String callId, int cseq, String... more) {
        StringBuilder invite = new StringBuilder("INVITE " + target + " SIP/2.0\nVia: " + via + "\n");
        invite.append("Max-Forwards: 70\n");
        invite.append("From: \"Bob\" <sip:bob@" + HOST + ">;tag=bob\n");
        invite.append("To: <sip:alice@" + HOST + ">\n");
        invite.append("Call-ID: ").append(callId).append('\n');
        invite.append("CSeq: ").append(cseq).append(" INVITE\n");
        invite.append("Contact: <sip:bob@" + HOST + ":5060>\n");
        for (String line : more) {
            invite.append(line).append('\n');
        }
        return pbx.send(invite.toString());
    }

    /**
     * Whether the phone may send to that socket now: a malformed request from there is answered
     * then, and otherwise the answer is refused before it leaves.
     */
    boolean permits(DatagramLink link) {
        long before = answersTo(link.localAddress());
        link.send(ByteBuffer.wrap(MALFORMED.getBytes(StandardCharsets.UTF_8)), pbx.remote());
        pass(Duration.ofMillis(100));
        return answersTo(link.localAddress()) > before;
    }

    private long answersTo(InetSocketAddress address) {
        return network.trace().packets().stream()
                .filter(packet ->
                        packet.to().equals(address) && packet.payload().length > 0 && packet.payload()[0] == 'S')
                .count();
    }

    ClientCounters counters() {
        var asked = client.counters().toCompletableFuture();
        until(asked::isDone);
        return asked.join();
    }

    <E extends CallEvent> List<E> told(Class<E> type) {
        List<E> found = new ArrayList<>();
        events.stream().filter(type::isInstance).map(type::cast).forEach(found::add);
        return found;
    }

    @Override
    public void registrationChanged(Account of, RegistrationSnapshot after) {
        registrations.add(after);
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        incoming.add(call);
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        client.close();
        time.advance(Duration.ofSeconds(6));
        pbx.close();
        network.close();
        time.close();
    }
}
