// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One phone whose every packet, connection and look-up is kept, and a phone system that says what the test makes it say. Signalling is
 * readable, so that it can be written by hand; sound has to be encrypted.
 */
final class ScriptedOffice implements CallClientListener, AutoCloseable {
    static final String PBX = "10.0.0.1";
    /** Where the far end of calls wants its sound. */
    static final int SOUND = 20_000;

    private static final String SUITE = "AES_CM_128_HMAC_SHA1_80";
    /** In place of the number by which the offer goes by a suite (RFC 4568 §5.1.3). */
    private static final String TAG = "TAG";

    /** What the far end's own sound is encrypted with. */
    static final String INLINE = SUITE + " inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd";

    private static final String KEY = "a=crypto:" + TAG + " " + INLINE;

    final VirtualTime time = VirtualTime.seeded(3);
    final SimulatedNetwork network = new SimulatedNetwork(time, 3);
    final ScriptedPeer pbx = ScriptedPeer.udp(network.host(PBX), PBX, 5060);
    final WireRecord wire = new WireRecord(network.host("10.0.1.1"));
    final WatchedMicrophone microphone =
            new WatchedMicrophone(new FakeAudio(time.openLoop("audio")).microphone(Sound.tone(440, 8_000)));
    final List<Call> incoming = new ArrayList<>();
    final CallClient client;
    final Account account;

    /** At a phone system that is an address, and registered. */
    ScriptedOffice() {
        this(KeyingPolicy.PREFER_SDES);
    }

    /** The same, with an account that takes its keys so. */
    ScriptedOffice(KeyingPolicy keying) {
        this(PBX, Policy.OPEN, keying);
        until(() -> account.registration().state() == RegistrationState.REGISTERED);
    }

    ScriptedOffice(String domain, Policy policy) {
        this(domain, policy, KeyingPolicy.PREFER_SDES);
    }

    private ScriptedOffice(String domain, Policy policy, KeyingPolicy keying) {
        pbx.on(
                "REGISTER",
                register -> pbx.respond(
                        register,
                        "200 OK",
                        "Contact: " + register.header("Contact") + ";expires=600",
                        // Nobody has to go by it, and nobody may.
                        "Service-Route: <sip:203.0.113.66;lr>"));
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time).network(wire).random(time.random("phone")))
                .platform(p -> p.audio(microphone))
                .callbacks(Runnable::run)
                .listener(this)
                .policy(policy)
                .failures((thread, failure) -> {
                    throw new AssertionError("a task of the engine failed", failure);
                })
                .build());
        account = client.addAccount(SipAccount.builder("1001", domain, Secret.of("secret"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .keyingPolicy(keying)
                .build());
    }

    void until(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(40));
    }

    /** The INVITE of a call from here is answered so. */
    Call dialled(String status, String... lines) {
        answer("INVITE", status, lines);
        Call call = account.dial("1002");
        until(() -> call.snapshot().state().compareTo(CallState.ESTABLISHED) >= 0);
        return call;
    }

    /** From now on requests of that method are answered so. */
    void answer(String method, String status, String... lines) {
        pbx.on(method, request -> respond(request, status, lines));
    }

    void respond(ScriptedMessage request, String status, String... lines) {
        pbx.respond(request, status, keyedFor(request, lines));
    }

    /** With the number that the offer has for the suite. */
    static String[] keyedFor(ScriptedMessage offer, String... lines) {
        Matcher tag = Pattern.compile("a=crypto:(\\d+) " + SUITE).matcher(offer.body());
        String number = tag.find() ? tag.group(1) : "1";
        return Arrays.stream(lines).map(line -> line.replace(TAG, number)).toArray(String[]::new);
    }

    /** Header lines, and then a description with keys that asks for sound there. */
    static String[] keyed(String address, String... headers) {
        String[] sdp = ScriptedPeer.sdp(address, SOUND, 1, KEY);
        for (int i = 0; i < sdp.length; i++) {
            sdp[i] = sdp[i].replace("RTP/AVP", "RTP/SAVP");
        }
        return joined(headers, sdp);
    }

    /** The same without keys. */
    static String[] clear(String address, String... headers) {
        return joined(headers, ScriptedPeer.sdp(address, SOUND, 2));
    }

    /**
     * The same with a certificate in the place of keys, and so without a port that sound and
     * reports share.
     */
    static String[] certified(String address, String fingerprint, String setup, String... headers) {
        String[] sdp = ScriptedPeer.sdp(address, SOUND, 1, "a=fingerprint:" + fingerprint, "a=setup:" + setup);
        for (int i = 0; i < sdp.length; i++) {
            sdp[i] = sdp[i].replace("RTP/AVP", "UDP/TLS/RTP/SAVP");
        }
        return joined(headers, sdp);
    }

    private static String[] joined(String[] headers, String[] sdp) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        all.addAll(Arrays.asList(sdp));
        return all.toArray(new String[0]);
    }

    /** A call for the phone. */
    void ring(String... lines) {
        StringBuilder invite =
                new StringBuilder("INVITE " + pbx.last("REGISTER").uri("Contact") + " SIP/2.0\n");
        invite.append("Via: ").append(pbx.via()).append("\nMax-Forwards: 70\nFrom: <sip:1002@" + PBX + ">;tag=far\n");
        invite.append("To: <sip:1001@" + PBX + ">\nCall-ID: from-outside\nCSeq: 1 INVITE\n");
        for (String line : lines) {
            invite.append(line).append('\n');
        }
        pbx.send(invite.toString());
    }

    /** Somebody asks the phone what nobody but its phone system may; an answer would go to where it came from. */
    void strangerAsks(String address, int port) {
        String question = "OPTIONS sip:1001@10.0.1.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + address + ":" + port
                + ";branch=z9hG4bKx;rport\r\nMax-Forwards: 70\r\nFrom: <sip:x@" + address + ">;tag=1\r\n"
                + "To: <sip:1001@10.0.1.1>\r\nCall-ID: stranger\r\nCSeq: one OPTIONS\r\nContent-Length: 0\r\n\r\n";
        try (DatagramLink link =
                network.host(address).openDatagram(new InetSocketAddress(address, port), (packet, from) -> {})) {
            link.send(ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII)), pbx.remote());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whom the phone sent anything to, or tried to connect to. */
    Set<String> reached() {
        Set<String> addresses = new TreeSet<>();
        wire.sent().forEach(sent -> addresses.add(host(sent.to())));
        wire.connected().forEach(to -> addresses.add(host(to)));
        return addresses;
    }

    long packetsOfSound() {
        return wire.sent().stream().filter(sent -> sent.to().getPort() == SOUND).count();
    }

    private static String host(InetSocketAddress address) {
        return address.getAddress().getHostAddress();
    }

    ScriptedMessage lastResponse() {
        return pbx.last("SIP/2.0");
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        incoming.add(call);
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
