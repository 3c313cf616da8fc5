// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.pbx.conference.ConferenceRoom;
import com.techpro.callclient.testkit.pbx.fault.FaultScript;
import com.techpro.callclient.testkit.pbx.fault.Stubbing;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.provisioning.ProvisioningServer;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import com.techpro.callclient.testkit.pbx.request.RequestJournal;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import com.techpro.callclient.testkit.pbx.trace.MediaRecording;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A small real PBX in this JVM. It has a registrar, bridges calls between its extensions with
 * encrypted media, and serves the numbers of {@code DialPlan}. Its replies depend only on its own
 * state. It runs on any {@link Network} and {@link Schedulers}: in real time on loopback, or in
 * virtual time on a simulated network. In virtual time everything happens inside the calls that
 * advance time.
 *
 * <p>Methods may be called from any thread except the PBX's own.
 */
public final class EmbeddedPbx implements AutoCloseable {
    private final PbxServer server;
    private final PbxSettings settings;

    EmbeddedPbx(PbxSettings settings, Network network, Schedulers schedulers, Random random, AutoCloseable owned)
            throws IOException {
        this.settings = settings;
        this.server = new PbxServer(settings, network, schedulers, random, owned);
    }

    /** Returns a builder with default settings. */
    public static PbxBuilder builder() {
        return new PbxBuilder();
    }

    /** Returns the address on which the PBX serves a transport. */
    public HostPort address(SipTransport transport) {
        return server.address(transport);
    }

    /**
     * Returns the address on which the second edge serves a transport.
     *
     * @throws IllegalArgumentException if it has none; see {@link PbxBuilder#secondEdge}
     */
    public HostPort secondAddress(SipTransport transport) {
        return server.secondAddress(transport);
    }

    /**
     * Takes one edge down. Its connections close, and a new connection closes on its first message.
     * Calls continue, and phones registered through the other edge stay registered.
     *
     * @param edge one of {@link #address} and {@link #secondAddress}
     */
    public void dropEdge(HostPort edge) {
        server.onLoop.run(() -> server.running().dropEdge(edge.port()));
    }

    /** Brings an edge back after {@link #dropEdge}. */
    public void restoreEdge(HostPort edge) {
        server.onLoop.run(() -> server.running().restoreEdge(edge.port()));
    }

    /** Returns the domain of the extensions, which the PBX's certificate names. */
    public String domain() {
        return settings.domain();
    }

    /** Returns the extension numbers in the builder's order. */
    public List<String> extensions() {
        return List.copyOf(settings.extensions().keySet());
    }

    /** Returns a trust that accepts the PBX's throw-away certificate authority. */
    public TlsTrust tlsTrust() {
        return TlsTrust.anchoredAt(server.certificates.authority());
    }

    /** Returns the authority's certificate in PEM, for programs that read files. */
    public String authorityPem() {
        return server.certificates.authorityPem();
    }

    /** Returns an account of an extension over TLS, ready to build. */
    public SipAccount.Builder account(String extension) {
        return account(extension, SipTransport.TLS);
    }

