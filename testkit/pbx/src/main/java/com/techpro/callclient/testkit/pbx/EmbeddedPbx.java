// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.engine.PhoneSystems;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
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
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.conference.ConferenceRoom;
import com.techpro.callclient.testkit.pbx.fault.FaultScript;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import com.techpro.callclient.testkit.pbx.fault.Stubbing;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.provisioning.ProvisioningServer;
import com.techpro.callclient.testkit.pbx.registrar.InstanceAddresses;
import com.techpro.callclient.testkit.pbx.registrar.PushGateway;
import com.techpro.callclient.testkit.pbx.registrar.PushSettings;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import com.techpro.callclient.testkit.pbx.request.RecordedRequest;
import com.techpro.callclient.testkit.pbx.request.RequestJournal;
import com.techpro.callclient.testkit.pbx.routing.CallRouter;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.settings.ProvisioningSettings;
import com.techpro.callclient.testkit.pbx.settings.VoicemailSettings;
import com.techpro.callclient.testkit.pbx.signalling.DigestAuthentication;
import com.techpro.callclient.testkit.pbx.signalling.LoopCalls;
import com.techpro.callclient.testkit.pbx.signalling.PbxFailures;
import com.techpro.callclient.testkit.pbx.signalling.Signalling;
import com.techpro.callclient.testkit.pbx.signalling.Statistics;
import com.techpro.callclient.testkit.pbx.tls.PbxCertificates;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import com.techpro.callclient.testkit.pbx.trace.MediaRecording;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import com.techpro.callclient.testkit.pbx.voicemail.Mailboxes;
import com.techpro.callclient.testkit.pbx.voicemail.Voicemail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small real PBX in this JVM: registrar, calls between extensions with encrypted media through it, and the numbers of
 * {@code DialPlan}. It answers from its own state alone. It runs on any {@link Network} and {@link Schedulers}: in real time on loopback, or in
 * virtual time on a simulated network, where everything happens inside the calls that let time pass.
 *
 * <p>Methods may be called from any thread but the PBX's own.
 */
