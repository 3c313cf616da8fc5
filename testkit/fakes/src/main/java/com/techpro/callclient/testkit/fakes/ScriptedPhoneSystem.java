// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import com.techpro.callclient.testkit.contracts.ScriptedPeer;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.TlsServerNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The phone system behind a {@link FakeCallClient}, in virtual time on the test's thread: it
 * registers every account, and the test says what the far ends of calls do.
 */
final class ScriptedPhoneSystem {
    /** How long a verb of the test lets the client and the phone system react. */
    static final Duration SOON = Duration.ofMillis(200);

    private static final String CLIENT = "192.0.2.1";
    /**
     * A key for tests with its own certificate for {@link Addresses#HOST}: {@code keytool -genkeypair
     * -alias phone-system -keyalg EC -groupname secp256r1 -ext SAN=ip:192.0.2.10
     * -startdate "2000/01/01 00:00:00" -validity 36500}.
     */
    private static final String KEY_STORE = "phone-system.p12";

    private static final char[] KEY_STORE_PASSWORD = "scripted".toCharArray();

    /** A registered account. */
    record Line(String contact, String domain, InetSocketAddress client) {}

    final VirtualTime time = VirtualTime.seeded(1);
    final SimulatedHost server;
    final ScriptedPeer peer;
    final Notifier notifier;
    final FakeLogins logins = new FakeLogins(this::reaching);

    private final TlsTrust trust;
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final Map<String, Line> lines = new HashMap<>();
    private final List<FakeCall> calls = new ArrayList<>();
    private Supplier<List<Call>> callsOfApp = List::of;
    private boolean silent;
    private int refusal;
    private String textAnswer = "200 OK";
    private String publicationAnswer = "200 OK";
    private int serial;

    ScriptedPhoneSystem() {
        server = network.host(Addresses.HOST);
        KeyStore keys = keys();
        try {
            trust = TlsTrust.anchoredAt((X509Certificate) keys.getCertificate("phone-system"));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, KEY_STORE_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            peer = ScriptedPeer.tcp(new TlsServerNetwork(server, context), Addresses.HOST, Addresses.PORT)
                    .when(message -> true, this::take);
            notifier = new Notifier(peer);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot serve TLS", e);
        }
    }

    private static KeyStore keys() {
        try (InputStream in = ScriptedPhoneSystem.class.getResourceAsStream(KEY_STORE)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(Objects.requireNonNull(in, KEY_STORE), KEY_STORE_PASSWORD);
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the phone system's key is not readable", e);
        }
    }

    /** Returns the network of a client whose calls these are. */
    SimulatedHost connect(Supplier<List<Call>> appCalls) {
        callsOfApp = appCalls;
        return network.host(CLIENT);
    }

    /** Returns the account with what it takes to reach this phone system. */
    SipAccount reaching(SipAccount account) {
        return account.toBuilder()
                .transport(SipTransport.TLS)
                .tlsTrust(trust)
                .outboundProxy(new HostPort(Addresses.HOST, Addresses.PORT))
                .keyingPolicy(KeyingPolicy.SDES_ONLY)
                .ice(IceSettings.DEFAULT)
                .build();
    }

    /** Lets pending work happen, does something, and lets that take effect. */
    void act(Runnable task) {
        time.advance(SOON);
        task.run();
        time.advance(SOON);
    }

    int nextSerial() {
        return ++serial;
    }

    List<FakeCall> calls() {
        return List.copyOf(calls);
    }

    void setSilent(boolean now) {
        silent = now;
    }

    /** @param status of the responses to REGISTER; 0 if accounts are registered */
    void setRefusal(int status) {
        refusal = status;
    }

    void setTextAnswer(int status) {
        textAnswer = statusLine(status);
    }

    void setPublicationAnswer(int status) {
        publicationAnswer = statusLine(status);
    }

    static String statusLine(int status) {
        if (status < 200 || status > 699) {
            throw new IllegalArgumentException("not a final status: " + status);
        }
        return status + (status < 300 ? " OK" : " Refused");
    }

    /** @throws IllegalStateException if the account is not registered */
    Line requireLine(String user) {
        Line line = lines.get(user);
        if (line == null) {
            throw new IllegalStateException("no request reaches an account that is not registered");
        }
        return line;
    }