    /**
     * Returns an account of an extension. Over UDP, TCP and WS it has the lab switches that clear
     * text needs.
     */
    public SipAccount.Builder account(String extension, SipTransport transport) {
        Secret password = settings.extensions().get(extension);
        if (password == null) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        // A copy, as a log-out wipes the account's.
        SipAccount.Builder account = SipAccount.builder(extension, settings.domain(), password.copy())
                .keyingPolicy(keying(extension, transport))
                .usesGruu(settings.instanceAddresses())
                .transport(transport)
                .outboundProxies(
                        settings.secondEdge() && transport != SipTransport.UDP
                                ? List.of(address(transport), secondAddress(transport))
                                : List.of(address(transport)))
                .tlsTrust(tlsTrust());
        return transport.isEncrypted()
                ? account
                : account.securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia());
    }

    /**
     * With {@code DTLS_OFFERS} phones refuse DTLS, so that the PBX calls them again without it.
     * With {@code DIRECT_MEDIA} the PBX can pass on only keys that it knows. Extensions that are
     * accepted with DTLS only may use it.
     */
    private KeyingPolicy keying(String extension, SipTransport transport) {
        boolean sdes = settings.does(FieldBehaviour.DTLS_OFFERS, extension)
                || settings.does(FieldBehaviour.DIRECT_MEDIA, extension);
        return sdes && settings.mediaOver(transport, extension).keys() != KeyExchange.DTLS
                ? KeyingPolicy.SDES_ONLY
                : KeyingPolicy.PREFER_SDES;
    }

    /**
     * Returns the login of an extension's user to the PBX's provisioning, by e-mail and password.
     */
    public Login login(String extension) {
        return server.provisioning().login(extension).trusting(tlsTrust());
    }

    /** Returns the phone system's kind of login, for an engine. */
    public PhoneSystem phoneSystem() {
        return PhoneSystems.lpconfig(ProvisioningServer.PATH);
    }

    /**
     * Returns how many provisioning logins were refused, for wrong credentials or a locked-out
     * user.
     */
    public long refusedLogins() {
        return server.provisioning().refusals();
    }

    /** Returns the faults that a test can inject. */
    public FaultScript faults() {
        return server.faults;
    }

    /** Stubs the reply to requests of a method, which is given in capitals. */
    public Stubbing on(String method) {
        return server.faults.stub(method);
    }

    /** Removes every stub made by {@link #on}. Other {@link #faults} stay. */
    public void removeStubs() {
        server.faults.removeStubs();
    }

    /** Returns a snapshot of the PBX's own records. Never waits, so conditions may call it. */
    public PbxState state() {
        return server.state();
    }

    /**
     * Returns the ringing and connected calls, oldest first. Waits for the PBX's own thread; in
     * conditions use {@link #state} instead.
     */
    public List<LiveCall> liveCalls() {
        return server.onLoop.call(server.callRouter.calls()::live);
    }

    /**
     * Returns the requests received from phones, oldest first. It keeps the last thousand, or as
     * many as {@link PbxBuilder#recordedRequests} sets. Never waits, so conditions may call it.
     */
    public List<RecordedRequest> requests() {
        return server.journal.all();
    }

    /** Returns the requests of one method, which is given in capitals. Never waits. */
    public List<RecordedRequest> requests(String method) {
        return server.journal.of(method);
    }

    /**
     * Waits for the oldest request not taken yet and takes it. The next call returns the following
     * one.
     *
     * @throws AssertionError if there is none within the limit; it lists the requests received
     */
    public RecordedRequest takeRequest(Duration limit) {
        return take(limit, null, server.journal::all, () -> server.journal.take(null));
    }

    /**
     * As {@link #takeRequest(Duration)}, for one method. Requests of other methods are not taken.
     */
    public RecordedRequest takeRequest(String method, Duration limit) {
        return take(limit, method, server.journal::all, () -> server.journal.take(method));
    }

    private RecordedRequest take(
            Duration limit,
            @Nullable String method,
            Supplier<List<RecordedRequest>> received,
            Supplier<@Nullable RecordedRequest> next) {
        AtomicReference<@Nullable RecordedRequest> taken = new AtomicReference<>();
        boolean found = holdsWithin(
                () -> {
                    taken.set(next.get());
                    return taken.get() != null;
                },
                limit);
        RecordedRequest request = taken.get();
        if (!found || request == null) {
            throw new AssertionError("no " + (method == null ? "request" : method) + " to take within " + limit
                    + "; received were " + RequestJournal.describe(received.get()));
        }
        return request;
    }

    /**
     * Returns a view of one extension's traffic from now on. {@link PbxExtension} can inject it as
     * a test parameter.
     *
     * @throws IllegalArgumentException if there is no such extension
     */
    public PbxView viewOf(String extension) {
        if (!settings.extensions().containsKey(extension)) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        return new PbxView(this, extension, server.journal.mark());
    }

    List<RecordedRequest> requestsFrom(String extension, long since) {
        return server.journal.from(extension, since);
    }

    RecordedRequest takeFrom(String extension, long since, @Nullable String method, Duration limit) {
        return take(
                limit,
                method,
                () -> server.journal.from(extension, since),
                () -> server.journal.take(method, extension, since));
    }

    void leave(String extension) {
        if (server.isClosed()) {
            return;
        }
        server.faults.removeStubs(extension);
        server.faults.media(extension).clear();
        server.onLoop.run(() -> server.callRouter.calls().hangUp(extension));
    }

    /**
     * Returns how many requests {@link #requests()} has discarded because its limit was reached.
     */
    public long droppedRequests() {
        return server.journal.dropped();
    }

    /**
     * Returns the recorded messages of both directions, also after closing. Empty unless
     * {@link PbxBuilder#traced()} was set. Never waits.
     */
    public MessageTrace trace() {
        return server.trace;
    }

    /**
     * Records the media to and from phones, decrypted, until the recording is closed.
     * {@link TraceExtension} does so for each test. Without a recording there is no extra cost per
     * packet.
     */
    public MediaRecording recordMedia() {
        return recordMedia(MediaRecording.MOST_BYTES);
    }

    /**
     * As {@link #recordMedia()}, with its own size limit.
     *
     * @param mostBytes the limit; the newest packets are kept
     */
    public MediaRecording recordMedia(int mostBytes) {
        MediaRecording recording = new MediaRecording(mostBytes, server.plane::remove);
        server.plane.add(recording);
        return recording;
    }

    /** Forgets the requests received so far. */
    public void forgetRequests() {
        server.journal.forget();
    }

    /**
     * Waits until a condition holds. In virtual time it advances time, as
     * {@code VirtualTime.runUntil} does. The condition is checked repeatedly on the calling thread.
     *
     * @return whether the condition held within the limit
     */
    public boolean holdsWithin(BooleanSupplier condition, Duration limit) {
        return server.onLoop.holdsWithin(condition, limit);
    }

    /**
     * Returns how many exceptions the PBX's own code has thrown so far. {@link #throwIfFailed} and
     * {@link #close} report them.
     */
    public int failures() {
        return server.failures.count();
    }

    /**
     * Throws if the PBX itself has failed since the last check. Never waits.
     *
     * @throws AssertionError with the first such failure as its cause
     */
    public void throwIfFailed() {
        server.failures.throwIfAny();
    }

    /** Returns the number of unfinished SIP transactions, for leak checks. */
    public int openTransactions() {
        return server.onLoop.call(() -> server.running().transactions().activeTransactions());
    }

    /** Sets the message counts that an extension's phones show as message-waiting (RFC 3842). */
    public void setMessages(String extension, int newMessages, int oldMessages) {
        server.onLoop.run(() -> server.callRouter.lamp().set(extension, newMessages, oldMessages));
    }

    /**
     * Sends a text to an extension's phones, with any sender (RFC 3428). It waits for a phone to
     * register if there is none.
     */
    public void sendMessage(String from, String to, String text) {
        server.onLoop.run(() -> server.callRouter.messages().send(from, to, text));
    }

    /** Returns the MESSAGEs that extensions sent, in order, the last thousand. Never waits. */
    public List<PbxMessage> messages() {
        return server.callRouter.messages().received().stream()
                .map(text -> new PbxMessage(
                        String.valueOf(text.from().uri().user()), text.to(), text.contentType(), text.bodyText()))
                .toList();
    }

    /** Returns how many texts wait for an extension to register. Never waits. */
    public int messagesWaitingFor(String extension) {
        return server.callRouter.messages().waitingFor(extension);
    }

    /**
     * Returns the voicemail.
     *
     * @throws IllegalStateException if the PBX has none; see {@link PbxBuilder#voicemail}
     */
    public PbxVoicemail voicemail() {
        return server.voicemail();
    }

    /**
     * Returns a conference room.
     *
     * @throws IllegalArgumentException if there is no room of that number, or no longer
     */
    public PbxRoom room(String number) {
        ConferenceRoom room = server.callRouter.rooms().room(number);
        if (room == null) {
            throw new IllegalArgumentException("there is no room " + number);
        }
        return new PbxRoom(server.callRouter.rooms(), room, server.onLoop);
    }

    /** Returns all conference rooms, including those that the factory created. */
    public List<PbxRoom> rooms() {
        return server.callRouter.rooms().all().stream()
                .map(room -> new PbxRoom(server.callRouter.rooms(), room, server.onLoop))
                .toList();
    }

    /**
     * Starts a call to an extension. The builder sets the caller.
     *
     * @throws IllegalArgumentException if there is no such extension
     */
    public PlacedCall.Builder call(String extension) {
        if (!settings.extensions().containsKey(extension)) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        return new PlacedCall.Builder(extension, server.callRouter.outbound(), server.onLoop);
    }

    /**
     * Returns the established call of an extension's phone, so that a test can transfer the phone.
     *
     * @throws IllegalStateException if the extension has no established call
     */
    public PbxCall callOf(String extension) {
        return new PbxCall(
                server.onLoop.call(() -> server.callRouter.talking(extension)),
                server.callRouter.dialling(),
                settings.domain(),
                server.onLoop);
    }

    /** Returns the parked extensions by the number that retrieves them. Never waits. */
    public Map<String, String> parked() {
        return server.callRouter.dialling().parked();
    }

    /** Ends every call with BYE. */
    public void hangUpAll() {
        server.onLoop.run(server.callRouter.calls()::hangUpAll);
    }

    /** Removes all registrations, and nothing else. */
    public void forgetRegistrations() {
        server.onLoop.run(server.registrar::forgetAll);
    }

    /**
     * Crashes: connections break, calls and registrations are lost, and nothing answers any more.
     */
    public void crash() {
        server.onLoop.run(server::shut);
    }

    /** Starts again after {@link #crash} on the same ports, with no state. */
    public void recover() {
        server.onLoop.run(server::open);
    }

    /** Crashes and starts again at once. */
    public void restart() {
        server.onLoop.run(server::restart);
    }

    /** Restarts, and presents another certificate from then on. */
    public void restartWith(ServerCertificate shown) {
        server.restartWith(shown);
    }

    /**
     * Restores the state that the PBX had when it started, except registrations.
     * {@link PbxExtension} does so before each test. It removes all {@link #faults} and stubs. It
     * hangs up calls, and drops those that take longer than a second. It clears the
     * {@link #requests}, the requests still to be taken, the {@link #messages} and the texts
     * waiting for an extension. It clears feature-code settings and login lockouts, and sets
     * counters to 0. It undoes a crash, a dropped edge and a bad certificate.
     *
     * <p>Registrations stay, with their connections, subscriptions and published states, so that
     * one app can serve several tests. {@link #forgetRegistrations} and {@link #restart} remove
     * them. Mailboxes stay too. Message lamps show the mailbox's state, or nothing without
     * voicemail. The {@link #trace} continues.
     *
     * <p>Messages that an app has under way arrive after the reset. Does nothing once the PBX is
     * closed. Waits for the PBX's own thread; in virtual time it advances time until calls have
     * ended.
     */
    public void reset() {
        server.reset();
    }

    /**
     * Releases all threads, sockets and timers. Sends no BYE; see {@link #hangUpAll}. Closing twice
     * does nothing.
     *
     * @throws AssertionError if the PBX itself failed while it ran and {@link #throwIfFailed} has
     *     not reported it, so that the test fails
     */
    @Override
    public void close() {
        if (!server.isClosed()) {
            release();
            throwIfFailed();
        }
    }

    /**
     * Releases everything as {@link #close} does, but returns the PBX's failures instead of
     * throwing.
     *
     * @return the first failures; {@link #failures} counts all
     */
    public List<Throwable> release() {
        return server.release();
    }
}