public final class EmbeddedPbx implements AutoCloseable {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);

    private final PbxSettings settings;
    private final Network network;
    private final Schedulers schedulers;
    private final AutoCloseable owned;
    private final Random random;
    private final PbxCertificates certificates;
    private final Loop signallingLoop;
    private final EngineLoop loop;
    private final LoopCalls onLoop;
    private final PbxFailures failures = new PbxFailures();
    private final Executor workers;
    private final Statistics statistics = new Statistics();
    private final FaultScript faults;
    private final RequestJournal journal;
    private final MessageTrace trace;
    private final MediaPlane plane;
    private final Registrar registrar;
    private final DigestAuthentication authentication;
    private final @Nullable Mailboxes mailboxes;
    private final CallRouter callRouter;
    private final Map<SipTransport, Integer> ports = new ConcurrentHashMap<>();
    private final Map<SipTransport, Integer> secondPorts = new ConcurrentHashMap<>();
    private final @Nullable PushGateway push;

    // Of the signalling loop:
    private @Nullable Signalling signalling;
    private @Nullable ProvisioningServer provisioning;
    private SSLContext serverContext;
    private ServerCertificate certificate = ServerCertificate.VALID;
    private boolean closed;

    EmbeddedPbx(PbxSettings settings, Network network, Schedulers schedulers, Random random, AutoCloseable owned)
            throws IOException {
        this.settings = settings;
        this.network = network;
        this.schedulers = schedulers;
        this.owned = owned;
        this.random = random;
        this.certificates = new PbxCertificates(
                settings.domain(),
                List.of("localhost"),
                Stream.of(settings.address(), mailHost())
                        .map(InetAddress::getHostAddress)
                        .distinct()
                        .toList());
        this.serverContext = certificates.serverContext(ServerCertificate.VALID);
        this.workers = failures.guarding(schedulers.workers());
        this.faults = new FaultScript(new MediaFaults(random, settings.extensions()::containsKey));
        this.journal = new RequestJournal(settings.recordedRequests());
        this.plane = new MediaPlane(schedulers, network, faults.media(), random, failures);
        this.signallingLoop = schedulers.openLoop("pbx", failures);
        this.loop = new EngineLoop(signallingLoop);
        this.trace = new MessageTrace(settings.tracedBytes(), loop::now);
        this.onLoop = new LoopCalls(schedulers, loop);
        PushSettings woken = settings.push();
        this.push = woken == null ? null : new PushGateway(loop, woken);
        this.registrar = new Registrar(
                loop,
                settings.expiry(),
                extension -> settings.does(FieldBehaviour.REWRITES_CONTACTS, extension),
                settings.instanceAddresses() ? new InstanceAddresses(settings.domain(), random) : null,
                push);
        this.authentication = new DigestAuthentication(loop, settings, random, statistics);
        this.mailboxes = openMailboxes();
        this.callRouter = new CallRouter(
                loop,
                settings,
                ports::get,
                registrar,
                push,
                authentication,
                plane,
                random,
                statistics,
                faults,
                mailboxes,
                workers);
        ports.putAll(settings.ports());
        onLoop.run(this::open);
        ProvisioningSettings served = settings.provisioning();
        if (served != null) {
            provisioning = new ProvisioningServer(
                    settings, served, this::address, mailboxes, onLoop, loop, workers, failures, random);
            provisioning.open(serverContext);
        }
    }

    /** Starts collecting settings. */
    public static PbxBuilder builder() {
        return new PbxBuilder();
    }

    /** Where a transport is served. */
    public HostPort address(SipTransport transport) {
        return new HostPort(settings.address().getHostAddress(), portOf(transport));
    }

    /**
     * Where a transport is served by the second edge.
     *
     * @throws IllegalArgumentException if it has none; see {@link PbxBuilder#secondEdge}
     */
    public HostPort secondAddress(SipTransport transport) {
        Integer port = secondPorts.get(transport);
        if (port == null) {
            throw new IllegalArgumentException("this PBX has no second edge for " + transport);
        }
        return new HostPort(settings.address().getHostAddress(), port);
    }

    /**
     * Lets one edge die: its connections are gone, and new ones end when something is said. Calls stay, as do phones that are registered by the other.
     *
     * @param edge one of {@link #address} and {@link #secondAddress}
     */
    public void dropEdge(HostPort edge) {
        onLoop.run(() -> running().dropEdge(edge.port()));
    }

    /** Ends what {@link #dropEdge} began. */
    public void restoreEdge(HostPort edge) {
        onLoop.run(() -> running().restoreEdge(edge.port()));
    }

    /** The domain of its extensions, which its certificate names. */
    public String domain() {
        return settings.domain();
    }

    /** The numbers of its extensions, in the order of the builder. */
    public List<String> extensions() {
        return List.copyOf(settings.extensions().keySet());
    }

    /** Trust in its throw-away certificate authority. */
    public TlsTrust tlsTrust() {
        return TlsTrust.anchoredAt(certificates.authority());
    }

    /** The certificate of its authority in PEM, for programs that read files. */
    public String authorityPem() {
        return certificates.authorityPem();
    }

    /** An account of an extension, over TLS, ready to build. */
    public SipAccount.Builder account(String extension) {
        return account(extension, SipTransport.TLS);
    }

    /** An account of an extension; over UDP, TCP and WS with the lab switches that they need. */
    public SipAccount.Builder account(String extension, SipTransport transport) {
        Secret password = settings.extensions().get(extension);
        if (password == null) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        SipAccount.Builder account = SipAccount.builder(extension, settings.domain(), password)
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
     * Phones of a field that offers DTLS first refuse that, so that they are called again; and only keys that the PBX knows can be passed on where it points two
     * phones at each other. A phone that is taken with DTLS alone may have that.
     */
    private KeyingPolicy keying(String extension, SipTransport transport) {
        boolean sdes = settings.does(FieldBehaviour.DTLS_OFFERS, extension)
                || settings.does(FieldBehaviour.DIRECT_MEDIA, extension);
        return sdes && settings.mediaOver(transport, extension).keys() != KeyExchange.DTLS
                ? KeyingPolicy.SDES_ONLY
                : KeyingPolicy.PREFER_SDES;
    }

    /** How the extension's user logs in to the PBX's own provisioning, by e-mail and password. */
    public Login login(String extension) {
        return provisioning().login(extension).trusting(tlsTrust());
    }

    /** The phone system's kind of login, for an engine. */
    public PhoneSystem phoneSystem() {
        return PhoneSystems.lpconfig(ProvisioningServer.PATH);
    }

    /** Logins to its provisioning that were refused for a wrong name or password, and while a user was locked out. */
    public long refusedLogins() {
        return provisioning().refusals();
    }

    private ProvisioningServer provisioning() {
        ProvisioningServer server = provisioning;
        if (server == null) {
            throw new IllegalStateException("this PBX was not told to serve accounts; see PbxBuilder.provisioning");
        }
        return server;
    }

    /** What goes wrong on purpose. */
    public FaultScript faults() {
        return faults;
    }

    /** Gives requests of a method, in capitals, another reply than the PBX's own. */
    public Stubbing on(String method) {
        return faults.stub(method);
    }

    /** Removes every stub that {@link #on} made. What {@link #faults} does otherwise stays. */
    public void removeStubs() {
        faults.removeStubs();
    }

    /** What the PBX knows now, from its own records. Never waits, so that a condition may ask it. */
    public PbxState state() {
        return new PbxState(
                registrar.allBindings().stream()
                        .map(binding -> new PbxState.Registration(
                                binding.extension(), binding.flow().transport(), binding.expires()))
                        .toList(),
                statistics.activeCalls(),
                statistics.connectedCalls(),
                statistics.requests(),
                statistics.refusals(),
                statistics.failedLogins(),
                plane.openPorts(),
                plane.packetsIn(),
                plane.packetsOut(),
                plane.packetsRefused());
    }

    /** The calls that ring or talk now, the oldest first. Waits for the PBX's own thread, so a condition asks {@link #state} instead. */
    public List<LiveCall> liveCalls() {
        return onLoop.call(callRouter.calls()::live);
    }

    /** The requests that phones sent so far, oldest first: the last thousand, or {@link PbxBuilder#recordedRequests}. Never waits, so that a condition may ask it. */
    public List<RecordedRequest> requests() {
        return journal.all();
    }

    /** Those of one method, in capitals. Never waits. */
    public List<RecordedRequest> requests(String method) {
        return journal.of(method);
    }

    /**
     * Waits for the oldest request that was not taken yet, and takes it: the next call gives the one after it.
     *
     * @throws AssertionError if there is none within the limit; it lists what was received
     */
    public RecordedRequest takeRequest(Duration limit) {
        return take(limit, null, journal::all, () -> journal.take(null));
    }

    /** As {@link #takeRequest(Duration)}, of one method. Those of others remain to be taken. */
    public RecordedRequest takeRequest(String method, Duration limit) {
        return take(limit, method, journal::all, () -> journal.take(method));
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
     * What has to do with one extension, from now on. {@link PbxExtension} gives one to a test as a parameter.
     *
     * @throws IllegalArgumentException if there is no such extension
     */
    public PbxView viewOf(String extension) {
        if (!settings.extensions().containsKey(extension)) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        return new PbxView(this, extension, journal.mark());
    }

    List<RecordedRequest> requestsFrom(String extension, long since) {
        return journal.from(extension, since);
    }

    RecordedRequest takeFrom(String extension, long since, @Nullable String method, Duration limit) {
        return take(limit, method, () -> journal.from(extension, since), () -> journal.take(method, extension, since));
    }

    void leave(String extension) {
        if (closed) {
            return;
        }
        faults.removeStubs(extension);
        faults.media(extension).clear();
        onLoop.run(() -> callRouter.calls().hangUp(extension));
    }

    /** How many requests are not among {@link #requests()} any more, as there were too many. */
    public long droppedRequests() {
        return journal.dropped();
    }

    /** The messages that came and went, if it was told to keep some; see {@link PbxBuilder#traced()}. Also when it is closed. Never waits. */
    public MessageTrace trace() {
        return trace;
    }

    /**
     * Records what phones send and are sent from now on, in clear text, until it is closed; {@link TraceExtension} does so for each test. While nobody records, sound costs the PBX
     * nothing more.
     */
    public MediaRecording recordMedia() {
        return recordMedia(MediaRecording.MOST_BYTES);
    }

    /**
     * As {@link #recordMedia()}, with room of its own.
     *
     * @param mostBytes of which the newest packets are kept
     */
    public MediaRecording recordMedia(int mostBytes) {
        MediaRecording recording = new MediaRecording(mostBytes, plane::remove);
        plane.add(recording);
        return recording;
    }

    /** Forgets the requests received so far. */
    public void forgetRequests() {
        journal.forget();
    }

    /**
     * Waits until a condition holds; in virtual time by letting time pass, as {@code VirtualTime.runUntil} does. The condition is asked over and over, on
     * the thread that waits.
     *
     * @return whether it did within the limit
     */
    public boolean holdsWithin(BooleanSupplier condition, Duration limit) {
        return onLoop.holdsWithin(condition, limit);
    }

    /** How often the PBX itself failed so far: something in it threw. {@link #throwIfFailed} and {@link #close} throw then. */
    public int failures() {
        return failures.count();
    }

    /**
     * Fails if the PBX itself has failed since this was asked last. Never waits.
     *
     * @throws AssertionError whose cause is the first such failure
     */
    public void throwIfFailed() {
        failures.throwIfAny();
    }

    /** SIP transactions not finished yet; for leak checks. */
    public int openTransactions() {
        return onLoop.call(() -> running().transactions().activeTransactions());
    }

    /** Lets the message lamps of an extension's phones shine, or not (RFC 3842). */
    public void setMessages(String extension, int newMessages, int oldMessages) {
        onLoop.run(() -> callRouter.lamp().set(extension, newMessages, oldMessages));
    }

    /** Sends a text in the name of anybody to an extension's phones, now or when there are some (RFC 3428). */
    public void sendMessage(String from, String to, String text) {
        onLoop.run(() -> callRouter.messages().send(from, to, text));
    }

    /** What extensions sent as MESSAGE so far, in its order: the last thousand. Never waits. */
    public List<PbxMessage> messages() {
        return callRouter.messages().received().stream()
                .map(text -> new PbxMessage(
                        String.valueOf(text.from().uri().user()), text.to(), text.contentType(), text.bodyText()))
                .toList();
    }

    /** How many texts wait for an extension to register. Never waits. */
    public int messagesWaitingFor(String extension) {
        return callRouter.messages().waitingFor(extension);
    }

    /**
     * Its voicemail.
     *
     * @throws IllegalStateException if it was not told to take messages; see {@link PbxBuilder#voicemail}
     */
    public PbxVoicemail voicemail() {
        Voicemail voicemail = callRouter.voicemail();
        if (voicemail == null || mailboxes == null) {
            throw new IllegalStateException("this PBX was not told to take messages; see PbxBuilder.voicemail");
        }
        return new PbxVoicemail(voicemail, mailboxes, mailHost(), settings.userPasswords(), signallingLoop);
    }

    /**
     * A conference room.
     *
     * @throws IllegalArgumentException if there is none of that number, or none any more
     */
    public PbxRoom room(String number) {
        ConferenceRoom room = callRouter.rooms().room(number);
        if (room == null) {
            throw new IllegalArgumentException("there is no room " + number);
        }
        return new PbxRoom(callRouter.rooms(), room, onLoop);
    }

    /** All conference rooms, those made by the factory too. */
    public List<PbxRoom> rooms() {
        return callRouter.rooms().all().stream()
                .map(room -> new PbxRoom(callRouter.rooms(), room, onLoop))
                .toList();
    }

    /**
     * Calls an extension, as somebody whom the builder describes.
     *
     * @throws IllegalArgumentException if there is no such extension
     */
    public PlacedCall.Builder call(String extension) {
        if (!settings.extensions().containsKey(extension)) {
            throw new IllegalArgumentException("there is no extension " + extension);
        }
        return new PlacedCall.Builder(extension, callRouter.outbound(), onLoop);
    }

    /**
     * The call that an extension's phone talks in, to let the phone be transferred.
     *
     * @throws IllegalStateException if it talks to nobody
     */
    public PbxCall callOf(String extension) {
        return new PbxCall(
                onLoop.call(() -> callRouter.talking(extension)), callRouter.dialling(), settings.domain(), onLoop);
    }

    /** The extensions of who is parked, by the number that leads there. Never waits. */
    public Map<String, String> parked() {
        return callRouter.dialling().parked();
    }

    /** Ends every call, saying goodbye. */
    public void hangUpAll() {
        onLoop.run(callRouter.calls()::hangUpAll);
    }

    /** Loses all registrations, and nothing else. */
    public void forgetRegistrations() {
        onLoop.run(registrar::forgetAll);
    }

    /** Dies without a word: connections break, calls and registrations are lost, nobody answers. */
    public void crash() {
        onLoop.run(this::shut);
    }

    /** Comes back after {@link #crash}, on the same ports, remembering nothing. */
    public void recover() {
        onLoop.run(this::open);
    }

    /** Crashes and comes back at once. */
    public void restart() {
        onLoop.run(() -> {
            shut();
            open();
        });
    }

    /** Restarts, and shows another certificate from then on. */
    public void restartWith(ServerCertificate shown) {
        onLoop.run(() -> {
            shut();
            certificate = shown;
            serverContext = certificates.serverContext(shown);
            open();
        });
        ProvisioningServer served = provisioning;
        if (served != null) {
            served.reopen(serverContext);
        }
        if (mailboxes != null) {
            try {
                mailboxes.restart(serverContext);
            } catch (IOException e) {
                throw new IllegalStateException("voicemail cannot be served again", e);
            }
        }
    }

    /**
     * Makes it what it was when it had started, but for who is registered: {@link PbxExtension} does so before each test. There are no {@link #faults} and no stubs. Calls are
     * hung up, and dropped if that takes longer than a second. The {@link #requests}, those to be taken among them, and the {@link #messages} are gone, with those that
     * wait for an extension; so is what feature codes have set, and who is locked out of logging in. Counters begin at 0. A PBX that crashed, lost an edge or shows a bad
     * certificate is well again.
     *
     * <p>Registrations stay, with their connections, subscriptions and published states, so that an app that was started for several tests goes on;
     * {@link #forgetRegistrations} and {@link #restart} take them away. What is in mailboxes stays too. Lamps show it, or nothing where there is no voicemail. The
     * {@link #trace} goes on.
     *
     * <p>An app that still sends is heard: what is under way arrives after this. Does nothing once the PBX is closed. Waits for the PBX's own thread; in virtual time calls end
     * by letting time pass.
     */
    public void reset() {
        if (closed) {
            return;
        }
        // First, so that its goodbyes arrive.
        faults.reset();
        if (certificate != ServerCertificate.VALID) {
            restartWith(ServerCertificate.VALID);
        }
        onLoop.run(() -> {
            open();
            running().restoreEdges();
            callRouter.calls().hangUpAll();
        });
        if (!holdsWithin(() -> statistics.activeCalls() == 0 && plane.openPorts() == 0, LONGEST_GOODBYE)) {
            onLoop.run(callRouter.calls()::dropAll);
        }
        onLoop.run(() -> {
            callRouter.dialling().forgetFeatures();
            callRouter.messages().forget();
            if (mailboxes == null) {
                callRouter.lamp().clear();
            }
        });
        if (provisioning != null) {
            provisioning.reset();
        }
        journal.reset();
        statistics.reset();
        plane.resetCounters();
    }

    /**
     * Releases everything: threads, sockets, timers. Does not say goodbye; see {@link #hangUpAll}. Closing twice does nothing.
     *
     * @throws AssertionError if the PBX itself failed while it ran and {@link #throwIfFailed} has not told it yet, so that the test that used it fails
     */
    @Override
    public void close() {
        if (!closed) {
            release();
            failures.throwIfAny();
        }
    }

    /**
     * Releases everything as {@link #close} does, and hands out how the PBX itself failed while it ran, in place of throwing it.
     *
     * @return the first failures; how many there were is {@link #failures}
     */
    public List<Throwable> release() {
        if (closed) {
            return failures.first();
        }
        closed = true;
        if (provisioning != null) {
            provisioning.close();
        }
        onLoop.run(this::shut);
        plane.close();
        signallingLoop.close();
        if (mailboxes != null) {
            mailboxes.close();
        }
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException("the PBX could not release what it stood on", e);
        }
        return failures.first();
    }

    private @Nullable Mailboxes openMailboxes() throws IOException {
        VoicemailSettings voicemail = settings.voicemail();
        if (voicemail == null) {
            return null;
        }
        return new Mailboxes(settings.domain(), voicemail, mailHost(), serverContext, settings.userPasswords());
    }

    /** The mail server knows nothing of simulated networks. */
    private InetAddress mailHost() {
        return schedulers instanceof VirtualTime ? InetAddress.getLoopbackAddress() : settings.address();
    }

    private void open() throws IOException {
        if (signalling != null) {
            return;
        }
        Signalling opened = new Signalling(
                loop, network, workers, settings, random, faults, journal, authentication, callRouter, trace);
        callRouter.calls().over(opened.transactions());
        TransportLayer transport = opened.transactions().transport();
        signalling = opened;
        for (SipTransport kind : SipTransport.values()) {
            Integer port = ports.get(kind);
            if (port != null) {
                ports.put(kind, listen(transport, kind, port));
                if (settings.secondEdge() && kind != SipTransport.UDP) {
                    secondPorts.put(kind, listen(transport, kind, secondPorts.getOrDefault(kind, 0)));
                }
            }
        }
    }

    private int listen(TransportLayer transport, SipTransport kind, int port) throws IOException {
        InetSocketAddress local = new InetSocketAddress(settings.address(), port);
        try {
            return transport
                    .listen(kind, local, kind.isEncrypted() ? serverContext : null)
                    .getPort();
        } catch (IOException e) {
            throw new IOException(kind + " port " + port + ": " + e.getMessage(), e);
        }
    }

    private void shut() {
        Signalling open = signalling;
        if (open != null) {
            callRouter.dropAll();
            registrar.forgetAll();
            if (push != null) {
                push.forget();
            }
            authentication.forgetNonces();
            signalling = null;
            open.close();
        }
    }

    private Signalling running() {
        Signalling open = signalling;
        if (open == null) {
            throw new IllegalStateException("the PBX has crashed");
        }
        return open;
    }

    private int portOf(SipTransport transport) {
        Integer port = ports.get(transport);
        if (port == null) {
            throw new IllegalArgumentException("this PBX does not serve " + transport);
        }
        return port;
    }
}