    /** Calls the app. */
    FakeCall call(String user, PartyIdentity caller, String... headers) {
        return add(FarEnd.calling(this, user, caller, headers));
    }

    private FakeCall add(FarEnd farEnd) {
        FakeCall call = new FakeCall(this, farEnd);
        calls.add(call);
        return call;
    }

    /** Returns the app's side of a call that has reached the app, or null. */
    @Nullable
    Call unclaimed(CallDirection direction, String remote) {
        List<Call> open = new ArrayList<>(callsOfApp.get());
        open.removeIf(call ->
                call.snapshot().direction() != direction || calls.stream().anyMatch(each -> each.isOf(call)));
        // The client gives ids in order, and its calls in none.
        open.sort(Comparator.comparing((Call call) -> call.id().length()).thenComparing(Call::id));
        for (Call call : open) {
            if (call.snapshot().remote().user().equals(remote)) {
                return call;
            }
        }
        return open.isEmpty() ? null : open.get(0);
    }

    /** Sends a request outside a call to a registered account. */
    void send(String method, String user, String from, String... more) {
        Line line = requireLine(user);
        sendTo(line.client());
        StringBuilder request = new StringBuilder(method + " " + line.contact() + " SIP/2.0\n");
        request.append("Via: ").append(peer.via()).append("\nMax-Forwards: 70\n");
        request.append("From: ").append(from).append(";tag=t").append(nextSerial());
        request.append("\nTo: <sip:").append(user).append('@').append(line.domain());
        request.append(">\nCall-ID: c").append(nextSerial()).append('@').append(Addresses.HOST);
        request.append("\nCSeq: 1 ").append(method).append('\n');
        request.append(String.join("\n", more));
        peer.send(request.toString());
    }

    /** Returns the requests received, such as {@code INVITE 1003}, in order. */
    List<String> requests() {
        List<String> all = new ArrayList<>();
        for (ScriptedMessage message : peer.received()) {
            if (message.isRequest() && !message.method().equals("ACK")) {
                all.add(message.method() + " " + Addresses.userOf(message.uri("To")));
            }
        }
        return all;
    }

    /** Selects the client's connection on which the next messages are sent. */
    void sendTo(InetSocketAddress client) {
        peer.sendTo(client.getHostString(), client.getPort());
    }

    private void take(ScriptedMessage message) {
        sendTo(peer.remote());
        FakeCall call = null;
        for (FakeCall each : calls) {
            if (each.farEnd().firstInvite().header("Call-ID").equals(message.header("Call-ID"))) {
                call = each;
            }
        }
        if (call != null) {
            call.farEnd().take(message);
        } else if (message.isRequest()) {
            takeOutside(message);
        }
    }

    private void takeOutside(ScriptedMessage request) {
        switch (request.method()) {
            case "REGISTER" -> register(request);
            case "INVITE" -> add(FarEnd.dialled(this, request)).claim();
            case "SUBSCRIBE" -> notifier.subscribe(request);
            case "MESSAGE" -> peer.respond(request, textAnswer);
            case "PUBLISH" -> peer.respond(request, publicationAnswer, "SIP-ETag: e" + nextSerial(), "Expires: 3600");
            case "OPTIONS", "NOTIFY" -> peer.respond(request, "200 OK");
            case "ACK" -> {}
            default -> peer.respond(request, "481 Call/Transaction Does Not Exist");
        }
    }

    private void register(ScriptedMessage register) {
        String uri = register.uri("To");
        String user = Addresses.userOf(uri);
        if (silent) {
            lines.remove(user);
        } else if (refusal != 0) {
            lines.remove(user);
            peer.respond(register, statusLine(refusal));
        } else if (register.header("Expires").equals("0")
                || register.header("Contact").contains("expires=0")) {
            lines.remove(user);
            peer.respond(register, "200 OK");
        } else {
            lines.put(user, new Line(register.uri("Contact"), uri.substring(uri.indexOf('@') + 1), peer.remote()));
            peer.respond(register, "200 OK", "Contact: " + register.header("Contact") + ";expires=600");
        }
    }
}
